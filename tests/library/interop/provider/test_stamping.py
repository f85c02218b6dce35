"""What changes of a resource reaches its record; records are stamped in the order of their commits and never die."""

import datetime
import zlib

import pytest

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.domain import merging, validity
from library.domain.offering import keeping_up, records, selecting, sets, stamping
from library.domain.withdrawal import restore, withdraw
from library.enums import RenditionForm, Visibility
from library.models import (
    Contribution,
    Identifier,
    LearningPath,
    OfferedCount,
    OfferedRecord,
    Offering,
    OfferingTask,
    Rendition,
    Resource,
    Tag,
)
from tests.factories.library import LearningPathFactory, ResourceFactory, SubjectFactory, resource_step
from tests.factories.places import CommuneFactory, VillageFactory

from .answers import offer

pytestmark = pytest.mark.django_db
UTC = datetime.UTC


def record(resource) -> OfferedRecord:
    return OfferedRecord.objects.get(pk=resource.pk)


def recount() -> dict[str, tuple[int, int]]:
    """From the records themselves."""
    found = {}
    for each in OfferedRecord.objects.all():
        for spec in ["", *sets.with_wider(each.sets)]:
            live, deleted = found.get(spec, (0, 0))
            found[spec] = (live + (not each.deleted), deleted + each.deleted)
    return found


def counted() -> dict[str, tuple[int, int]]:
    held = OfferedCount.objects.exclude(live=0, deleted=0)
    return {spec: (live, deleted) for spec, live, deleted in held.values_list("spec", "live", "deleted")}


@pytest.fixture
def commune():
    return CommuneFactory(code="01501", name="Mẫu")


@pytest.fixture
def resource(commune):
    made = ResourceFactory(
        creators=["Người Mẫu"], tags=["ngô"], subjects=[SubjectFactory(slug="trong-trot")], place=commune
    )
    Identifier.objects.create(resource=made, scheme="isbn", value="9780306406157")
    offer()
    return made


def new_commune_name(resource):
    version = resource.place.versions.get()
    version.name = "Đổi Tên"
    version.save()


def new_subject_parent(resource):
    subject = resource.subjects.get()
    subject.parent = SubjectFactory()
    subject.save()


def new_subject_name(resource):
    subject = resource.subjects.get()
    subject.name = "Tên mới"
    subject.save()


def new_tag_name(resource):
    tag = Tag.objects.get()
    tag.name = "bắp"
    tag.save()


def new_link(resource):
    rendition = resource.renditions.get()
    rendition.url = "https://vi-du.example/moi"
    rendition.save()


def in_a_path(resource):
    path = LearningPathFactory(steps=[resource_step(resource)])
    path.save_revision().publish()


