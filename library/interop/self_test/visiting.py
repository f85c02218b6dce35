"""Visiting our own interfaces as another library would: one host, and nothing but that host."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import etree

from django.utils.translation import gettext as _

from portal.web.outbound import place_of

from ..fetching import Fetched, Fetcher
from ..page import Found, Page, SourceProblem

SAMPLE = 20  # pages of a list that are read; a partner reads on to its end


class Failed(Exception):
    """The check did not pass; `str()` says why, to an officer."""


@dataclass(frozen=True, slots=True)
class Check:
    part: str
    name: str
    passed: bool
    sentence: str


Inspection = tuple[
    str, Callable[[], str]
]  # what is looked at -> the sentence that says what was found, or Failed


class Visitor:
    """`base`: the address of the site without a slash at its end."""

    def __init__(self, base: str, fetcher: Fetcher | None = None):
        self.base = base.rstrip("/")
        self.counted: dict[str, int] = {}  # records by the name of the interface that was read to its end
        self._place = place_of(self.base)
        self.fetcher = fetcher or Fetcher(allowed=self._is_ours)

    def _is_ours(self, host: str, port: int) -> bool:
        return (host, port) == self._place

    def address(self, path: str, **parameters: object) -> str:
        return f"{self.base}{path}" + (f"?{urlencode(parameters)}" if parameters else "")

    def get(self, path: str, accept: str = "*/*", **parameters: object) -> Fetched:
        """Raises Failed unless it is answered with 200 at that very address."""
        address = self.address(path, **parameters)
        try:
            fetched = self.fetcher.get(address, accept=accept, any_status=True)
        except SourceProblem as problem:
            raise Failed(str(problem)) from problem
        if urlsplit(fetched.url)._replace(query="") != urlsplit(address)._replace(query=""):
            raise Failed(
                _("%(path)s leads to another address (%(url)s).") % {"path": path, "url": fetched.url}
            )
        if fetched.status != 200 or not fetched.complete:
            raise Failed(
                _("%(path)s answers with the status %(status)s.") % {"path": path, "status": fetched.status}
            )
        return fetched

    def xml(self, path: str, root: str, **parameters: object) -> tuple[etree._Element, Fetched]:
        """`root`: the name the root must have, with its namespace."""
        fetched = self.get(path, **parameters)
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        try:
            tree = etree.fromstring(fetched.content, parser)
        except etree.XMLSyntaxError as error:
            raise Failed(
                _("The answer is not well-formed XML (line %(line)s).") % {"line": error.lineno}
            ) from error
        need(
            tree.tag == root,
            _("The answer begins with %(found)s and not with %(wanted)s."),
            found=tree.tag,
            wanted=root,
        )
        return tree, fetched

    def json(self, path: str, accept: str = "application/json", **parameters: object) -> tuple[Any, Fetched]:
        fetched = self.get(path, accept=accept, **parameters)
        try:
            return json.loads(fetched.content), fetched
        except ValueError as error:
            raise Failed(_("The answer is not JSON.")) from error


def need(condition: object, sentence: str, **values: object) -> None:
    """Raises Failed with `sentence`, filled with `values`, unless `condition` holds."""
    if not condition:
        raise Failed(sentence % values if values else sentence)


def harvested(pages: Iterable[Page]) -> tuple[list[Found], Page | None]:
    """With a reader by which we harvest others: the records of the first pages, each readable and there once, and the last
    of these pages. Raises Failed."""
    records: list[Found] = []
    page = None
    for page in islice(pages, SAMPLE):
        for found in page.records:
            need(
                not found.problem,
                _("%(identifier)s cannot be read: %(problem)s"),
                identifier=found.identifier,
                problem=found.problem,
            )
        records += page.records
    need(len(records) == len({each.identifier for each in records}), _("A record comes twice."))
    return records, page


def checked(part: str, inspections: Iterator[Inspection]) -> Iterator[Check]:
    for name, inspect in inspections:
        try:
            yield Check(part, name, True, inspect())
        except (Failed, SourceProblem) as problem:
            yield Check(part, name, False, str(problem))
