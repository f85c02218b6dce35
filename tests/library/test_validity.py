"""Material that has gone out of date leaves the lists on its day, though nobody touches it."""

from datetime import timedelta

import pytest

from django.utils import timezone

from library.domain import validity
from portal.search.query import search
from portal.web import daily
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def on(monkeypatch):
    """on(day): from now on it is that day."""
    real = timezone.localdate

    def set_day(day):
        monkeypatch.setattr(
            timezone, "localdate", lambda moment=None, *zone: real(moment, *zone) if moment else day
        )
        return day

    return set_day


def found(text: str) -> list[str]:
    return [hit.title for hit in search(text).hits]


def test_what_is_out_of_date_leaves_the_index_on_the_day(indexed, today, on):
    ResourceFactory(title="Lịch tiêm phòng gia súc", valid_until=today)
    ResourceFactory(title="Cẩm nang chăn nuôi gia súc")
    indexed()
    assert len(found("gia suc")) == 2

    daily.run("library-validity", on(today + timedelta(days=1)))
    indexed()
    assert found("gia suc") == ["Cẩm nang chăn nuôi gia súc"]
    assert search("gia suc").count == 1


def test_what_was_under_embargo_enters_the_index_on_the_day(indexed, today, on):
    tomorrow = today + timedelta(days=1)
    ResourceFactory(title="Đề thi thử", embargo_until=tomorrow)
    indexed()
    assert found("de thi thu") == []

    daily.run("library-validity", on(tomorrow))
    indexed()
    assert found("de thi thu") == ["Đề thi thử"]


def test_a_portal_that_was_switched_off_for_a_week_catches_up(indexed, today, on):
    ResourceFactory(title="Lịch thi", valid_until=today)
    indexed()
    validity.tell_the_search(on(today + timedelta(days=8)))
    indexed()
    assert found("lich thi") == []


def test_out_of_date_material_is_not_in_the_list_even_before_the_index_knows(client, indexed, today, on):
    ResourceFactory(title="Lịch tiêm phòng", valid_until=today)
    indexed()
    on(today + timedelta(days=1))
    assert "Lịch tiêm phòng" not in client.get("/thu-vien/?q=lich").content.decode()


def test_the_librarian_finds_what_is_out_of_date_and_what_soon_will_be(today):
    ResourceFactory(title="Còn lâu", valid_until=today + timedelta(days=300))
    soon = ResourceFactory(valid_until=today + timedelta(days=3))
    old = ResourceFactory(valid_until=today - timedelta(days=3))
    ResourceFactory(valid_until=today - timedelta(days=3), withdrawn=True)
    assert list(validity.outdated(today)) == [old]
    assert list(validity.soon_outdated(today)) == [soon]
