"""The list of a decision as a sheet."""

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
