"""`among`: as `in`, with all keys in one value."""

import pytest

from portal.places.models import Place, PlaceVersion
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db
MORE_THAN_SQLITE_TAKES = 300_000


def test_it_finds_the_keys_and_nothing_else():
    first, second, other = CommuneFactory.create_batch(3)
    found = Place.objects.filter(pk__among={first.pk, second.pk})
    assert set(found) == {first, second}
    assert set(PlaceVersion.objects.filter(place__among=[other.pk]).values_list("place", flat=True)) == {
        other.pk
    }


def test_among_none_there_is_nothing():
    CommuneFactory()
    assert not Place.objects.filter(pk__among=[]).exists()
    assert Place.objects.exclude(pk__among=[]).exists()


def test_there_is_no_end_of_the_keys(django_assert_num_queries):
    place = CommuneFactory()
    keys = range(place.pk, place.pk + MORE_THAN_SQLITE_TAKES)
    with django_assert_num_queries(1):
        assert place in list(Place.objects.filter(pk__among=keys))


def test_the_keys_are_numbers():
    with pytest.raises(ValueError, match="x"):
        Place.objects.filter(pk__among=["x"])


def test_texts_are_found_as_they_are_written():
    place = CommuneFactory()
    name = place.versions.get().name
    names = PlaceVersion.objects.filter(name__among=[name, "Không có xã nào tên như thế"])
    assert set(names.values_list("place", flat=True)) == {place.pk}
    assert not PlaceVersion.objects.filter(name__among=[name.upper()]).exists()
