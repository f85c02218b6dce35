"""A record of an answer as the harvest takes it. Never raises: what cannot be read is told."""

from lxml import etree

from django.utils.translation import gettext as _

from ..limits import LONGEST_KEY
from ..page import Found
from ..payloads import describe
from .answers import Offered


def found(offered: Offered) -> Found:
    known = {"identifier": offered.identifier[:LONGEST_KEY], "datestamp": offered.datestamp}
    raw = offered.raw
    if offered.element is not None:
        raw = etree.tostring(offered.element, encoding="utf-8", with_tail=False)
    problem = _problem_before(offered)
    if problem:
        return Found(**known, raw=raw, problem=problem)
    if offered.deleted:
        return Found(**known, raw=raw, deleted=True)
    try:
        name, described = describe(offered.content)
    except ValueError as error:
        return Found(**known, raw=raw, problem=str(error))
    if not described.values.get("title"):
        return Found(**known, raw=raw, format=name, problem=_("It has no title."))
    return Found(
        **known,
        raw=raw,
        format=name,
        values=described.values,
        subject_words=described.subject_words,
        rights_note=described.rights_note,
    )


def _problem_before(offered: Offered) -> str:
    if offered.problem:
        return offered.problem
    if not offered.identifier:
        return _("It has no identifier.")
    if len(offered.identifier) > LONGEST_KEY:
        return _("Its identifier is longer than %(longest)s characters.") % {"longest": LONGEST_KEY}
    if offered.content is None and not offered.deleted:
        return _("It says nothing: its metadata is empty.")
    return ""
