"""`/r/<id>/doc/<file>/`: reading in the portal. Every state is an address, and all of it works without JavaScript."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.web import sandbox

from ..counting import count
from ..domain import reading
from ..domain.ways import PLAYED, SHOWN_HERE, TURNED, Way, ways
from ..enums import Language, UsageKind
from ..models import Rendition, Resource
from ..reader import book as reader
from ..reader.captions import said
from ..reader.finding import MOST, Found, find
from .access import file_of, find_file, refusal
from .files import kept_as_allowed
from .ranges import send_file
from .trail import trail

LONGEST_SEARCH = 100  # characters
SECONDS_UNTIL_RELOAD = 3
ANCHOR = "trang"  # where a page begins
NARROW, WIDE = reader.PAGE_WIDTHS


@require_safe
def read(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponseBase:
    """A file of the resource, in the way that suits its form."""
    if not (rendition := find_file(pk, rendition_pk)):
        return _where_it_went(request, pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    if rendition.form not in SHOWN_HERE:
        return redirect("library:file", pk, rendition_pk)
    context = _frame(request, rendition)
    if rendition.form in TURNED:
        response = _book(request, rendition, context)
    elif rendition.form in PLAYED:
        context |= {"sources": _sources(request, context["way"]), "transcript": _transcript(rendition)}
        if request.user.is_authenticated:
            context["second"] = reading.second_of(request.user, rendition)
        response = render(request, "library/reader/recording.html", context)
    else:
        context["transcript"] = rendition.transcript
        response = render(request, "library/reader/picture.html", context)
    if response.status_code == 200 and _opens(request):
        count(request, pk, UsageKind.REQUEST)
    response["X-Robots-Tag"] = "noindex"  # the page of the resource is what a search engine should name
    if not rendition.resource.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


def _where_it_went(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponse:
    """After a merge the files belong to the other resource; a browser still keeps the address of before."""
    merged = get_object_or_404(Resource, pk=pk, merged_into__isnull=False)
    address = reverse("library:read", args=[merged.merged_into_id, rendition_pk])
    query = request.META["QUERY_STRING"]
    return redirect(f"{address}?{query}" if query else address)


@require_safe
def page_image(request: HttpRequest, pk: int, rendition_pk: int, page: int, width: int) -> HttpResponseBase:
    """A drawn page as WebP; drawn now when that has not been done yet, which fetching ahead makes use of."""
    rendition = file_of(pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    try:
        book = _book_of(rendition)
        if not book.is_drawn or page > book.index.pages or page < 1 or width not in reader.PAGE_WIDTHS:
            raise Http404
        path = book.drawn(page, width)
    except reader.Unreadable as unreadable:
        return _plain(str(unreadable.sentence), 422)
    except reader.Busy:
        response = _plain(_("This page is just being drawn."), 503)
        response["Retry-After"] = SECONDS_UNTIL_RELOAD
        return response
    etag = f"{rendition.checksum[:16]}-{page}-{width}"
    response = send_file(request, path, media_type="image/webp", etag=etag)
    return kept_as_allowed(response, rendition.resource)


@require_safe
def picture(request: HttpRequest, pk: int, rendition_pk: int, number: int) -> HttpResponseBase:
    """A picture of an EPUB, drawn anew when the book was opened."""
    rendition = file_of(pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    try:
        path = _book_of(rendition).picture(number)
    except (reader.Unreadable, reader.Busy) as trouble:
        raise Http404 from trouble
    if path is None:
        raise Http404
    response = send_file(
        request, path, media_type="image/webp", etag=f"{rendition.checksum[:16]}-anh-{number}"
    )
    return kept_as_allowed(response, rendition.resource)


def _opens(request: HttpRequest) -> bool:
    """Whether somebody comes to the file; they have it already when they turn its pages."""
    return urlsplit(request.headers.get("Referer", "")).path != request.path


def _book_of(rendition: Rendition) -> reader.Book:
    if rendition.form not in TURNED:
        raise Http404
    return reader.open_book(rendition, sandbox.SECONDS)


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _frame(request: HttpRequest, rendition: Rendition) -> dict:
    resource = rendition.resource
    found = (way for way in ways(resource.renditions.all()) if way.rendition == rendition)
    here = _("Read") if rendition.form in TURNED else rendition.get_form_display()
    about = (_("About this resource"), resource.get_absolute_url())
    return {
        "page_title": resource.title,
        "page_description": resource.abstract,
        "breadcrumbs": trail((_("Library"), reverse("library:list")), about, (here, "")),
        "resource": resource,
        "rendition": rendition,
        "kept": reading.is_kept(request.user, resource),
        "way": next(found, Way(rendition)),  # a light rendition has none of its own
        "lang": Language(rendition.language or resource.language).bcp47,
    }


def _sources(request: HttpRequest, way: Way) -> list[Rendition]:
    """What a player may play, the first one first: the light one, unless `?nguon=` asks for another."""
    sources = [*(each for each in way.light if each.form == way.rendition.form), way.rendition]
    return sorted(sources, key=lambda each: str(each.pk) != request.GET.get("nguon"))


def _transcript(rendition: Rendition) -> str:
    """What somebody wrote down, else what the captions say."""
    path = Path(rendition.captions.path) if rendition.captions and not rendition.transcript else None
    if path is None or not path.is_file():
        return rendition.transcript
    return said(path.read_text(encoding="utf-8", errors="replace"))


def _book(request: HttpRequest, rendition: Rendition, context: dict) -> HttpResponse:
    if "trang" not in request.GET and (stopped := _stopped_at(request, rendition)):
        return redirect(f"{request.path}{_address(stopped, request.GET.dict())}")
    try:
        book = reader.open_book(rendition, sandbox.SECONDS)
        context |= _page(request, rendition, book)
    except reader.Unreadable as unreadable:
        context["trouble"] = unreadable.sentence
        return render(request, "library/reader/trouble.html", context, status=422)
    except reader.Busy:
        response = render(request, "library/reader/busy.html", context, status=503)
        response["Refresh"] = response["Retry-After"] = SECONDS_UNTIL_RELOAD
        return response
    if request.user.is_authenticated and request.method == "GET":
        reading.stopped_at(request.user, rendition, context["page"])
    return render(request, "library/reader/book.html", context)


def _stopped_at(request: HttpRequest, rendition: Rendition) -> int | None:
    """The page that this person, signed in, read last; for all others a script knows it."""
    place = reading.place_of(request.user, rendition.resource)
    return place.page if place and place.rendition_id == rendition.pk and place.page != 1 else None


def _page(request: HttpRequest, rendition: Rendition, book: reader.Book) -> dict:
    """`?trang=` the page, `xem=chu` its text instead of its picture, `rong=1600` to look closely, `tim=` words."""
    last = book.index.pages
    page = _number(request, last)
    as_text = book.is_drawn and request.GET.get("xem") == "chu"
    width = WIDE if request.GET.get("rong") == str(WIDE) else NARROW
    words = request.GET.get("tim", "")[:LONGEST_SEARCH].strip()
    kept = {"xem": "chu"} if as_text else {"rong": WIDE} if width == WIDE else {}
    context = {
        "book": book,
        "page": page,
        "last": last,
        "as_text": as_text,
        "previous_url": _address(page - 1, kept) if page > 1 else "",
        "next_url": _address(page + 1, kept) if page < last else "",
        "kept_in_address": kept,
        "paragraphs": book.text[page - 1],
        "contents": [(*entry, _address(entry[2], kept)) for entry in book.index.contents],
        "words": words,
    }
    if words:
        found = find(book.text, words)
        context |= {"found": _by_page(found, kept), "cut": len(found) == MOST}
    if not book.is_drawn:
        return context | {"html": book.html(page)}
    if as_text:
        return context | {"other_view_url": _address(page, {})}
    return context | _drawn(rendition, book, page, width)


def _drawn(rendition: Rendition, book: reader.Book, page: int, width: int) -> dict:
    place = [rendition.resource_id, rendition.pk]
    context = {
        "other_view_url": _address(page, {"xem": "chu"}),
        "closer_url": _address(page, {"rong": WIDE} if width == NARROW else {}),
        "is_wide": width == WIDE,
        "size": book.size(page, width),
    }
    try:
        book.drawn(page, width)
    except reader.Unreadable as unreadable:
        return context | {"trouble": unreadable.sentence}
    context["image_url"] = reverse("library:page_image", args=[*place, page, width])
    if page < book.index.pages:
        context["ahead_url"] = reverse("library:page_image", args=[*place, page + 1, width])
    return context


def _number(request: HttpRequest, last: int) -> int:
    """The page asked for. Raises Http404 for one that the book does not have."""
    asked = request.GET.get("trang", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= last):
        raise Http404
    return int(asked)


def _address(page: int, kept: Mapping[str, str | int]) -> str:
    """Of a page of this book; the browser goes straight to it, past the head of the portal's page."""
    return f"?{urlencode({'trang': page, **kept})}#{ANCHOR}"


def _by_page(found: list[Found], kept: Mapping[str, str | int]) -> list[tuple[int, str, list[Found]]]:
    pages = groupby(found, key=lambda each: each.page)
    return [(page, _address(page, kept), list(places)) for page, places in pages]
