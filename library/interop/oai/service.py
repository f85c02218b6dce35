"""A service of OAI-PMH as its client asks it: what it is, which formats and sets it has, and lists of records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from ..fetching import PASSING, Fetcher, refusal
from ..page import SourceProblem
from ..payloads import FORMATS, Format
from ..wild_xml import ends_as_it_should
from . import answers
from .answers import Answer, children, first_text, text_of
from .dates import DAY, granularity_of, moment

ACCEPT = "text/xml, application/xml;q=0.9, */*;q=0.1"
OWN_ARGUMENTS = frozenset(["verb", "metadataPrefix", "resumptionToken", "from", "until", "set", "identifier"])
MOST_SETS, MOST_PAGES_OF_SETS = 1000, 50
# DSpace 7 and later, DSpace before it, OJS, Koha, EPrints, others
USUAL_PATHS = (
    "/server/oai/request",
    "/oai/request",
    "/index.php/index/oai",
    "/cgi-bin/koha/oai.pl",
    "/cgi/oai2",
    "/oai",
)
POLICIES = ("no", "transient", "persistent")


class Refused(SourceProblem):
    """The source does not answer this request, though it may answer another one; `passing`: another hour may help."""

    def __init__(self, status: int):
        super().__init__(refusal(status))
        self.passing = status in PASSING


@dataclass(frozen=True, slots=True)
class Identity:
    """What Identify says, "" where it says nothing."""

    name: str = ""
    base_url: str = ""
    emails: Sequence[str] = ()
    earliest: str = ""
    deletions: str = ""
    granularity: str = DAY
    response_date: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class OfferedFormat:
    prefix: str
    namespace: str = ""


class Service:
    """Raises SourceProblem from every method."""

    def __init__(self, url: str, fetcher: Fetcher):
        self._url = base_address(url)
        self._fetcher = fetcher

    def ask(self, **arguments: str) -> Answer:
        """`arguments` as the protocol names them, `from_` for its "from"; empty ones are left out."""
        asked = {name.rstrip("_"): value for name, value in arguments.items() if value}
        joint = "&" if "?" in self._url else "?"
        fetched = self._fetcher.get(
            f"{self._url}{joint}{urlencode(asked, quote_via=quote)}",
            accept=ACCEPT,
            any_status=True,
            whole=ends_as_it_should,
        )
        try:
            answer = answers.read(fetched.content, charset=fetched.charset, complete=fetched.complete)
        except SourceProblem as error:
            if fetched.status >= 400:
                raise Refused(fetched.status) from error
            raise
        if fetched.status >= 400 and not (answer.errors or answer.records):
            raise Refused(fetched.status)
        for note in answer.notes:
            self._fetcher.note(note)
        return answer

    def identify(self) -> Identity:
        answer = self.ask(verb="Identify")
        body = answer.body
        if body is None:
            return Identity(response_date=answer.response_date)
        deletions = first_text(body, "deletedRecord").lower()
        return Identity(
            name=first_text(body, "repositoryName"),
            base_url=first_text(body, "baseURL"),
            emails=[text_of(each) for each in children(body, "adminEmail")],
            earliest=first_text(body, "earliestDatestamp"),
            deletions=deletions if deletions in POLICIES else "",
            granularity=granularity_of(first_text(body, "granularity")),
            response_date=answer.response_date,
            version=first_text(body, "protocolVersion"),
        )

    def formats(self) -> list[OfferedFormat]:
        answer = self.ask(verb="ListMetadataFormats")
        listed = children(answer.body, "metadataFormat") if answer.body is not None else ()
        found = (
            OfferedFormat(first_text(each, "metadataPrefix"), first_text(each, "metadataNamespace"))
            for each in listed
        )
        return [each for each in found if each.prefix]

    def sets(self) -> Iterator[tuple[str, str]]:
        """(spec, name), the first thousand; none where the source has no sets."""
        token, used, count = "", set(), 0
        for _page in range(MOST_PAGES_OF_SETS):
            answer = self.ask(verb="ListSets", resumptionToken=token)
            for each in children(answer.body, "set") if answer.body is not None else ():
                count += 1
                if count > MOST_SETS:
                    return
                yield first_text(each, "setSpec"), first_text(each, "setName")
            used.add(token)
            token = answer.token.text if answer.token else ""
            if not token or token in used:
                return


def elsewhere(url: str, fetcher: Fetcher) -> str:
    """Where on the same host OAI-PMH answers after all: systems of repositories have it at addresses of their own. ""
    when it is nowhere."""
    parts = urlsplit(url)
    for path in USUAL_PATHS:
        other = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        try:
            if other != base_address(url) and Service(other, fetcher).identify().base_url:
                return other
        except SourceProblem:
            continue
    return ""


def base_address(url: str) -> str:
    """Without the arguments of a request: people copy "…/oai?verb=Identify" out of their browser."""
    parts = urlsplit(url.strip())
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in OWN_ARGUMENTS]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def chosen(formats: Sequence[OfferedFormat], wanted: str) -> str:
    """The prefix to ask for: the wanted one, under whatever name the source has it; else that of the richest format
    that we read. Told by namespaces, for prefixes are mere names. Raises SourceProblem."""
    names = [each.prefix for each in formats]
    if wanted:
        meant = next((known for known in FORMATS if wanted.lower() in known.prefixes), None)
        if wanted in names or not formats:
            return wanted
        if meant and (prefix := _offered(formats, meant)):
            return prefix
        sentence = _("The source has no format “%(wanted)s”; it has: %(names)s.")
        raise SourceProblem(sentence % {"wanted": wanted, "names": ", ".join(names)})
    for known in FORMATS:
        if prefix := _offered(formats, known):
            return prefix
    if "oai_dc" in names or not formats:
        return "oai_dc"
    sentence = _("None of the formats of the source can be read here: %(names)s.")
    raise SourceProblem(sentence % {"names": ", ".join(names)})


def _offered(formats: Sequence[OfferedFormat], known: Format) -> str:
    namespaces = set(map(_plain, known.namespaces))
    return next((each.prefix for each in formats if _plain(each.namespace) in namespaces), "")


def _plain(namespace: str) -> str:
    return namespace.strip().lower().replace("https://", "http://").rstrip("/#")


def facts_of(identity: Identity) -> Mapping[str, str]:
    """For people: label -> value."""
    policies = {
        "no": _("It does not tell what it deletes"),
        "transient": _("It tells for a while what it has deleted"),
        "persistent": _("It always tells what it has deleted"),
    }
    by_day = identity.granularity == DAY
    facts = {
        _("Name"): identity.name,
        _("Address"): identity.base_url,
        _("Contact"): ", ".join(identity.emails),
        _("Oldest record"): identity.earliest[:10] if moment(identity.earliest) else identity.earliest,
        _("Deleted records"): policies.get(identity.deletions, ""),
        _("Tells the time of a change"): _("By the day") if by_day else _("By the second"),
    }
    return {label: value for label, value in facts.items() if value}
