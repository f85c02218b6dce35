"""The units of Cao Bằng since 2020, from portal/places/data (sources: data/README.md)."""

import csv
import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.places.models import Place, PlaceAlias, PlaceChange, PlaceVersion

DATA = Path(__file__).resolve().parents[1] / "data"


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text):
    return datetime.date.fromisoformat(text) if text else None


@transaction.atomic
def load():
    """Create what is missing; never touch a place, a change or a spelling that is there already."""
    places = _load_places(read("versions.csv"))
    changes = [
        PlaceChange(
            source=places[row["source"]],
            target=places[row["target"]],
            kind=row["kind"],
            date=_day(row["date"]),
            share=Decimal(row["share"]),
            legal_basis=row["legal_basis"],
            note=row["note"],
        )
        for row in read("changes.csv")
    ]
    known = set(PlaceChange.objects.values_list("source", "target", "date"))
    PlaceChange.objects.bulk_create(
        change for change in changes if (change.source_id, change.target_id, change.date) not in known
    )
    for row in read("aliases.csv"):
        if not PlaceAlias.objects.filter(place=places[row["place"]], name=row["name"]).exists():
            PlaceAlias.objects.create(place=places[row["place"]], name=row["name"])


def _load_places(rows):
    """-> {key of the data file: Place}; rows of one place share a key and stand together."""
    known = list(PlaceVersion.objects.exclude(code="").select_related("place"))
    places, missing = {}, []
    for key, versions in groupby(rows, key=lambda row: row["place"]):
        versions = list(versions)
        places[key] = _find(known, versions[-1])
        if places[key] is None:
            places[key] = Place()
            missing += versions
    Place.objects.bulk_create(place for place in places.values() if place.pk is None)
    PlaceVersion.objects.bulk_create(
        PlaceVersion(
            place=places[row["place"]],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            parent=places[row["parent"]] if row["parent"] else None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            legal_basis=row["legal_basis"],
        )
        for row in missing
    )
    return places


def _find(known, row):
    """The place that bears the row's code on a day of the row's period, or None."""
    day = _day(row["valid_from"]) or _day(row["valid_to"]) or timezone.localdate()
    return next(
        (version.place for version in known if version.code == row["code"] and version.covers(day)), None
    )
