"""The map of the communes since 01/07/2025, drawn on the server as SVG with a table beside it.

Shape and limits of the boundaries: data/README.md. Figures from before July 2025 are summed by the commune that
took the unit in; the caller says so in `note`.
"""

import datetime
import json
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from django.db.models import Q

from portal import text
from portal.places.classes import MapClass, classify
from portal.places.domain.seed import DATA, read
from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place, PlaceVersion

REFORM = datetime.date(2025, 7, 1)
LAST_DAY_BEFORE = REFORM - datetime.timedelta(days=1)
CREDIT = (
    "Ranh giới: NXB Tài nguyên, Môi trường và Bản đồ Việt Nam (sapnhap.bando.com.vn), qua vietnamese-provinces-database (MIT). "
    "Bản đồ minh họa, không có giá trị pháp lý về địa giới."
)
WIDTH = 800  # of the view box, in its own units
NAMED_UP_TO = 15  # areas that have room for their names; a larger map shows figures only


@dataclass(frozen=True)
class Area:
    """One commune on the map. `level` 0 says no figure, 1 to 5 the class; x and y are the place of its label."""

    code: str
    name: str
    label: str
    path: str
    x: str
    y: str
    value: float | None
    value_text: str
    level: int
    url: str


@dataclass(frozen=True)
class PlaceMap:
    """What templates/components/place_map.html draws. Numbers that go into SVG attributes are texts with a full stop."""

    title: str
    legend: str
    unit: str
    width: str
    height: str
    areas: list[Area]
    classes: list[MapClass]
    note: str = ""
    credit: str = CREDIT
    key: str = field(default="map", kw_only=True)  # makes the ids of one map differ from those of another
    with_table: bool = field(
        default=True, kw_only=True
    )  # False where the page has a table of the same figures

    @property
    def shows_names(self):
        return len(self.areas) <= NAMED_UP_TO

    @property
    def has_gaps(self):
        return any(area.level == 0 for area in self.areas)


def place_map(
    within: Place | Collection[str] | None,
    values: Mapping[str, float],
    title: str,
    legend: str,
    link: Callable[[str], str] | None = None,
    unit: str = "",
    note: str = "",
    key: str = "map",
    with_table: bool = True,
) -> PlaceMap:
    """Draw `values` ({code of 2025: number}) on the communes.

    within: a place of any time (a former district gives the communes that took its communes in), or the codes of 2025
    themselves, or None for the province. title: what the map shows, one line. legend: the heading of the values.
    link: code -> address of the commune's page. unit: written after each value.
    """
    shapes = _shapes()
    codes = set(shapes) if within is None else _codes_within(within) & set(shapes)
    drawing = _draw(frozenset(codes))
    classes, level_of = classify([value for code, value in values.items() if code in codes])
    areas = [
        Area(
            code=code,
            name=shapes[code]["name"],
            label=shapes[code]["name_with_type"],
            path=drawing.paths[code],
            x=drawing.labels[code][0],
            y=drawing.labels[code][1],
            value=values.get(code),
            value_text="" if values.get(code) is None else text.format_number_vi(values[code]),
            level=level_of(values.get(code)),
            url=link(code) if link else "",
        )
        for code in sorted(codes, key=lambda code: text.sort_key(shapes[code]["name"]))
    ]
    return PlaceMap(
        title,
        legend,
        unit,
        str(WIDTH),
        str(drawing.height),
        areas,
        classes,
        note,
        key=key,
        with_table=with_table,
    )


def _codes_within(within):
    """The codes of 2025 for a place of any time; one query."""
    if not isinstance(within, Place):
        return set(within)
    today = Q(place=within) | Q(place__in=Place.objects.within(within, REFORM))
    before = Q(place__changes_to__source=within) | Q(
        place__changes_to__source__in=Place.objects.within(within, LAST_DAY_BEFORE)
    )
    communes = PlaceVersion.objects.on(REFORM).filter(today | before, kind__in=COMMUNE_KINDS)
    return set(communes.values_list("code", flat=True))


@cache
def _shapes():
    """{code: {"name", "name_with_type", "ring": [(longitude, latitude)], "label": (longitude, latitude)}}"""
    labels = {
        row["code"]: (float(row["longitude"]), float(row["latitude"]))
        for row in read("label_points_2025.csv")
    }
    collection = json.loads((DATA / "communes_2025.geojson").read_text(encoding="utf-8"))
    return {
        feature["properties"]["code"]: feature["properties"]
        | {"ring": feature["geometry"]["coordinates"][0], "label": labels[feature["properties"]["code"]]}
        for feature in collection["features"]
    }


@dataclass(frozen=True)
class _Drawing:
    height: int
    paths: dict[str, str]
    labels: dict[str, tuple[str, str]]


@lru_cache(maxsize=64)
def _draw(codes):
    """Degrees to view-box units: longitude shrunk by the cosine of the middle latitude, north up.

    Good to a few metres over this province. Points are kept in tenths of a unit, shared borders stay shared.
    """
    rings = {code: _shapes()[code]["ring"] for code in codes}
    points = [point for ring in rings.values() for point in ring]
    if not points:
        return _Drawing(0, {}, {})
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)

    def tenths(point):
        return round((point[0] - west) * shrink * scale * 10), round((north - point[1]) * scale * 10)

    return _Drawing(
        height=math.ceil((north - south) * scale),
        paths={code: _path([tenths(point) for point in ring]) for code, ring in rings.items()},
        labels={code: tuple(map(_decimal, tenths(_shapes()[code]["label"]))) for code in codes},
    )


def _path(points):
    """A closed SVG path of relative steps, the shortest way to write it. `points` in tenths, the last repeats the first."""
    (x, y), steps = points[0], []
    for next_x, next_y in points[1:-1]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{_decimal(next_x - x)} {_decimal(next_y - y)}")
        x, y = next_x, next_y
    return f"M{_decimal(points[0][0])} {_decimal(points[0][1])}l{' '.join(steps)}z".replace(" -", "-")


def _decimal(tenths):
    return f"{tenths / 10:g}" if tenths % 10 else str(tenths // 10)
