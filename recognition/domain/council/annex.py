"""The list of a decision, and the serials of the papers that follow from it, as sheets."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from portal.web.spreadsheet import listing_xlsx
from recognition.enums import Outcome
from recognition.models import Decision

from .entries import entries_of


def annex_xlsx(decision: Decision) -> bytes:
    """Everything that the page shows, in its order."""
    headings = [_("No."), _("Name"), _("Village"), _("What is decided"), _("Result")]
    rows = [
        (number, entry.name, entry.place, Outcome(entry.outcome).label if entry.outcome else "", entry.result)
        for number, entry in enumerate(entries_of(decision), 1)
    ]
    return listing_xlsx(str(decision), headings, rows)


def serials_xlsx(decision: Decision, address_of: Callable[[str], str]) -> bytes:
    """The titles that the decision gave, to print their papers from: each with its serial and the address that proves it, which
    a QR code on the paper may hold. `address_of` makes a full address of a path."""
    headings = [_("No."), _("Holder of the title"), _("Village"), _("Learning title"), _("Year"), _("Level")]
    headings += [_("Serial"), _("Address of the proof"), _("valid until")]
    awards = (
        decision.awards.in_force()
        .prefetch_related("place__versions")
        .order_by("place__sort_key", "sort_name", "pk")
    )
    rows = [
        (
            number,
            award.name,
            award.place.label_on(award.decision_date),
            award.get_subject_kind_display(),
            award.year,
            award.level,
            award.serial,
            address_of(award.get_absolute_url()),
            award.valid_to,
        )
        for number, award in enumerate(awards, 1)
    ]
    return listing_xlsx(str(decision), headings, rows)
