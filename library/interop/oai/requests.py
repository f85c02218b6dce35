"""What a harvester asks by OAI-PMH 2.0: arguments as they came -> a request that can be answered, or the error. Pure.

Section numbers are those of the protocol (openarchives.org/OAI/2.0/openarchivesprotocol.htm).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*")  # 2.6
PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")  # 3.4
DAY, SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # 3.3
# Host names as oai-identifier.xsd wants them: at least two parts, each beginning with a letter, no later one of one letter.
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(?:\.[a-zA-Z][a-zA-Z0-9-]+)+")
WITHOUT_DOMAIN = "localhost.localdomain"
LONGEST_NUMBER = 18  # digits; more than any key of a database that fills up in our time

LIST_ARGUMENTS = frozenset({"metadataPrefix", "from", "until", "set", "resumptionToken"})
ARGUMENTS = {
    "Identify": frozenset(),
    "ListMetadataFormats": frozenset({"identifier"}),
    "ListSets": frozenset({"resumptionToken"}),
    "GetRecord": frozenset({"identifier", "metadataPrefix"}),
    "ListIdentifiers": LIST_ARGUMENTS,
    "ListRecords": LIST_ARGUMENTS,
}
REQUIRED = {
    "GetRecord": ("identifier", "metadataPrefix"),
    "ListIdentifiers": ("metadataPrefix",),
    "ListRecords": ("metadataPrefix",),
}


@dataclass(frozen=True, slots=True)
class Format:
    """`text`: under which name its texts are kept."""

    prefix: str
    schema: str
    namespace: str
    text: str


FORMATS = {
    each.prefix: each
    for each in (
        Format(
            "oai_dc",
            "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            "http://www.openarchives.org/OAI/2.0/oai_dc/",
            "dc",
        ),
        Format(
            "marc21",
            "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
            "http://www.loc.gov/MARC21/slim",
            "marc",
        ),
        Format(
            "oai_lom",
            "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd",
            "http://ltsc.ieee.org/xsd/LOM",
            "lom",
        ),
    )
}


class OaiError(Exception):
    """`code` as in 3.6, `str()` for people; `arguments` are echoed with it, unless they themselves are wrong."""

    def __init__(self, code: str, text: str, arguments: Mapping[str, str] | None = None):
        super().__init__(text)
        self.code = code
        self.arguments = {} if code in ("badVerb", "badArgument") else dict(arguments or {})


@dataclass(frozen=True, slots=True)
class OaiRequest:
    """`arguments` are those that came, the verb first. `first` and `last` in whole seconds, both included."""

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""
    format: Format | None = None
    first: datetime | None = None
    last: datetime | None = None
    spec: str = ""
    token: str | None = None


def read(pairs: Iterable[tuple[str, str]]) -> OaiRequest:
    """Raises OaiError."""
    pairs = list(pairs)
    verb = _verb([value for name, value in pairs if name == "verb"])
    arguments = {name: value for name, value in pairs if name != "verb"}
    times = Counter(name for name, _value in pairs)
    if unknown := sorted(set(arguments) - ARGUMENTS[verb]):
        raise OaiError("badArgument", f"{verb} has no argument {unknown[0][:40]!r}.")
    if repeated := [name for name, number in times.items() if number > 1]:
        raise OaiError("badArgument", f"The argument {repeated[0]} is given more than once.")
    if "resumptionToken" in arguments and len(arguments) > 1:
        raise OaiError("badArgument", "resumptionToken excludes every other argument but the verb.")
    return checked(verb, arguments)


def checked(verb: str, arguments: Mapping[str, str]) -> OaiRequest:
    """Of arguments that the verb may have, each once. Raises OaiError."""
    echoed = {"verb": verb, **arguments}
    if "resumptionToken" in arguments:
        return OaiRequest(verb, echoed, token=arguments["resumptionToken"])
    if missing := [name for name in REQUIRED.get(verb, ()) if not arguments.get(name)]:
        raise OaiError("badArgument", f"{verb} needs the argument {missing[0]}.")
    first, last = _period(arguments)
    spec = arguments.get("set", "")
    if "set" in arguments and not SPEC.fullmatch(spec):
        raise OaiError("badArgument", "The argument set is no setSpec.")
    return OaiRequest(
        verb,
        echoed,
        identifier=arguments.get("identifier", ""),
        format=_format(arguments, echoed),
        first=first,
        last=last,
        spec=spec,
    )


def _verb(verbs: list[str]) -> str:
    if not verbs:
        raise OaiError("badVerb", "The argument verb is missing.")
    if len(verbs) > 1:
        raise OaiError("badVerb", "The argument verb is given more than once.")
    if verbs[0] not in ARGUMENTS:
        raise OaiError("badVerb", f"There is no such verb; there are {', '.join(ARGUMENTS)}.")
    return verbs[0]


def _format(arguments: Mapping[str, str], echoed: Mapping[str, str]) -> Format | None:
    prefix = arguments.get("metadataPrefix")
    if prefix is None:
        return None
    if not PREFIX.fullmatch(prefix):
        raise OaiError("badArgument", "The argument metadataPrefix has characters that no prefix has.")
    if prefix not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"The formats are {', '.join(FORMATS)}.", echoed)
    return FORMATS[prefix]


def _period(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """A day begins with its first second and ends with its last one."""
    given = {name: arguments[name] for name in ("from", "until") if name in arguments}
    first, last = (_moment(name, given[name]) if name in given else None for name in ("from", "until"))
    if len({len(text) for text in given.values()}) > 1:
        raise OaiError("badArgument", "The arguments from and until have different granularities.")
    if last is not None and DAY.fullmatch(given["until"]):
        last += timedelta(days=1, seconds=-1)
    if first and last and first > last:
        raise OaiError("badArgument", "The argument from is later than until.")
    return first, last


def _moment(name: str, text: str) -> datetime:
    form = "%Y-%m-%d" if DAY.fullmatch(text) else "%Y-%m-%dT%H:%M:%SZ" if SECOND.fullmatch(text) else ""
    try:
        moment = datetime.strptime(text, form) if form and text.isascii() else None
    except ValueError:
        moment = None
    if moment is None:
        forms = "YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"
        raise OaiError("badArgument", f"The argument {name} is no UTC date: {forms}.")
    return moment.replace(tzinfo=UTC)


def repository_identifier(site_address: str) -> str:
    """The domain in which our identifiers are unique."""
    host = (urlsplit(site_address).hostname or "").lower()
    return host if DOMAIN.fullmatch(host) else WITHOUT_DOMAIN


def number_in(identifier: str, repository: str) -> int | None:
    """The number of a resource in `oai:<repository>:<number>`; None in any other identifier."""
    begin = f"oai:{repository}:"
    number = identifier.removeprefix(begin)
    if identifier == number or not re.fullmatch(rf"[1-9][0-9]{{0,{LONGEST_NUMBER - 1}}}", number):
        return None
    return int(number)
