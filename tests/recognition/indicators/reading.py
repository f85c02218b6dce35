"""What the tests of the figures ask of a report."""

from recognition.enums import Indicator
from tests.factories.recognition import (
    AwardFactory,
)

FAMILY = Indicator.FAMILY


def families(place, number, year=2025, **more):
    return AwardFactory.create_batch(number, place=place, year=year, **more)


def row_of(found, place):
    return next(row for row in found.rows if row.commune.pk == place.pk)


def of(found, place, indicator=FAMILY):
    return row_of(found, place).figures[indicator]
