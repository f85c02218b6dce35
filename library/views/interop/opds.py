"""`/opds` and `/opds/v2`: the library for reading apps, as OPDS 1.2 and 2.0. Open to everybody, with what is public."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.models import SiteDetails
from portal.search.listing import ListState, note
from portal.search.query import PageRefused

from ...domain.opds import browsing, crawling, lists
from ...domain.opds.addresses import OPDS_1, OPDS_2, Addresses
from ...domain.opds.publications import publications
from ...domain.opds.stamp import settled_at
from ...enums import RenditionPurpose
from ...interop.opds import atom, json, media_types
from ...interop.opds.catalogue import Catalogue, Feed, FeedKind, Publication
from ...models import Resource
from ...search.facets import RESOURCE_FACETS
from ..access import file_of, refusal
from ..files import kept_as_allowed

KEPT_SECONDS = 300
JPEG_QUALITY = 80


class Version(NamedTuple):
    write_feed: Callable[[Feed, Catalogue], bytes]
    write_publication: Callable[[Publication, Catalogue], bytes]
    type_of: Callable[[Feed], str]
    type_of_a_publication: str


VERSIONS = {
    OPDS_1: Version(
        atom.write_feed,
        atom.write_entry,
        lambda feed: media_types.atom_of(feed.kind),
        media_types.ENTRY,
    ),
    OPDS_2: Version(
        json.write_feed, json.write_publication, lambda feed: media_types.OPDS2, media_types.PUBLICATION
    ),
}
View = Callable[..., HttpResponseBase]


def _feed(make: Callable[..., Feed | None]) -> View:
    """A view of the feed that `make` gives for the request, the addresses and what stands in the address; None: there is
    no such feed."""

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, version: str, **named) -> HttpResponse:
        addresses = Addresses(version, request.build_absolute_uri)
        if (feed := make(request, addresses, **named)) is None:
            raise Http404
        writes = VERSIONS[version]
        content = writes.write_feed(feed, _catalogue(request, addresses))
        return _answer(content, writes.type_of(feed))

    return view


@_feed
def root(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.root(_title(request), addresses, with_groups=addresses.version == OPDS_2)


@_feed
def subjects(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.subjects(addresses)


@_feed
def subject(request: HttpRequest, addresses: Addresses, slug: str) -> Feed | None:
    return browsing.subject(slug, addresses)


@_feed
def kinds(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.kinds(addresses)


@_feed
def languages(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.languages(addresses)


@_feed
def shelves(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.shelves(addresses)


@_feed
def shelf(request: HttpRequest, addresses: Addresses, pk: int) -> Feed:
    found = get_object_or_404(browsing.public_shelves(), pk=pk)
    return lists.picked("shelf", found, [each.resource.pk for each in found.content], addresses)


@_feed
def paths(request: HttpRequest, addresses: Addresses) -> Feed:
    return browsing.paths(addresses)


@_feed
def path(request: HttpRequest, addresses: Addresses, pk: int) -> Feed:
    found = get_object_or_404(browsing.public_paths(), pk=pk)
    steps = dict.fromkeys(step.resource.pk for step in found.shown_steps if step.resource)
    return lists.picked("path", found, list(steps), addresses)


@_feed
def resource_list(request: HttpRequest, addresses: Addresses) -> Feed:
    """With the parameters of `/thu-vien/`; `query` stands for `q`, as OPDS 2.0 calls it."""
    state = lists.one_of_each(ListState.read(_asked(request), list(RESOURCE_FACETS), list(lists.SORTS)))
    try:
        results = lists.find(state)
    except PageRefused as refusal:
        raise Http404(str(refusal)) from refusal
    if state.page > max(results.pages, 1):
        raise Http404
    note(state, results)
    return lists.found(state, results, addresses)


@_feed
def crawlable(request: HttpRequest, addresses: Addresses) -> Feed:
    after = request.GET.get("after", "")
    key = crawling.read_key(after)
    if after and key is None:
        raise Http404
    return crawling.crawlable(key, addresses)


@require_safe
def publication(request: HttpRequest, version: str, pk: int) -> HttpResponseBase:
    """The document of one publication; gone when it was withdrawn, elsewhere when it was merged."""
    addresses = Addresses(version, request.build_absolute_uri)
    if found := publications([pk], addresses):
        writes = VERSIONS[version]
        content = writes.write_publication(found[0], _catalogue(request, addresses))
        return _answer(content, writes.type_of_a_publication)
    resource = get_object_or_404(Resource, pk=pk)
    if resource.merged_into_id:
        return redirect(addresses.feed("publication", resource.merged_into_id))
    if resource.is_withdrawn and not resource.proposed:
        return HttpResponse(resource.withdrawn_reason, status=410, content_type="text/plain; charset=utf-8")
    raise Http404


@require_safe
def search_description(request: HttpRequest) -> HttpResponse:
    """OpenSearch, for both versions and for browsers."""
    addresses = Addresses(OPDS_1, request.build_absolute_uri)
    templates = {
        media_types.atom_of(FeedKind.ACQUISITION): f"{addresses.feed('list')}?q={{searchTerms}}",
        media_types.OPDS2: f"{addresses.other.feed('list')}?query={{searchTerms}}",
        media_types.HTML: f"{addresses.library('list')}?q={{searchTerms}}",
    }
    description = _("Search the library, with accents or without.")
    catalogue = _catalogue(request, addresses)
    content = atom.write_search_description(catalogue, _("Library"), templates, description)
    return _answer(content, media_types.SEARCH)


@require_safe
def cover(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponseBase:
    """A cover as JPEG: OPDS 1.2 (5.2.2) knows no WebP, nor do older reading devices."""
    rendition = file_of(pk, rendition_pk)
    if rendition.purpose != RenditionPurpose.COVER:
        raise Http404
    if refused := refusal(request, rendition.resource):
        return refused
    try:
        with rendition.file.open("rb") as stored, Image.open(stored) as picture:
            written = BytesIO()
            picture.convert("RGB").save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    except OSError as error:  # the file is gone, or is no picture
        raise Http404 from error
    response = HttpResponse(written.getvalue(), content_type="image/jpeg")
    response["ETag"] = f'"{rendition.checksum}-jpeg"'
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return kept_as_allowed(response, rendition.resource)


def _asked(request: HttpRequest) -> QueryDict:
    asked = request.GET.copy()
    if "query" in asked:
        asked.setdefault("q", asked["query"])
    return asked


def _title(request: HttpRequest) -> str:
    name = SiteDetails.of(request).association_name
    return _("Library of %(association)s") % {"association": name} if name else _("Library")


def _catalogue(request: HttpRequest, addresses: Addresses) -> Catalogue:
    return Catalogue(
        title=_title(request),
        start=addresses.feed("root"),
        author=SiteDetails.of(request).association_name or _("Library"),
        site=request.build_absolute_uri(reverse("wagtail_serve", args=[""])),
        search=addresses.search,
        crawlable=addresses.feed("crawlable"),
        language=get_language(),
    )


def _answer(content: bytes, media_type: str) -> HttpResponse:
    """The same for everybody, also for pages of other sites: there is nothing in it that is not public."""
    response = HttpResponse(content, content_type=media_type)
    if settled := settled_at():
        response["Last-Modified"] = http_date(settled.timestamp())
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"  # the pages of the library are what a search engine should name
    return response
