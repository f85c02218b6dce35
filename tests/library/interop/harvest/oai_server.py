"""A source of OAI-PMH on loopback, and what goes wrong with one."""

import itertools
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from tests.web import loopback

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">{}</oai_dc:dc>'
)
NOW = "2026-11-26T01:00:00Z"
NAMESPACES = {
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "marcxml": "http://www.loc.gov/MARC21/slim",
    "oai_lom": "http://ltsc.ieee.org/xsd/LOM",
    "mods": "http://www.loc.gov/mods/v3",
}


@dataclass
class Reply:
    """What the server sends; `cut`: hang up after so many bytes of the body."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass
class Record:
    """`inside` is the XML in its metadata."""

    identifier: str
    datestamp: str = "2020-01-01T00:00:00Z"
    inside: str = ""
    deleted: bool = False
    sets: Sequence[str] = ()

    def __str__(self):
        status = ' status="deleted"' if self.deleted else ""
        specs = "".join(f"<setSpec>{each}</setSpec>" for each in self.sets)
        header = (
            f"<header{status}><identifier>{escape(self.identifier)}</identifier>"
            f"<datestamp>{self.datestamp}</datestamp>{specs}</header>"
        )
        return f"<record>{header}{'' if self.deleted else f'<metadata>{self.inside}</metadata>'}</record>"


def dc(**elements: str | Sequence[str]) -> str:
    """dc(title="Trồng ngô") -> oai_dc."""
    parts = []
    for name, values in elements.items():
        for value in [values] if isinstance(values, str) else values:
            parts.append(f"<dc:{name}>{escape(value)}</dc:{name}>")
    return DC.format("".join(parts))


def record(number: int, *, datestamp: str = "", **elements) -> Record:
    """A good record; numbers in order have datestamps in order."""
    stamp = datestamp or f"2020-{1 + number // 28 % 12:02}-{1 + number % 28:02}T00:00:{number % 60:02}Z"
    return Record(f"oai:kho.example:{number}", stamp, dc(**{"title": f"Trồng ngô {number}"} | elements))


def records(count: int) -> list[Record]:
    """In the order of their datestamps."""
    return sorted((record(number) for number in range(count)), key=lambda each: each.datestamp)


def envelope(inside: str, date: str = NOW) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}"><responseDate>{date}</responseDate>'
        f"<request>http://kho.example/oai</request>{inside}</OAI-PMH>"
    )


def error(code: str, text: str = "") -> str:
    return envelope(f'<error code="{code}">{text}</error>')


class Repository:
    """A well-behaved source; `spoil(arguments, reply) -> Reply` makes it one of the wild.

    Its tokens are "<from>|<until>|<set>|<position>"; `asked` keeps the arguments of every request.
    """

    def __init__(
        self,
        held: Sequence[Record] = (),
        *,
        page: int = 10,
        formats: Sequence[tuple[str, str]] = (("oai_dc", NAMESPACES["oai_dc"]),),
        granularity: str = "YYYY-MM-DDThh:mm:ssZ",
        deletions: str = "persistent",
        size: Callable[[int], str] = str,
        spoil: Callable[[dict[str, str], Reply], Reply] | None = None,
        sets: Sequence[tuple[str, str]] = (),
    ):
        self.records = list(held)
        self.page = page
        self.formats = formats
        self.granularity = granularity
        self.deletions = deletions
        self.size = size
        self.spoil = spoil or (lambda _arguments, reply: reply)
        self.sets = sets
        self.name = "Kho mẫu"
        self.asked: list[dict[str, str]] = []

    def __call__(self, path: str) -> Reply:
        arguments = dict(parse_qsl(urlsplit(path).query))
        self.asked.append(arguments)
        answer = getattr(self, arguments.get("verb", ""), lambda _arguments: error("badVerb"))
        return self.spoil(arguments, Reply(answer(arguments)))

    @property
    def lists(self) -> list[dict[str, str]]:
        """Arguments of the requests for records."""
        return [each for each in self.asked if each.get("verb") == "ListRecords"]

    def Identify(self, _arguments) -> str:
        stamps = [each.datestamp for each in self.records] or [NOW]
        return envelope(
            f"<Identify><repositoryName>{self.name}</repositoryName><baseURL>http://kho.example/oai</baseURL>"
            "<protocolVersion>2.0</protocolVersion><adminEmail>thu.vien@kho.example</adminEmail>"
            f"<earliestDatestamp>{min(stamps)}</earliestDatestamp><deletedRecord>{self.deletions}</deletedRecord>"
            f"<granularity>{self.granularity}</granularity></Identify>"
        )

    def ListMetadataFormats(self, _arguments) -> str:
        listed = "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>http://kho.example/x.xsd</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, namespace in self.formats
        )
        return envelope(f"<ListMetadataFormats>{listed}</ListMetadataFormats>")

    def ListSets(self, _arguments) -> str:
        if not self.sets:
            return error("noSetHierarchy")
        listed = "".join(
            f"<set><setSpec>{spec}</setSpec><setName>{name}</setName></set>" for spec, name in self.sets
        )
        return envelope(f"<ListSets>{listed}</ListSets>")

    def ListRecords(self, arguments) -> str:
        if token := arguments.get("resumptionToken"):
            if token.count("|") != 3:
                return error("badResumptionToken")
            begin, until, spec, position = token.split("|")
        else:
            begin, until, spec, position = (
                *(arguments.get(name, "") for name in ("from", "until", "set")),
                "0",
            )
        found = [
            each
            for each in self.records
            if (not begin or each.datestamp[: len(begin)] >= begin)
            and (not until or each.datestamp[: len(until)] <= until)
            and (not spec or spec in each.sets)
        ]
        if not found:
            return error("noRecordsMatch")
        start = int(position)
        shown = found[start : start + self.page]
        end = ""
        if start + self.page < len(found):
            end = f"{begin}|{until}|{spec}|{start + self.page}"
        elif not start:
            return envelope(f"<ListRecords>{''.join(map(str, shown))}</ListRecords>")
        token = f'<resumptionToken completeListSize="{self.size(len(found))}" cursor="{start}">{end}</resumptionToken>'
        return envelope(f"<ListRecords>{''.join(map(str, shown))}{token}</ListRecords>")


@contextmanager
def serving(answer: Callable[[str], Reply], *, log: list[str] | None = None):
    """A server that answers each path with `answer(path)` and keeps its connections; gives its address, ending in
    /oai. `log` is told the path of each request."""

    def send(handler):
        if log is not None:
            log.append(handler.path)
        given = answer(handler.path)
        body = given.body.encode() if isinstance(given.body, str) else given.body
        headers = {"Content-Type": "text/xml; charset=UTF-8"} | given.headers
        loopback.reply(handler, given.status, body, cut=given.cut, **headers)

    with loopback.serving(send, keeps=True) as (url, _asked):
        yield f"{url}/oai"


def spoiling(change, *, verb="ListRecords", times=None):
    """change(body) for the answers of a verb, the first `times` of them."""
    left = itertools.count()

    def spoil(arguments, reply):
        if arguments.get("verb") != verb or (times is not None and next(left) >= times):
            return reply
        changed = change(reply.body)
        return changed if isinstance(changed, Reply) else Reply(changed)

    return spoil


def one_page(*held: Record, change=lambda body: body) -> Repository:
    return Repository(held, page=100, spoil=spoiling(change))
