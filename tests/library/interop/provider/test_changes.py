"""What changes of a resource reaches its record, and records never die."""

import datetime
import zlib

import pytest

from django.db import transaction
from django.utils import timezone

from library.domain import merging, validity
from library.domain.offering import selecting
from library.domain.withdrawal import restore, withdraw
from library.enums import RenditionForm, Visibility
from library.models import (
    Contribution,
    Identifier,
    LearningPath,
    OfferedRecord,
    OfferingTask,
    Rendition,
    Resource,
    Tag,
)
from tests.factories.library import LearningPathFactory, ResourceFactory, SubjectFactory, resource_step
from tests.factories.places import CommuneFactory, VillageFactory

from .answers import offer
from .stored import counted, record, recount

pytestmark = pytest.mark.django_db


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
def test_clause_6_whatever_changes_of_a_resource_gives_its_record_a_new_place_and_text(resource, change):
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
def test_clause_7_what_is_not_to_be_seen_any_more_leaves_a_tombstone_in_its_sets(resource, way):
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


def test_clause_7_what_comes_back_is_a_record_again(resource):
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


def test_clause_6_a_save_that_changes_nothing_is_no_news(resource):
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


def test_clause_8_a_village_counts_for_its_commune(resource, commune):
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
