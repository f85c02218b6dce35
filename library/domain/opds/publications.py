"""Resources as publications of a catalogue: what everybody may read and can have."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlencode, urlsplit

from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.text import format_number_vi

from ...enums import Kind, Language, Level, LinkState, RenditionForm, RenditionPurpose
from ...interop.opds.catalogue import Acquisition, Person, Picture, Publication, Term
from ...licences import UNKNOWN, explain
from ...models import Classification, Contribution, Identifier, Rendition, Resource, ResourceTag
from ...models.relations import RESOLVERS
from ...rows_below import rows_below
from ...structured_data import MEDIA_TYPES, MORE_TYPES
from ..ways import Way, ways
from .addresses import OPDS_1, OPDS_2, Addresses, outside, permanent

WAYS = {"way": ("file", "link")}  # the filter of the search: something of it can be had
JPEG, WEBP = "image/jpeg", "image/webp"
TYPES_BY_ENDING = {
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": WEBP,
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
}
FALLBACKS = {
    RenditionForm.IMAGE: JPEG,
    RenditionForm.AUDIO: "audio/mpeg",
    RenditionForm.VIDEO: "video/mp4",
}
SURE = {LinkState.ALIVE, LinkState.MOVED, LinkState.BARRED}  # of a link that was looked at


def publications(ids: Sequence[int], addresses: Addresses) -> list[Publication]:
    """In the order of `ids`; what not everybody may read, and what cannot be had, is left out: each entry of a catalogue
    must have an acquisition link (OPDS 1.2, 5; 2.0, 5.1). Six queries."""
    if not ids:
        return []
    resources = Resource.objects.public().order_by().with_cover().in_bulk(ids)
    below = _Below(list(resources))
    described = (_publication(resources[pk], below, addresses) for pk in ids if pk in resources)
    return [each for each in described if each.acquisitions]


class _Below:
    """What hangs on some resources, by their numbers."""

    def __init__(self, ids: Sequence[int]):
        self.people = rows_below(Contribution, ids, "name", "role", order="sort_order")
        self.subjects = rows_below(Classification, ids, "subject__slug", "subject__name")
        self.tags = rows_below(ResourceTag, ids, "tag__name", owner="content_object_id")
        self.numbers = rows_below(Identifier, ids, "scheme", "value")
        self.renditions: dict[int, list[Rendition]] = defaultdict(list)
        for each in _renditions(ids):
            self.renditions[each.resource_id].append(each)


def _renditions(ids: Sequence[int]) -> Iterable[Rendition]:
    """In their order, with what the link checker knows of each."""
    found = Rendition.objects.filter(resource__in=ids).exclude(purpose=RenditionPurpose.COVER)
    return found.order_by("sort_order", "pk").select_related("check_of_link").defer("transcript")


def _publication(resource: Resource, below: _Below, addresses: Addresses) -> Publication:
    pk, licence = resource.pk, explain(resource.licence)
    rights = (
        [str(licence.name), resource.rights_holder]
        if resource.licence != UNKNOWN
        else [resource.rights_holder]
    )
    return Publication(
        id=permanent("library:resource", pk),
        href=addresses.feed("publication", pk),
        page=addresses.library("resource", pk),
        title=resource.title,
        updated=resource.updated_at,
        published=resource.created_at,
        type=MORE_TYPES.get(Kind(resource.kind), "LearningResource"),
        languages=[each.bcp47 for each in resource.languages if each != Language.UNDETERMINED],
        people=[Person(name, role) for name, role in below.people[pk]],
        publisher=resource.publisher,
        year=resource.year,
        identifiers=[_urn(scheme, value) for scheme, value in below.numbers[pk]],
        summary=resource.abstract.strip(),
        details=_details(resource),
        terms=_terms(resource, below, addresses),
        rights=" · ".join(filter(None, rights)),
        licence=licence.url,
        pictures=_pictures(resource, addresses),
        acquisitions=[one for way in ways(below.renditions[pk]) for one in _acquisitions(way, addresses)],
        page_count=resource.page_count or None,
        seconds=resource.duration_minutes * 60 if resource.duration_minutes else None,
    )


def _urn(scheme: str, value: str) -> str:
    """ "urn:isbn:9780306406157"; DOIs and handles as the addresses that resolve them (RFC 3187, 3044)."""
    if scheme in RESOLVERS:
        return outside(f"{RESOLVERS[scheme]}{value}")
    return outside(f"urn:{scheme}:{value}")


def _details(resource: Resource) -> list[str]:
    """What else a reader wants to know before taking it, a sentence a line."""
    pages, minutes = resource.page_count, resource.duration_minutes
    length = [
        ngettext("%(count)s page", "%(count)s pages", pages) % {"count": format_number_vi(pages)}
        if pages
        else "",
        ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": format_number_vi(minutes)}
        if minutes
        else "",
    ]
    level = str(Level(resource.level).label) if resource.level else ""
    checked = (
        _("Checked by %(who)s on %(day)s.")
        % {"who": resource.reviewer, "day": date_format(resource.reviewed_on, "d/m/Y")}
        if resource.reviewer
        else ""
    )
    facts = " · ".join(filter(None, [str(Kind(resource.kind).label), *length, level]))
    return list(filter(None, [*resource.other_titles, facts, checked]))


def _terms(resource: Resource, below: _Below, addresses: Addresses) -> list[Term]:
    """Its subjects and its kind, each with the list of all others like it, and the words of librarians."""
    of_subjects, of_kinds = permanent(f"{OPDS_1}:subjects"), permanent(f"{OPDS_1}:kinds")
    kind = Kind(resource.kind)
    return [
        *(
            Term(name, slug, of_subjects, addresses.feed("list", query=urlencode({"subject": slug})))
            for slug, name in below.subjects[resource.pk]
        ),
        Term(str(kind.label), kind.value, of_kinds, addresses.feed("list", query=f"form={kind.value}")),
        *(Term(tag) for (tag,) in below.tags[resource.pk]),
    ]


def _pictures(resource: Resource, addresses: Addresses) -> list[Picture]:
    """The cover as JPEG, which OPDS 1.2 asks for, and as it is kept. In 2.0 everything should have a picture (2.2); an app
    for 1.2 draws something better itself."""
    if resource.cover is None:
        without = Picture(addresses.absolute(static("img/book-without-cover.png")), "image/png")
        return [without] if addresses.version == OPDS_2 else []
    return [
        Picture(addresses.absolute(reverse(f"{OPDS_1}:cover", args=[resource.pk, resource.cover])), JPEG),
        Picture(addresses.library("file", resource.pk, resource.cover), WEBP),
    ]


def _acquisitions(way: Way, addresses: Addresses) -> list[Acquisition]:
    """A link, or a file with its light renditions. Of what lies elsewhere only a file that answers is open access: behind
    a page may be anything."""
    if not way.host:
        return [_file(way.rendition, addresses), *(_file(each, addresses, light=True) for each in way.light)]
    rendition = way.rendition
    media_type = _media_type(rendition)
    is_whole = rendition.form != RenditionForm.LINK and _answers(rendition)
    return [
        Acquisition(
            outside(rendition.url), media_type, is_whole, rendition.label, language=_language(rendition)
        )
    ]


def _file(rendition: Rendition, addresses: Addresses, *, light: bool = False) -> Acquisition:
    title = pgettext("rendition", "Light") if light else ""
    return Acquisition(
        href=addresses.library("file", rendition.resource_id, rendition.pk),
        media_type=rendition.media_type
        or MEDIA_TYPES.get(RenditionForm(rendition.form), "application/octet-stream"),
        open_access=True,
        title=" – ".join(filter(None, [rendition.label, title])),
        length=rendition.size,
        language=_language(rendition),
    )


def _language(rendition: Rendition) -> str:
    return Language(rendition.language).bcp47 if rendition.language else ""


def _media_type(rendition: Rendition) -> str:
    """Of a link: by what is said to lie there, and the ending of its address."""
    ending = PurePosixPath(urlsplit(rendition.url).path).suffix.lower()
    form = RenditionForm(rendition.form)
    known = rendition.media_type or MEDIA_TYPES.get(form) or TYPES_BY_ENDING.get(ending)
    return known or FALLBACKS.get(form, "text/html")


def _answers(rendition: Rendition) -> bool:
    """Nobody has found that it asks to sign in, or that it is gone."""
    check = getattr(rendition, "check_of_link", None)
    return check is None or check.url != rendition.url or check.state in SURE
