"""Bands of points, each named with the points it begins at; where it ends follows from the next one. Pure."""

from collections.abc import Iterable, Mapping

from recognition.enums import Area


def laid_out(bands: Iterable[Mapping], total: int | None) -> list[dict]:
    """`bands`: {"label_vi", "min"} and perhaps "area", in any order -> as a criteria set keeps them, highest first.

    A band ends below the next higher one that holds in the same area; the highest includes `total`.
    """
    ordered = sorted(bands, key=lambda band: band["min"], reverse=True)
    return [{**band, **_end(band, ordered[:number], total)} for number, band in enumerate(ordered)]


def _end(band: Mapping, higher: Iterable[Mapping], total: int | None) -> dict:
    areas = set(Area) if band.get("area") is None else {band["area"]}
    above = [each["min"] for each in higher if each.get("area") is None or each["area"] in areas]
    if above:
        return {"max": min(above), "max_inclusive": False}
    return {"max": band["min"] if total is None else total, "max_inclusive": True}
