"""Places of the tests: a province with one commune unless told otherwise; invented names, real shapes."""

import datetime

import factory

from django.utils import timezone

from portal.places.enums import ChangeKind, PlaceKind
from portal.places.models import Place, PlaceChange, PlaceVersion

REFORM = datetime.date(2025, 7, 1)


class PlaceVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlaceVersion

    place = factory.LazyFunction(lambda: Place.objects.create())
    code = factory.Sequence(lambda number: f"{70000 + number}")
    name = factory.Sequence(lambda number: f"Mẫu {number}")
    kind = PlaceKind.COMMUNE
    parent = factory.LazyFunction(lambda: ProvinceFactory())


class PlaceFactory(factory.django.DjangoModelFactory):
    """A place with one version; the arguments are those of the version: PlaceFactory(name="Đàm Thuỷ", code="01501")."""

    class Meta:
        model = Place

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        place = PlaceVersionFactory(**kwargs).place
        place.refresh_from_db()
        return place


class ProvinceFactory(PlaceFactory):
    name = "Tỉnh mẫu"
    code = factory.Sequence(lambda number: f"{10 + number % 90}")
    kind = PlaceKind.PROVINCE
    parent = None


class DistrictFactory(PlaceFactory):
    code = factory.Sequence(lambda number: f"{100 + number % 900}")
    kind = PlaceKind.DISTRICT


class CommuneFactory(PlaceFactory):
    pass


class VillageFactory(PlaceFactory):
    code = ""
    kind = PlaceKind.XOM
    parent = factory.SubFactory(CommuneFactory)


def merge(commune, heir, day=None):
    """`commune` ends the day before `day` (today) and goes whole into `heir`, its villages too."""
    day = day or timezone.localdate()
    villages = list(PlaceVersion.objects.on(day).filter(parent=commune))
    ending = [commune.pk, *(version.place_id for version in villages)]
    PlaceVersion.objects.on(day).filter(place__in=ending).update(valid_to=day - datetime.timedelta(days=1))
    for version in villages:
        PlaceVersionFactory(
            place=version.place, name=version.name, kind=version.kind, code="", parent=heir, valid_from=day
        )
    PlaceChange.objects.create(source=commune, target=heir, date=day, kind=ChangeKind.MERGE, share=1)
