"""Asking `/oai` as a harvester does. Every answer, errors too, is valid by the schema of the protocol, where that is at hand."""

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

from library.domain.offering import keeping_up
from tests.library.samples import SHARED

OAI = "{http://www.openarchives.org/OAI/2.0/}"
SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass
class Answer:
    response: object
    root: etree._Element

    @property
    def error(self) -> str:
        found = self.root.find(f"{OAI}error")
        return "" if found is None else found.get("code")

    @property
    def echoed(self) -> dict[str, str]:
        return dict(self.root.find(f"{OAI}request").attrib)

    @property
    def token(self):
        """The element, None without one."""
        return next(self.root.iter(f"{OAI}resumptionToken"), None)

    @property
    def headers(self) -> list[etree._Element]:
        return list(self.root.iter(f"{OAI}header"))

    @property
    def numbers(self) -> list[int]:
        return [int(text.rpartition(":")[2]) for text in self.texts("identifier")]

    def texts(self, name: str) -> list[str]:
        """Of all elements of the protocol with that name."""
        return [element.text for element in self.root.iter(f"{OAI}{name}")]

    def text(self, name: str) -> str:
        (text,) = self.texts(name)
        return text


@cache
def schema() -> etree.XMLSchema | None:
    """None where it does not lie beside the repository: `test_clause_10_...schema...` says so."""
    path = SHARED / "samples/schemas/OAI-PMH.xsd"
    return etree.XMLSchema(etree.parse(path)) if path.exists() else None


def read(response) -> Answer:
    root = etree.fromstring(response.content)
    if schema() is not None:
        schema().assertValid(root)
    return Answer(response, root)


class Harvester:
    """`harvester("ListRecords", metadataPrefix="oai_dc")`; `from_` is the argument from."""

    def __init__(self, client):
        self.client = client

    def __call__(self, verb: str, **arguments: str) -> Answer:
        named = {name.rstrip("_"): value for name, value in arguments.items()}
        return read(self.client.get("/oai", {"verb": verb, **named}))

    def raw(self, query: str) -> Answer:
        return read(self.client.get(f"/oai?{query}"))

    def next(self, verb: str, answer: Answer) -> Answer:
        return self(verb, resumptionToken=answer.token.text)

    def all(self, verb: str, **arguments: str) -> list[int]:
        """Numbers of the whole list, page by page."""
        answer = self(verb, **arguments)
        found = answer.numbers
        while answer.token is not None and answer.token.text:
            answer = self.next(verb, answer)
            found += answer.numbers
        return found


def offer() -> int:
    """Bring the records up to date; how many were written."""
    return keeping_up.run_once()
