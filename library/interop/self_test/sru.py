"""Does our SRU server explain itself, find what it should, and say what it does not understand?"""

from collections.abc import Iterator
from functools import partial

from lxml import etree

from django.utils.translation import gettext as _

from ..page import SourceSettings
from ..sru.answers import ONE, TWO, ZEEREX
from ..sru.harvest import SruReader
from ..sru.indexes import INDEXES
from ..sru.requests import SCHEMAS
from .visiting import Inspection, Visitor, harvested, need

PART = "SRU"
PATH = "/sru"
EVERYTHING = "cql.allRecords = 1"


def inspections(visitor: Visitor) -> Iterator[Inspection]:
    yield "explain", partial(_explain, visitor)
    yield "searchRetrieve", partial(_search, visitor)
    yield _("Paging"), partial(_pages, visitor)
    yield _("Harvest by SRU"), partial(_as_we_harvest, visitor)
    yield "SRU 2.0", partial(_version_2, visitor)
    yield _("Errors"), partial(_errors, visitor)


def search(visitor: Visitor, query: str, **parameters: object) -> etree._Element:
    asked = {"operation": "searchRetrieve", "version": "1.2", "query": query, **parameters}
    root, _fetched = visitor.xml(PATH, ONE.tag("searchRetrieveResponse"), **asked)
    message = root.findtext(f"{ONE.tag('diagnostics')}/*/{{*}}message")
    need(message is None, _("It answers: %(message)s"), message=message)
    return root


def number_of_records(visitor: Visitor) -> int:
    return int(search(visitor, EVERYTHING, maximumRecords=0).findtext(ONE.tag("numberOfRecords")) or 0)


def _explain(visitor: Visitor) -> str:
    root, _fetched = visitor.xml(PATH, ONE.tag("explainResponse"))
    names = [f"{each.get('set')}.{each.text}" for each in root.iter(f"{{{ZEEREX}}}name")]
    schemas = [each.get("name") for each in root.iter(f"{{{ZEEREX}}}schema")]
    for index in INDEXES:
        need(index.full_name in names, _("The index %(name)s is missing."), name=index.full_name)
    for schema in SCHEMAS:
        need(schema.name in schemas, _("The format %(prefix)s is missing."), prefix=schema.name)
    return _("%(indexes)s indexes; %(schemas)s.") % {
        "indexes": len(names),
        "schemas": ", ".join(map(str, schemas)),
    }


def _search(visitor: Visitor) -> str:
    """The first record in each schema; its own number must find it alone."""
    total = visitor.counted[PART] = number_of_records(visitor)
    if not total:
        return _("There are no records yet.")
    number = search(visitor, EVERYTHING, maximumRecords=1).findtext(f".//{ONE.tag('recordIdentifier')}")
    for schema in SCHEMAS:
        root = search(visitor, f"rec.id = {number}", recordSchema=schema.name)
        need(root.findtext(ONE.tag("numberOfRecords")) == "1", _("A record is not found by its number."))
        need(
            root.find(f".//{ONE.tag('recordData')}/*") is not None,
            _("The record has no content in the format %(prefix)s."),
            prefix=schema.name,
        )
    return _("%(number)s records are found.") % {"number": total}


def _pages(visitor: Visitor) -> str:
    seen: list[str] = []
    position: str | None = "1"
    for _page in range(3):
        root = search(visitor, EVERYTHING, startRecord=position, maximumRecords=20)
        seen += [each.text or "" for each in root.iter(ONE.tag("recordIdentifier"))]
        position = root.findtext(ONE.tag("nextRecordPosition"))
        if position is None:
            break
        need(position == str(len(seen) + 1), _("The next position that it tells is not the next one."))
    need(len(seen) == len(set(seen)), _("A record comes twice."))
    return _("%(number)s records read, each once.") % {"number": len(seen)}


def _as_we_harvest(visitor: Visitor) -> str:
    reader = SruReader(SourceSettings(url=visitor.address(PATH)), visitor.fetcher)
    records, _last = harvested(reader.pages())
    return _("%(number)s records read, each once.") % {"number": len(records)}


def _version_2(visitor: Visitor) -> str:
    root, _fetched = visitor.xml(PATH, TWO.tag("searchRetrieveResponse"), query=EVERYTHING, maximumRecords=1)
    return _("%(number)s records are found.") % {"number": root.findtext(TWO.tag("numberOfRecords"))}


def _errors(visitor: Visitor) -> str:
    asked = {"operation": "searchRetrieve", "version": "1.2", "query": "dc.title = ("}
    root, _fetched = visitor.xml(PATH, ONE.tag("searchRetrieveResponse"), **asked)
    uri = root.findtext(f"{ONE.tag('diagnostics')}/*/{{*}}uri")
    need(uri == "info:srw/diagnostic/1/10", _("A wrong query is not told by its diagnostic."))
    return _("A wrong query is told by its diagnostic.")
