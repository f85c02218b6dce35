"""What came new from a source: taken or declined, one or thousands, and written down who did."""

import pytest

from wagtail.models import ModelLogEntry

from library.domain.harvesting import reviewing
from library.models import Resource
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from tests.factories.harvesting import SourceFactory
from tests.factories.library import ResourceFactory, SourceRecordFactory

from .brought import brought

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return SourceFactory(name="Kho mẫu")


@pytest.fixture
def librarian(person):
    return person(Role.LIBRARIAN)


def titles(resources) -> list[str]:
    return sorted(resources.values_list("title", flat=True))


def test_what_waits_is_what_sources_brought_and_nobody_took(source):
    brought(source, "Chờ duyệt")
    brought(source, "Đã nhận", proposed=False)
    brought(SourceFactory(name="Kho khác"), "Của kho khác")
    ResourceFactory(title="Cán bộ gửi", proposed=True)
    SourceRecordFactory(resource__title="Từ bảng", resource__proposed=True, source="Sổ mẫu")
    assert titles(reviewing.waiting()) == ["Chờ duyệt", "Của kho khác"]
    assert titles(reviewing.waiting(source)) == ["Chờ duyệt"]


def test_a_record_that_does_not_lead_any_more_does_not_wait(source):
    merged = brought(source)
    merged.records.update(leading=False)
    assert not reviewing.waiting().exists()


def test_what_is_taken_is_public_told_to_the_search_and_written_down(source, librarian):
    resource = brought(source)
    OutboxRow.objects.all().delete()
    before = resource.updated_at
    assert reviewing.take(reviewing.waiting(source), librarian) == 1
    resource.refresh_from_db()
    assert resource in Resource.objects.public()
    assert resource.updated_at > before
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()
    entry = ModelLogEntry.objects.for_instance(resource).get()
    assert (entry.action, entry.user_id, entry.label) == ("library.publish", librarian.pk, "Trồng ngô")


def test_thousands_are_taken_with_a_handful_of_statements(source, librarian, django_assert_max_num_queries):
    for number in range(30):
        brought(source, f"Sách {number}")
    with django_assert_max_num_queries(15):
        assert reviewing.take(reviewing.waiting(), librarian) == 30
    deeds = set(ModelLogEntry.objects.filter(action="library.publish").values_list("uuid", flat=True))
    assert len(deeds) == 1


def test_what_is_declined_stays_hidden_with_its_reason(source, librarian):
    resource = brought(source)
    assert reviewing.decline(reviewing.waiting(), librarian, " Không hợp với bà con. ") == 1
    resource.refresh_from_db()
    assert resource.withdrawn_reason == "Không hợp với bà con."
    assert resource.proposed
    assert not reviewing.waiting().exists()
    assert titles(reviewing.declined(source)) == ["Trồng ngô"]
    entry = ModelLogEntry.objects.for_instance(resource).get()
    assert (entry.action, entry.data) == ("library.refuse", {"reason": "Không hợp với bà con."})


def test_nothing_is_declined_without_a_reason(source, librarian):
    brought(source)
    with pytest.raises(ValueError, match="reason"):
        reviewing.decline(reviewing.waiting(), librarian, "  ")
    assert reviewing.waiting().exists()


def test_what_was_declined_can_wait_again(source, librarian):
    resource = brought(source)
    reviewing.decline(reviewing.waiting(), librarian, "Nhầm.")
    assert reviewing.reconsider(reviewing.declined(), librarian) == 1
    resource.refresh_from_db()
    assert (resource.withdrawn_on, resource.withdrawn_reason) == (None, "")
    assert resource in reviewing.waiting(source)
    assert resource not in Resource.objects.public()


def test_what_somebody_else_has_decided_meanwhile_is_left_alone(source, librarian):
    resource = brought(source)
    all_of_it = Resource.objects.filter(pk=resource.pk)
    reviewing.take(all_of_it, librarian)
    assert reviewing.take(all_of_it, librarian) == 0
    assert reviewing.decline(all_of_it, librarian, "Không hợp.") == 0
    resource.refresh_from_db()
    assert not resource.is_withdrawn
    assert ModelLogEntry.objects.for_instance(resource).count() == 1


def test_taking_does_not_bring_back_what_a_librarian_withdrew(source, librarian):
    resource = brought(source, proposed=False, withdrawn=True)
    assert reviewing.reconsider(Resource.objects.filter(pk=resource.pk), librarian) == 0
    resource.refresh_from_db()
    assert resource.is_withdrawn
