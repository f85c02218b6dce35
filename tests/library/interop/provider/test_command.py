"""`manage.py offer_records`."""

from io import StringIO

import pytest

from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from library.domain.offering import selecting
from library.models import OfferedCount, OfferedRecord
from tests.factories.library import ResourceFactory

from .answers import offer

pytestmark = pytest.mark.django_db


def told(*arguments):
    out = StringIO()
    call_command("offer_records", *arguments, stdout=out)
    return out.getvalue()


def test_it_brings_the_records_up_to_date():
    ResourceFactory.create_batch(2)
    assert "written: 2; 2 can be harvested, 0 tombstones" in told()
    assert "written: 0" in told()


def test_the_check_finds_what_is_not_as_it_should_be_and_the_repair_mends_it():
    good, changed = ResourceFactory.create_batch(2)
    gone = ResourceFactory()
    offer()
    assert "as they should be" in told("--check")
    OfferedRecord.objects.filter(pk=changed.pk).update(fingerprint="another")
    QuerySet(type(gone)).filter(pk=gone.pk).update(proposed=True)  # past all doors
    OfferedCount.objects.filter(spec="").update(live=7)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("offer_records", "--check", stdout=out)
    assert f"{changed.pk}: its record is old" in out.getvalue()
    assert f"{gone.pk}: it is offered and must not be" in out.getvalue()
    assert "all records: counted as (7, 0), really (3, 0)" in out.getvalue()
    assert str(good.pk) not in out.getvalue()
    told("--repair")
    assert "as they should be" in told("--check")
    assert selecting.numbers() == selecting.Numbers(live=2, deleted=1)
