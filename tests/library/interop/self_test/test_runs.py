"""Runs of the self-test, as they are kept: one at a time, the last few, judged at their end."""

import datetime

import pytest

from django.db import IntegrityError, transaction
from django.utils import timezone

from library.domain import self_testing
from library.domain.self_testing import begin, latest, run, under_way
from library.models import SelfTest
from portal.web.site_address import site_address

from ..own_site import BASE

pytestmark = pytest.mark.django_db


def test_a_run_keeps_what_was_found(examined):
    examined(True, False)
    run(begin(site_address()))
    kept = latest()
    assert kept.passed is False
    assert kept.started_at <= kept.finished_at
    assert [(each.number, each.name, each.passed) for each in kept.checks.all()] == [
        (1, "Mục 1", True),
        (2, "Mục 2", False),
    ]


def test_the_result_is_that_of_the_last_run_of_this_site(examined):
    examined(True)
    run(begin(site_address()))
    examined(False)
    run(begin("http://localhost:9"))
    assert latest().passed is True


def test_only_one_run_of_a_site_is_done_at_a_time(examined):
    assert begin(BASE)
    assert begin(BASE) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfTest.objects.create(base_url=BASE)


def test_a_run_whose_worker_was_stopped_does_not_bar_the_way_for_ever():
    broken = begin(site_address())
    SelfTest.objects.filter(pk=broken.pk).update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    assert not under_way()
    assert begin(site_address())
    broken.refresh_from_db()
    assert broken.passed is False


def test_only_the_last_runs_are_kept(examined, monkeypatch):
    monkeypatch.setattr(self_testing, "KEPT", 2)
    examined(True)
    for _turn in range(4):
        run(begin(BASE))
    assert SelfTest.objects.count() == 2


def test_a_run_is_judged_at_its_end_and_not_before():
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfTest.objects.create(base_url=BASE, passed=True)
