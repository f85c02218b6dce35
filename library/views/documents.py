from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.cms import jsonld

from ..models import OfficialDocument
from ..search.sources import DocumentSource
from ..structured_data import legislation
from .results import find, list_context, pk_of, with_hits
from .trail import trail


def document_list(request: HttpRequest) -> HttpResponse:
    """`/van-ban/`: the register of official documents."""
    state, results = find(request, "document", DocumentSource.facets)
    found = OfficialDocument.objects.in_bulk([pk_of(hit) for hit in results.hits])
    context = list_context(request, state, results, DocumentSource.facets) | {
        "page_title": _("Official documents"),
        "page_description": _(
            "Laws, decrees, decisions and plans on learning promotion and lifelong learning."
        ),
        "breadcrumbs": trail((_("Official documents"), "")),
        "items": with_hits(found, results.hits),
    }
    response = render(request, "library/document_list.html", context)
    if not state.is_plain:
        response["X-Robots-Tag"] = "noindex, follow"
    return response


def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/van-ban/<id>/`: what is known of one document, and what came before and after it."""
    document = get_object_or_404(OfficialDocument, pk=pk)
    address = request.build_absolute_uri(document.get_absolute_url())
    neighbours = _neighbours(document)
    breadcrumbs = trail(
        (_("Official documents"), reverse("library:documents")), (document.number or document.subject, "")
    )
    context = {
        "page_title": document.number or document.subject,
        "page_description": document.subject,
        "breadcrumbs": breadcrumbs,
        "json_ld": jsonld.script(
            [legislation(document, address), jsonld.breadcrumb_list(breadcrumbs, request)]
        ),
        "document": document,
        "successors": [each for each in neighbours if each.number == document.replaced_by],
        "predecessors": [each for each in neighbours if each.replaced_by == document.number],
        "address": address,
    }
    return render(request, "library/document_page.html", context)


def _neighbours(document: OfficialDocument) -> list[OfficialDocument]:
    """The documents that replace this one or that it replaces, in one query."""
    wanted = Q(pk__in=[])
    if document.replaced_by:
        wanted |= Q(number=document.replaced_by)
    if document.number:
        wanted |= Q(replaced_by=document.number)
    return list(OfficialDocument.objects.filter(wanted).exclude(pk=document.pk))
