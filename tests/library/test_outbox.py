"""Whatever changes what is found of a resource or a document writes to the outbox, in the same transaction."""

import pytest

from django.db import transaction

from library.models import Contribution, OfferingTask, OfficialDocument, Resource, Tag
from portal.search.models import OutboxRow
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def told(prefix="resource"):
    return set(OutboxRow.objects.filter(prefix=prefix).values_list("object_id", flat=True))


@pytest.fixture
def resource():
    made = ResourceFactory(creators=["A"], tags=["x"])
    OutboxRow.objects.all().delete()
    return made


CHANGES = {
    "save": lambda resource: resource.save(),
    "update": lambda resource: Resource.objects.filter(pk=resource.pk).update(title="B"),
    "bulk_update": lambda resource: Resource.objects.bulk_update([resource], ["title"]),
    "delete": lambda resource: resource.delete(),
    "delete of a list": lambda resource: Resource.objects.filter(title=resource.title).delete(),
    "creator renamed": lambda resource: Contribution.objects.get().save(),
    "creator removed": lambda resource: Contribution.objects.all().delete(),
    "tag renamed": lambda resource: Tag.objects.get().save(),
    "tag deleted": lambda resource: Tag.objects.all().delete(),
    "subjects set": lambda resource: resource.subjects.set([SubjectFactory()]),
    "subjects cleared": lambda resource: resource.subjects.clear(),
    "subject renamed": lambda resource: resource.subjects.get().save(),
    "subject given resources": lambda resource: SubjectFactory().resources.add(resource),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_way_to_change_a_resource_is_told_to_the_search(resource, change):
    number = str(resource.pk)
    CHANGES[change](resource)
    assert number in told()


def test_what_is_made_in_bulk_is_told_too():
    made = Resource.objects.bulk_create(ResourceFactory.build_batch(3))
    assert told() == {str(each.pk) for each in made}


def test_a_change_that_is_rolled_back_is_not_told(resource):
    with transaction.atomic():
        resource.save()
        transaction.set_rollback(True)
    assert told() == set()


def test_reading_tells_nothing(resource):
    list(Resource.objects.prefetch_related("contributions", "tagged_items__tag", "classifications__subject"))
    assert told() == set()


def test_documents_are_told_when_saved_updated_made_in_bulk_and_deleted():
    document = OfficialDocumentFactory()
    number = str(document.pk)
    assert told("document") == {number}
    OutboxRow.objects.all().delete()
    OfficialDocument.objects.update(field="Khác")
    assert told("document") == {number}
    OutboxRow.objects.all().delete()
    document.delete()
    assert told("document") == {number}
    made = OfficialDocument.objects.bulk_create(OfficialDocumentFactory.build_batch(2))
    assert {str(each.pk) for each in made} < told("document")


def test_who_listens_is_told_in_the_same_transaction(resource):
    OfferingTask.objects.all().delete()
    with transaction.atomic():
        resource.save()
        assert set(OfferingTask.objects.values_list("number", flat=True)) == {resource.pk}
        transaction.set_rollback(True)
    assert not OfferingTask.objects.exists()
