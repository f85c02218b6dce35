"""Figures in words: what is missing, what a rate is taken over, of how many places it is known."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.text import format_number_vi
from recognition.enums import Indicator

from .figures import Coverage, Figure

NO_DENOMINATOR = "–"


def number(value: Decimal | int | None) -> str:
    """ "1.234"; a figure that was divided by shares has one decimal; what is not known is a dash."""
    if value is None:
        return NO_DENOMINATOR
    return format_number_vi(value, 0 if value == int(value) else 1)


def coverage(found: Coverage) -> str:
    facts = {"covered": found.covered, "units": found.units}
    if found.of_villages:
        return _("%(covered)s/%(units)s villages") % facts
    return _("%(covered)s/%(units)s communes") % facts


def missing(indicator: Indicator, count: int) -> str:
    """ "1 household missing"."""
    match indicator:
        case Indicator.FAMILY:
            text = ngettext("%(count)s household missing", "%(count)s households missing", count)
        case Indicator.CLAN:
            text = ngettext("%(count)s clan missing", "%(count)s clans missing", count)
        case Indicator.COMMUNITY:
            text = ngettext("%(count)s community missing", "%(count)s communities missing", count)
        case Indicator.UNIT:
            text = ngettext("%(count)s unit missing", "%(count)s units missing", count)
        case _:
            text = ngettext("%(count)s person missing", "%(count)s people missing", count)
    return text % {"count": format_number_vi(count)}


def over_total(figure: Figure) -> str:
    """The rate, and what it lacks: "70,0 % (1 household missing)"."""
    if figure.undivided:
        return _("cannot be divided on this map")
    if figure.over_total is None:
        return _("no denominator yet")
    if figure.over_total.is_too_high:
        return _("more than there are: look at the numbers again")
    if not figure.missing:
        return figure.over_total.text
    return f"{figure.over_total.text} ({missing(figure.indicator, figure.missing)})"


def over_registered(figure: Figure) -> str:
    if figure.undivided:
        return _("cannot be divided on this map")
    if figure.over_registered is None:
        return _("registered is not known")
    return figure.over_registered.text
