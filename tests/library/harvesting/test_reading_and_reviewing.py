"""What a librarian decided, and what the next reading of the source does with it."""

import pytest

from library.domain.harvesting import reviewing
from library.domain.harvesting.subject_words import apply, choose
from library.domain.ingest import rewrite
from library.models import Resource
from portal.accounts.enums import Role
from tests.factories.harvesting import SourceFactory
from tests.factories.library import SubjectFactory

from .offers import counts, found, read, tombstone

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return SourceFactory(name="Kho mẫu", needs_review=True)


@pytest.fixture
def librarian(person):
    return person(Role.LIBRARIAN)


def titles(resources) -> set[str]:
    return {each.title for each in resources}


def test_what_comes_new_waits_and_no_reader_sees_it(source):
    read(source, found(1), found(2))
    assert titles(reviewing.waiting(source)) == {"Học liệu mẫu 1", "Học liệu mẫu 2"}
    assert not Resource.objects.public().exists()


def test_what_was_declined_is_not_brought_back_though_it_changes(source, librarian):
    read(source, found(1))
    reviewing.decline(reviewing.waiting(), librarian, "Không hợp.")
    assert counts(read(source, found(1, title="Nhan đề mới"), full=True))["updated"] == 1
    assert not reviewing.waiting().exists()
    assert titles(reviewing.declined()) == {"Nhan đề mới"}
    assert reviewing.declined().get().withdrawn_reason == "Không hợp."


def test_what_was_taken_goes_on_being_described_by_its_source(source, librarian):
    read(source, found(1))
    reviewing.take(reviewing.waiting(), librarian)
    read(source, found(1, title="Nhan đề mới"), found(2), full=True)
    assert titles(Resource.objects.public()) == {"Nhan đề mới"}
    assert titles(reviewing.waiting()) == {"Học liệu mẫu 2"}


def test_what_was_corrected_while_it_waited_stays(source, librarian):
    read(source, found(1))
    rewrite(reviewing.waiting().get(), {"title": "Thủ thư sửa"})
    read(source, found(1, title="Nhan đề mới"), full=True)
    reviewing.take(reviewing.waiting(), librarian)
    assert titles(Resource.objects.public()) == {"Thủ thư sửa"}


def test_what_the_source_takes_back_while_it_waits_does_not_wait_any_more(source):
    read(source, found(1))
    read(source, tombstone(1), full=True)
    assert not reviewing.waiting().exists()
    read(source, found(1), full=True)
    assert reviewing.waiting().count() == 1
    assert not Resource.objects.public().exists()


def test_words_that_were_given_a_subject_have_it_in_what_comes_later(source):
    farming = SubjectFactory(slug="nong-mau")
    read(source, found(1, subject_words=["Nông nghiệp", "Ngô"]))
    choose(["Nông nghiệp"], farming, source)
    read(
        source,
        found(1, subject_words=["Nông nghiệp", "Ngô"]),
        found(2, subject_words=["NÔNG NGHIỆP"]),
        full=True,
    )
    one, other = Resource.objects.order_by("pk")
    assert [each.slug for each in other.subjects.all()] == ["nong-mau"]
    assert list(other.tags.names()) == []
    apply(["nong nghiep"], source)
    assert [each.slug for each in one.subjects.all()] == ["nong-mau"]
    assert list(one.tags.names()) == ["Ngô"]
    again = read(source, found(1, subject_words=["Nông nghiệp", "Ngô"]), full=True)
    assert not again.failed
    assert [each.slug for each in one.subjects.all()] == ["nong-mau"]
