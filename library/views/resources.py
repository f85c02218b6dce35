from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.permissions import is_officer
from portal.cms import jsonld

from ..counting import count
from ..domain.citation import citation
from ..domain.front import front
from ..domain.reading import is_kept, place_of
from ..domain.usage import uses_of
from ..domain.ways import cover_of, ways
from ..enums import UsageKind
from ..licences import explain
from ..listing import ResourceCard, cards, listed
from ..models import Contribution, Identifier, Rendition, Resource, Subject, Tag
from ..search.sources import ResourceSource
from ..structured_data import learning_resource
from .access import refusal
from .citations import citation_addresses
from .marc import marc_addresses
from .results import find, list_context, pk_of, with_hits
from .subjects import browsable
from .trail import trail

RELATED = 4
HANGS_ON = {"contributions": Contribution, "identifiers": Identifier, "renditions": Rendition}


def resource_list(request: HttpRequest) -> HttpResponse:
    """`/thu-vien/`: the whole library, narrowed down by links; without any wish also the subjects to browse."""
    officer = is_officer(request.user)
    state, results = find(request, "resource", ResourceSource.facets, officer=officer)
    found = listed([pk_of(hit) for hit in results.hits], officer=officer)
    context = list_context(request, state, results, ResourceSource.facets, by_use=True) | {
        "page_title": _("Library"),
        "page_description": _("Books, guides, films and courses for learning at every age."),
        "breadcrumbs": trail((_("Library"), "")),
        "items": with_hits(found, results.hits),
    }
    if state.is_plain and state.page == 1:
        context["subjects"] = browsable(request, results.facets.get("subject", ()))
        context |= front(request, officer=officer)
        context["catalogue_address"] = request.build_absolute_uri(reverse("opds:root"))
    response = render(request, "library/resource_list.html", context)
    if not state.is_plain:
        response["X-Robots-Tag"] = "noindex, follow"
    return response


def resource_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/r/<id>`, for ever: the resource, or the reason why it is gone, or who may see it."""
    resource = get_object_or_404(Resource.objects.select_related("place"), pk=pk)
    if refused := refusal(request, resource):
        return refused
    _read_what_hangs_on(resource)
    officer, today = is_officer(request.user), timezone.localdate()
    subjects = list(Subject.objects.filter(classifications__resource=pk).order_by("classifications__pk"))
    tags = list(Tag.objects.filter(tagged_items__content_object=pk).order_by("tagged_items__pk"))
    address = request.build_absolute_uri(resource.get_absolute_url())
    breadcrumbs = _breadcrumbs(subjects, resource.title)
    collections = list(dict.fromkeys(filter(None, resource.records.values_list("source", flat=True))))
    data = learning_resource(resource, subjects, tags, address, collections)
    context = {
        "page_title": resource.title,
        "page_description": resource.abstract,
        "breadcrumbs": breadcrumbs,
        "json_ld": jsonld.script([data, jsonld.breadcrumb_list(breadcrumbs, request)]),
        "resource": resource,
        "outdated": resource.is_outdated(today),
        "creators": resource.contributions.all(),
        "subjects": subjects,
        "tags": tags,
        "collections": collections,
        "licence": explain(resource.licence),
        "ways": ways(resource.renditions.all()),
        "cover": cover_of(resource.renditions.all()),
        "address": address,
        "citation": citation(resource, address),
        "citations": citation_addresses(resource),
        "marc": marc_addresses(resource),
        "related": _related(resource, subjects, officer),
        "usage": uses_of(resource, today),
        "kept": is_kept(request.user, resource),
        "place": place_of(request.user, resource),
    }
    count(request, resource.pk, UsageKind.VIEW)
    return render(request, "library/resource_page.html", context)


def _read_what_hangs_on(resource: Resource) -> None:
    """The rows below this one resource, into its memory: to prefetch them would cost twice as much."""
    for relation, rows in HANGS_ON.items():
        setattr(resource, relation, rows.objects.filter(resource_id=resource.pk).order_by())


def _breadcrumbs(subjects: list[Subject], title: str) -> list[tuple[str, str]]:
    library = reverse("library:list")
    shelf = [(subject.name, f"{library}?subject={subject.slug}") for subject in subjects[:1]]
    return trail((_("Library"), library), *shelf, (title, ""))


def _related(resource: Resource, subjects: list[Subject], officer: bool) -> list[ResourceCard]:
    """The newest others on the shelf where this one stands."""
    if not subjects:
        return []
    shelf = Resource.objects.readable(officer=officer).filter(classifications__subject=subjects[0])
    newest = cards(shelf.with_cover().order_by("-classifications__resource_id")[: RELATED + 1])
    return [each for each in newest if each.pk != resource.pk][:RELATED]
