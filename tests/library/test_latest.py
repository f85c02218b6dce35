"""This season's shelf: which resources fit the day."""

import csv
import datetime

import pytest

from django.template.loader import render_to_string

from library.domain import seed
from library.domain.latest import in_season, seasonal, seasons
from library.enums import Audience
from library.models import Resource, Subject, Tag
from tests.factories.library import ResourceFactory

WINTER, SUMMER = datetime.date(2026, 12, 20), datetime.date(2026, 7, 1)


def tags_on(day):
    return {season.tag for season in in_season(day) if season.tag}


@pytest.mark.parametrize(
    "day", [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1), datetime.date(2028, 2, 29)]
)
def test_a_season_reaches_over_the_new_year_and_through_a_leap_day(day):
    assert "phòng chống rét" in tags_on(day)


def test_a_season_has_an_end():
    assert "phòng chống rét" not in tags_on(datetime.date(2026, 3, 1))
    assert "sạt lở" in tags_on(datetime.date(2026, 9, 30))
    assert "sạt lở" not in tags_on(datetime.date(2026, 10, 1))


def test_every_season_says_why_and_names_a_subject_or_a_tag():
    for season in seasons():
        assert season.basis
        assert bool(season.subject) != bool(season.tag)


@pytest.mark.django_db
def test_every_subject_and_tag_of_the_seasons_has_resources_in_the_seed():
    seed.load()
    for season in seasons():
        found = Resource.objects.filter(subjects__slug=season.subject) if season.subject else None
        found = found if found is not None else Resource.objects.filter(tagged_items__tag__name=season.tag)
        assert found.exists(), season


@pytest.mark.django_db
def test_what_fits_the_season_comes_before_what_is_newer():
    cold = ResourceFactory(title="Phòng rét cho trâu", tags=["phòng chống rét"])
    newer = ResourceFactory(title="Khác")
    assert seasonal(WINTER, 2) == [cold, newer]
    assert seasonal(SUMMER, 2) == [newer, cold]


@pytest.mark.django_db
def test_the_shelf_is_for_citizens_and_never_longer_than_asked():
    ResourceFactory(audience=Audience.OFFICER, tags=["phòng chống rét"])
    ResourceFactory.create_batch(3)
    assert len(seasonal(WINTER, 2)) == 2
    assert all(each.audience != Audience.OFFICER for each in seasonal(WINTER, 9))


@pytest.mark.django_db
def test_the_shelf_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    ResourceFactory.create_batch(6, publisher="Nhà xuất bản mẫu")
    with django_assert_max_num_queries(2):
        cards = [render_to_string("library/_card.html", {"resource": each}) for each in seasonal(WINTER, 6)]
    assert all("Nhà xuất bản mẫu" in card for card in cards)
    assert len(cards) == 6


@pytest.mark.django_db
def test_the_seed_has_every_subject_with_resources_and_a_vietnamese_name():
    seed.load()
    assert Subject.objects.count() == 17
    assert not Subject.objects.filter(resources__isnull=True, children__isnull=True).exists()
    assert Subject.objects.get(slug="chan-nuoi").path == "nong-nghiep/chan-nuoi"
    assert Tag.objects.get(slug="doc-vo-long").name == "đọc vỡ lòng"


def test_the_file_of_the_seasons_is_well_formed():
    from library.domain.latest import SEASONS

    with SEASONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for day in (row["start"], row["end"]):
                datetime.date.fromisoformat(f"2027-{day}")