CHANGES = {
    "title": lambda each: Resource.objects.filter(pk=each.pk).update(title="B"),
    "licence": lambda each: Resource.objects.filter(pk=each.pk).update(licence="CC-BY-4.0"),
    "language": lambda each: Resource.objects.filter(pk=each.pk).update(language="tyz"),
    "creator renamed": lambda each: Contribution.objects.get().delete(),
    "tag renamed": new_tag_name,
    "number removed": lambda each: Identifier.objects.all().delete(),
    "link moved": new_link,
    "file added": lambda each: Rendition.objects.create(
        resource=each, form=RenditionForm.PDF, url="https://vi-du.example/a.pdf", sort_order=2
    ),
    "subjects set": lambda each: each.subjects.set([SubjectFactory()]),
    "subject renamed": new_subject_name,
    "subject moved": new_subject_parent,
    "commune renamed": new_commune_name,
    "learning path published": in_a_path,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_of_a_resource_gives_its_record_a_new_place_and_text(resource, change):
    before = record(resource)
    CHANGES[change](resource)
    assert offer() == 1
    after = record(resource)
    assert after.position > before.position
    assert after.datestamp >= before.datestamp
    assert (after.dc, after.marc, after.lom, after.sets) != (before.dc, before.marc, before.lom, before.sets)


GONE = {
    "withdrawn": lambda each: withdraw(each, "Nguồn đã gỡ."),
    "kept for officers": lambda each: Resource.objects.filter(pk=each.pk).update(
        visibility=Visibility.OFFICERS
    ),
    "under embargo": lambda each: Resource.objects.filter(pk=each.pk).update(
        embargo_until=timezone.localdate() + datetime.timedelta(days=9)
    ),
    "proposed again": lambda each: Resource.objects.filter(pk=each.pk).update(proposed=True),
    "out of date": lambda each: Resource.objects.filter(pk=each.pk).update(
        valid_until=timezone.localdate() - datetime.timedelta(days=1)
    ),
    "merged": lambda each: merging.merge(ResourceFactory(), each),
    "deleted": lambda each: each.delete(),
}


@pytest.mark.parametrize("way", GONE)
def test_what_is_not_to_be_seen_any_more_leaves_a_tombstone_in_its_sets(resource, way):
    before = record(resource)
    GONE[way](Resource.objects.get(pk=resource.pk))
    offer()
    after = record(before)
    assert after.deleted
    assert after.dc is after.marc is after.lom is None
    assert after.position > before.position
    assert after.sets == before.sets
    assert counted() == recount()
    position = after.position
    OfferingTask.note([before.pk])
    offer()
    assert record(before).position == position  # told once


def test_what_comes_back_is_a_record_again(resource):
    withdraw(resource, "Nguồn đã gỡ.")
    offer()
    restore(resource)
    offer()
    after = record(resource)
    assert not after.deleted
    assert after.dc
    assert counted() == recount()


@pytest.mark.parametrize("hidden", [{"officers_only": True}, {"withdrawn": True}, {"proposed": True}])
def test_what_was_never_to_be_seen_leaves_no_trace(hidden):
    ResourceFactory(**hidden)
    assert offer() == 0
    assert not OfferedRecord.objects.exists()


def test_the_calendar_alone_makes_and_ends_records(resource):
    today = timezone.localdate()
    ended = ResourceFactory(valid_until=today)
    coming = ResourceFactory(embargo_until=today + datetime.timedelta(days=1))
    offer()
    assert not record(ended).deleted
    assert not OfferedRecord.objects.filter(pk=coming.pk).exists()
    Resource.objects.filter(pk=ended.pk).update(valid_until=today - datetime.timedelta(days=1))
    Resource.objects.filter(pk=coming.pk).update(embargo_until=today)
    OfferingTask.objects.all().delete()  # on the day itself nobody saves anything
    validity.tell_the_search(today)
    offer()
    assert record(ended).deleted
    assert not record(coming).deleted


def test_a_save_that_changes_nothing_is_no_news(resource):
    before = record(resource)
    Resource.objects.get(pk=resource.pk).save()
    assert OfferingTask.objects.exists()
    assert offer() == 0
    assert record(resource).position == before.position
    assert not OfferingTask.objects.exists()


def test_a_change_that_is_rolled_back_is_no_news(resource):
    with transaction.atomic():
        Resource.objects.filter(pk=resource.pk).update(title="B")
        transaction.set_rollback(True)
    assert not OfferingTask.objects.exists()


def test_a_learning_path_that_is_taken_back_leaves_the_record(resource):
    in_a_path(resource)
    offer()
    before = record(resource)
    LearningPath.objects.get().unpublish()
    assert offer() == 1
    assert record(resource).dc != before.dc


def test_a_village_counts_for_its_commune(resource, commune):
    in_a_village = ResourceFactory(place=VillageFactory(parent=commune))
    offer()
    assert "xa:01501" in record(in_a_village).sets


def test_a_merge_tells_of_the_links_that_it_moves(resource):
    kept = ResourceFactory()
    offer()
    merging.merge(kept, Resource.objects.get(pk=resource.pk))
    offer()
    assert len(kept.renditions.all()) == 2
    text = zlib.decompress(selecting.one(kept.pk, "dc").text).decode()
    assert all(rendition.url in text for rendition in kept.renditions.all())


def test_positions_and_datestamps_grow_together(monkeypatch):
    clock = iter(datetime.datetime(2026, 11, 26, 8, 0, second, 900_000, tzinfo=UTC) for second in range(60))
    monkeypatch.setattr(stamping, "_now", lambda: next(clock))
    monkeypatch.setattr(keeping_up, "BATCH", 2)
    ResourceFactory.create_batch(7)
    offer()
    rows = list(OfferedRecord.objects.order_by("position").values_list("position", "datestamp"))
    assert [position for position, _stamp in rows] == sorted({position for position, _stamp in rows})
    assert [stamp for _position, stamp in rows] == sorted(stamp for _position, stamp in rows)


def test_a_datestamp_is_the_second_after_the_end_of_its_transaction(monkeypatch):
    """Whoever was answered before it could be seen, and asks for what changed from that second on, gets it."""
    moments = [datetime.datetime(2026, 11, 26, 8, 0, second, tzinfo=UTC) for second in (0, 5, 5, 5)]
    clock = iter(moments)
    monkeypatch.setattr(stamping, "_now", lambda: next(clock))
    resource = ResourceFactory()
    offer()
    assert record(resource).datestamp == datetime.datetime(2026, 11, 26, 8, 0, 6, tzinfo=UTC)


def test_a_clock_that_is_set_back_gives_no_older_datestamp(monkeypatch):
    hour = [8]
    monkeypatch.setattr(stamping, "_now", lambda: datetime.datetime(2026, 11, 26, hour[0], 0, 0, tzinfo=UTC))
    first = ResourceFactory()
    offer()
    hour[0] = 7
    second = ResourceFactory()
    offer()
    assert record(second).datestamp >= record(first).datestamp


def test_what_a_slow_commit_kept_back_is_stamped_once_more(monkeypatch):
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
