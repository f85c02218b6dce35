"""The honour roll: who may be named, found by title, year and commune of then or of now."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place, PlaceChange, PlaceVersion
from portal.web.spreadsheet import Cell, listing_xlsx
from recognition.models import Award

from .communes import Located, everything_within

LONGEST_SHEET = 20_000  # names: a few seconds of work


def choices() -> tuple[list[int], QuerySet[Place]]:
    """The years, latest first, and the communes - those of the awards and those of now - to ask the roll for."""
    awarded = set(Award.objects.in_force().order_by().values_list("year", "place").distinct())
    return sorted({year for year, _place in awarded}, reverse=True), _communes(
        {place for _year, place in awarded}
    )


def _communes(awarded):
    parents = PlaceVersion.objects.filter(place__in=awarded).exclude(kind__in=COMMUNE_KINDS)
    asked = awarded | set(parents.values_list("parent", flat=True))
    heirs = {change.target_id for change in PlaceChange.objects.onward_from(asked)}
    of_kind = PlaceVersion.objects.filter(place__in=asked | heirs, kind__in=COMMUNE_KINDS)
    return Place.objects.filter(pk__in=of_kind.values("place"))


def find(kind=None, year=None, commune=None):
    """Awards in force that match; ``commune`` is a Place of any time."""
    awards = Award.objects.in_force()
    if kind:
        awards = awards.filter(subject_kind=kind)
    if year:
        awards = awards.filter(year=year)
    if commune:
        awards = awards.filter(place__in=everything_within(commune))
    return awards


def summary(awards) -> dict:
    """``total``, how many of them are ``unnamed`` for want of a basis, and whether there are ``samples``."""
    return awards.aggregate(
        total=Count("pk"),
        unnamed=Count("pk", filter=Q(publication_basis="")),
        samples=Count("pk", filter=Q(is_sample=True)),
    )


def sheet(awards: Iterable[tuple[Award, Located]]) -> bytes:
    """The roll as XLSX, with what the page shows of each."""
    headings = [
        _("Holder of the title"),
        _("Learning title"),
        _("Year"),
        _("Level"),
        _("Village"),
        _("Commune"),
    ]
    headings += [_("Commune of today"), _("Decision number"), _("Decision date"), _("Note")]
    return listing_xlsx(_("Honour roll"), headings, (_cells(award, place) for award, place in awards))


def _cells(award: Award, place: Located) -> list[Cell]:
    given = [award.name, award.get_subject_kind_display(), award.year, award.level]
    where = [place.village, place.commune, place.now or place.commune]
    sample = _("sample") if award.is_sample else ""
    return [*given, *where, award.decision_number, award.decision_date, sample]
