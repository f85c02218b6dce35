"""Records are stamped in the order of their commits, some at a time, and counted."""

import datetime
import zlib

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.domain.offering import keeping_up, records, selecting, stamping
from library.models import (
    OfferedRecord,
    Offering,
    OfferingTask,
    Resource,
)
from tests.factories.library import ResourceFactory, SubjectFactory

from .answers import offer
from .stored import counted, record, recount

pytestmark = pytest.mark.django_db
UTC = datetime.UTC


def test_positions_and_datestamps_grow_together(monkeypatch):
    clock = iter(datetime.datetime(2026, 11, 26, 8, 0, second, 900_000, tzinfo=UTC) for second in range(60))
    monkeypatch.setattr(stamping, "_now", lambda: next(clock))
    monkeypatch.setattr(keeping_up, "BATCH", 2)
    ResourceFactory.create_batch(7)
    offer()
    rows = list(OfferedRecord.objects.order_by("position").values_list("position", "datestamp"))
    assert [position for position, _stamp in rows] == sorted({position for position, _stamp in rows})
    assert [stamp for _position, stamp in rows] == sorted(stamp for _position, stamp in rows)


def test_clause_6_a_datestamp_is_the_second_after_the_end_of_its_transaction(monkeypatch):
    """Whoever was answered before it could be seen, and asks for what changed from that second on, gets it."""
    moments = [datetime.datetime(2026, 11, 26, 8, 0, second, tzinfo=UTC) for second in (0, 5, 5, 5)]
    clock = iter(moments)
    monkeypatch.setattr(stamping, "_now", lambda: next(clock))
    resource = ResourceFactory()
    offer()
    assert record(resource).datestamp == datetime.datetime(2026, 11, 26, 8, 0, 6, tzinfo=UTC)


def test_clause_6_a_clock_that_is_set_back_gives_no_older_datestamp(monkeypatch):
    hour = [8]
    monkeypatch.setattr(stamping, "_now", lambda: datetime.datetime(2026, 11, 26, hour[0], 0, 0, tzinfo=UTC))
    first = ResourceFactory()
    offer()
    hour[0] = 7
    second = ResourceFactory()
    offer()
    assert record(second).datestamp >= record(first).datestamp


def test_clause_6_what_a_slow_commit_kept_back_is_stamped_once_more(monkeypatch):
    """From 08:00:00 to 08:00:30 it was not to be seen, yet its datestamp said 08:00:01."""
    moments = [datetime.datetime(2026, 11, 26, 8, 0, second, tzinfo=UTC) for second in (0, 0, 30, 31, 31, 31)]
    clock = iter(moments)
    monkeypatch.setattr(stamping, "_now", lambda: next(clock))
    resource = ResourceFactory()
    offer()
    assert record(resource).datestamp == datetime.datetime(2026, 11, 26, 8, 0, 32, tzinfo=UTC)


def test_a_change_that_comes_while_records_are_read_is_not_lost(resource, monkeypatch):
    Resource.objects.filter(pk=resource.pk).update(title="Đã cũ")
    read = records.written

    def changed_meanwhile(numbers, stored):
        found = read(numbers, stored)
        monkeypatch.setattr(keeping_up, "written", read)
        Resource.objects.filter(pk=resource.pk).update(title="Mới nhất")
        return found

    monkeypatch.setattr(keeping_up, "written", changed_meanwhile)
    assert offer() == 1
    assert "Mới nhất" in zlib.decompress(record(resource).dc).decode()


def test_what_somebody_else_has_written_meanwhile_is_left(resource):
    Resource.objects.filter(pk=resource.pk).update(title="Đã cũ")
    ((key, number),) = OfferingTask.objects.values_list("pk", "number")
    old = records.written([number], {})
    Resource.objects.filter(pk=resource.pk).update(title="Mới nhất")
    offer()
    newest = record(resource)
    assert stamping.stamp(old, {number: {key}}) == 0
    assert record(resource).position == newest.position


def test_resources_that_were_there_before_are_gone_through_and_a_stop_loses_nothing(monkeypatch):
    made = ResourceFactory.create_batch(5)
    OfferingTask.objects.all().delete()  # as in a library that is older than this
    monkeypatch.setattr(keeping_up, "BATCH", 2)
    keeping_up._next_batch()
    assert Offering.objects.get().filled_to == made[1].pk
    assert OfferedRecord.objects.count() == 2
    offer()
    assert OfferedRecord.objects.count() == 5
    assert Offering.objects.get().filled_to is None


@pytest.mark.parametrize(
    "change",
    [
        lambda settings, monkeypatch: setattr(settings, "WAGTAILADMIN_BASE_URL", "https://moi.example"),
        lambda settings, monkeypatch: monkeypatch.setattr(records, "WRITER", records.WRITER + 1),
    ],
    ids=["address of the site", "version of the writer"],
)
def test_with_another_address_or_writer_all_records_are_written_anew(resource, settings, monkeypatch, change):
    gone = ResourceFactory()
    offer()
    gone.delete()
    offer()
    before, tombstone = record(resource), OfferedRecord.objects.get(deleted=True)
    change(settings, monkeypatch)
    assert offer() == 1
    assert record(resource).position > before.position
    assert OfferedRecord.objects.get(deleted=True).position == tombstone.position


def test_counts_are_those_of_the_records():
    subject = SubjectFactory(slug="nong-nghiep")
    made = ResourceFactory.create_batch(
        4, subjects=[SubjectFactory(slug="chan-nuoi", parent=subject)], licence="CC-BY-4.0"
    )
    offer()
    Resource.objects.filter(pk=made[0].pk).update(licence="unknown")
    made[1].delete()
    offer()
    assert counted() == recount()
    assert counted()[""] == (3, 1)
    assert counted()["chude:nong-nghiep"] == (3, 1)
    assert counted()["openaccess"] == (2, 1)
    assert selecting.numbers() == selecting.Numbers(live=3, deleted=1)


def test_the_background_does_some_at_a_time_and_says_whether_there_is_more(monkeypatch):
    ResourceFactory.create_batch(5)
    monkeypatch.setattr(keeping_up, "BATCH", 2)
    monkeypatch.setattr(keeping_up, "AT_A_TIME", -1)
    seen = []
    assert keeping_up.catch_up(seen.append)
    assert OfferedRecord.objects.count() == 2
    while keeping_up.catch_up(seen.append):
        pass
    assert OfferedRecord.objects.count() == 5
    assert not keeping_up.catch_up(seen.append)


def test_many_records_cost_no_more_queries_than_few():
    offer()

    def queries(number):
        ResourceFactory.create_batch(number, creators=["Người Mẫu"], tags=["ngô"])
        with CaptureQueriesContext(connection) as made:
            assert offer() == number
        return len(made)

    assert queries(12) <= queries(3)
