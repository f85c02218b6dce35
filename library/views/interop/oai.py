"""OAI-PMH 2.0 at `/oai`: what is asked goes to `domain.offering`, what is found to `interop.oai.writing`."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.cms.models import SiteDetails
from portal.web.client_address import client_address
from portal.web.visitors.rate_limit import RateLimit

from ...domain.offering import identity, selecting, sets
from ...domain.offering.selecting import Row, Selection
from ...interop.oai import requests, tokens, writing
from ...interop.oai.requests import OaiError, OaiRequest
from ...licences import explain

PAGE = 100  # records
LIMIT = RateLimit(
    "oai", 3_000, 60
)  # a harvester that waits for one page before it asks for the next never comes near


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Errors of the protocol are answers like others (200); only one who asks too much is told to wait (503)."""
    address = client_address(request)
    if not LIMIT.allows(address):
        headers = {"Retry-After": str(LIMIT.seconds_left(address))}
        return HttpResponse("Too many requests.", status=503, content_type="text/plain", headers=headers)
    now = datetime.now(UTC)  # before the database is asked: what changes from now on is asked for next time
    base_url = request.build_absolute_uri(request.path)
    with translation.override(settings.LANGUAGE_CODE):
        arguments, body = _answer(request, base_url, now)
    return HttpResponse(writing.document(base_url, now, arguments, body), content_type=writing.MEDIA_TYPE)


def _answer(request: HttpRequest, base_url: str, now: datetime) -> tuple[dict[str, str], str]:
    """(the arguments to echo, the answer)."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        asked = requests.read((name, value) for name, values in given.lists() for value in values)
        if asked.verb == "Identify":
            return dict(asked.arguments), writing.identify(_repository(request, base_url, now))
        return dict(asked.arguments), ANSWERS[asked.verb](asked)
    except OaiError as problem:
        return problem.arguments, writing.error(problem)


def _repository(request: HttpRequest, base_url: str, now: datetime) -> writing.Repository:
    details = SiteDetails.of(request)
    return writing.Repository(
        name=details.association_name or settings.WAGTAIL_SITE_NAME,
        base_url=base_url,
        email=identity.admin_email(details.email),
        identifier=identity.repository(),
        earliest=selecting.earliest() or now,
        metadata_licence=explain(details.data_licence).url if details.data_licence else "",
        friends=identity.friends(),
    )


def _metadata_formats(asked: OaiRequest) -> str:
    """Every record is there in every format; a tombstone in none."""
    if "identifier" in asked.arguments and _found(asked).deleted:
        raise OaiError("noMetadataFormats", "This record was deleted.", asked.arguments)
    return writing.metadata_formats()


def _sets(asked: OaiRequest) -> str:
    if asked.token is not None:
        raise OaiError("badResumptionToken", "All sets are listed in one answer.", asked.arguments)
    names = [(spec, name) for spec, name, _live, _deleted in sets.listed()]
    if not names:
        raise OaiError("noSetHierarchy", "There are no sets, for there are no records yet.", asked.arguments)
    return writing.sets(names)


def _record(asked: OaiRequest) -> str:
    return writing.get_record(_found(asked, asked.format.text), identity.repository())


def _found(asked: OaiRequest, text: str = "") -> Row:
    number = requests.number_in(asked.identifier, identity.repository())
    row = None if number is None else selecting.one(number, text)
    if row is None:
        raise OaiError("idDoesNotExist", "There is no record of this identifier.", asked.arguments)
    return row


def _records(asked: OaiRequest) -> str:
    return writing.records(*_page(asked, with_text=True))


def _identifiers(asked: OaiRequest) -> str:
    return writing.identifiers(*_page(asked, with_text=False))


def _page(asked: OaiRequest, *, with_text: bool) -> tuple[list[Row], str, writing.ListEnd]:
    listed, place = tokens.read(asked) if asked.token is not None else (asked, None)
    selection = Selection(listed.first, listed.last, listed.spec)
    text = listed.format.text if with_text else ""
    rows = selecting.page(selection, after=place.after if place else None, size=PAGE + 1, text=text)
    if not rows and place:  # what was to come has changed since, and left the period or the set
        rows = selecting.end(selection, text)
    if not rows:
        raise OaiError("noRecordsMatch", "No records match the arguments.", asked.arguments)
    return rows[:PAGE], identity.repository(), _list_end(listed, selection, rows, place)


def _list_end(
    listed: OaiRequest, selection: Selection, rows: list[Row], place: tokens.Place | None
) -> writing.ListEnd:
    more = len(rows) > PAGE
    if place is None and not more:
        return writing.ListEnd(None, 0, len(rows))
    cursor = place.cursor if place else 0
    size = place.size if place else selecting.how_many(selection)
    following = tokens.Place(rows[PAGE - 1].position, cursor + PAGE, size) if more else None
    return writing.ListEnd(tokens.write(listed, following) if following else None, cursor, size)


ANSWERS: dict[str, Callable[[OaiRequest], str]] = {
    "ListMetadataFormats": _metadata_formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListRecords": _records,
    "ListIdentifiers": _identifiers,
}
