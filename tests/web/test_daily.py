"""Work of the day: once a day, whoever comes first; a failure harms no other job."""

from datetime import date

import pytest

from django.core.management import CommandError, call_command

from portal.web import daily

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def done(monkeypatch):
    monkeypatch.setattr(daily, "_jobs", {})
    calls = []
    daily.register("count", calls.append)
    return calls


def test_a_job_is_done_once_a_day(done):
    assert daily.run_due(MONDAY) == ["count"]
    assert daily.run_due(MONDAY) == []
    assert daily.run_due(TUESDAY) == ["count"]
    assert done == [MONDAY, TUESDAY]


def test_a_clock_that_is_set_back_repeats_nothing(done):
    daily.run_due(TUESDAY)
    assert daily.run_due(MONDAY) == []


def test_a_job_that_fails_keeps_no_other_from_its_work(done, caplog):
    def fail(today):
        raise RuntimeError("mẫu")

    daily.register("bad", fail)
    assert daily.run_due(MONDAY) == ["count"]
    assert "bad failed" in caplog.text
    assert daily.run_due(TUESDAY) == ["count"]


def test_what_fails_at_a_look_keeps_no_other_from_its_work(monkeypatch, caplog):
    calls = []

    def fail():
        raise RuntimeError("mẫu")

    monkeypatch.setattr(daily, "_at_every_look", [fail, lambda: calls.append(1)])
    daily.look()
    daily.look()
    assert calls == [1, 1]
    assert "fail failed" in caplog.text


def test_two_jobs_of_one_name_are_a_mistake(done):
    with pytest.raises(ValueError, match="count"):
        daily.register("count", print)


def test_a_job_can_be_done_again_by_hand(done, capsys):
    call_command("run_daily")
    call_command("run_daily", "count")
    assert len(done) == 2
    assert capsys.readouterr().out.split() == ["count", "count"]


def test_an_unknown_name_is_refused(done):
    with pytest.raises(CommandError):
        call_command("run_daily", "unknown")
