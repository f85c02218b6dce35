"""All checks, one after the other."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import oai, programs, sru
from .visiting import Check, Visitor, checked, need


def examine(visitor: Visitor) -> Iterator[Check]:
    """Never raises for what is found; a part that is not there fails and the next one is looked at."""
    yield from checked(oai.PART, oai.inspections(visitor))
    yield from checked(sru.PART, sru.inspections(visitor))
    yield from checked("OPDS", programs.of_opds(visitor))
    yield from checked("API", programs.of_api(visitor))
    yield from checked(_("Open data"), programs.of_open_data(visitor))
    yield from checked(
        pgettext("self-test", "Together"), iter([(_("Number of records"), partial(_counts_agree, visitor))])
    )


def _counts_agree(visitor: Visitor) -> str:
    """Only what was read to its end can be compared."""
    counted = visitor.counted
    said = ", ".join(f"{name}: {number}" for name, number in counted.items())
    need(
        len(set(counted.values())) < 2,
        _("%(said)s: not the same. If the catalogue changed meanwhile, run it again."),
        said=said,
    )
    return said or _("Nothing was read to its end.")
