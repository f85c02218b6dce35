"""The rows of a result list: what may be read today, with SQL that is made once."""

import datetime

import pytest

from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from library.listing import listed
from library.models import Resource
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def on(monkeypatch):
    """on(day): from now on it is that day."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *_moment: day)


def titles(resources, **wishes):
    return {each.title for each in listed([each.pk for each in resources], **wishes).values()}


def test_each_row_has_its_own_values_and_its_creators_in_their_order():
    one = ResourceFactory(title="Một", creators=["Ông A", "Bà B"], publisher="NXB Mẫu", year=2019)
    two = ResourceFactory(title="Hai", creators=["Cô C"], language="tyz")
    for ids in ([one.pk, two.pk], [two.pk, one.pk]):
        rows = listed(ids)
        assert (rows[one.pk].byline, rows[one.pk].publisher, rows[one.pk].year) == (
            "Ông A, Bà B",
            "NXB Mẫu",
            2019,
        )
        assert (rows[two.pk].byline, rows[two.pk].lang) == ("Cô C", "tyz")
    assert set(listed([two.pk])) == {two.pk}
    assert listed([]) == {}


def test_what_is_kept_for_officers_never_comes_to_others_whoever_asked_before():
    both = [ResourceFactory(title="Cho mọi người"), ResourceFactory(title="Nội bộ", officers_only=True)]
    for _again in range(2):
        assert titles(both, officer=True) == {"Cho mọi người", "Nội bộ"}
        assert titles(both) == {"Cho mọi người"}


def test_what_may_be_read_changes_with_the_day(on):
    embargoed = ResourceFactory(title="Từ ngày mai", embargo_until=TODAY + datetime.timedelta(1))
    ending = ResourceFactory(title="Đến hôm nay", valid_until=TODAY)
    on(TODAY)
    assert titles([embargoed, ending]) == {"Đến hôm nay"}
    on(TODAY + datetime.timedelta(1))
    assert titles([embargoed, ending]) == {"Từ ngày mai"}


def test_what_is_withdrawn_meanwhile_is_left_out():
    both = [ResourceFactory(title="Còn"), ResourceFactory(title="Rút")]
    assert titles(both) == {"Còn", "Rút"}
    Resource.objects.filter(title="Rút").update(withdrawn_on=TODAY, withdrawn_reason="Nguồn gỡ.")
    assert titles(both) == {"Còn"}


def test_two_queries_whose_sql_is_not_made_anew(monkeypatch, django_assert_num_queries):
    resources = [ResourceFactory(creators=["A"]) for _ in range(3)]
    others = [ResourceFactory(creators=["B"]) for _ in range(3)]
    titles(resources)
    monkeypatch.setattr(SQLCompiler, "as_sql", None)  # whoever makes any falls over
    with django_assert_num_queries(2):
        assert titles(others) == {each.title for each in others}
