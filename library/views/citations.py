"""`/r/<id>/trich-dan.bib`, `.ris`, `.json`: how to cite a resource, for reference managers."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..domain.description import RELATED, describe
from ..interop import citations
from ..models import Resource
from .access import refusal


class Format(NamedTuple):
    name: str
    media_type: str
    write: Callable[[Mapping[str, Any], int, str], bytes]


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", citations.bibtex),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", citations.ris),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", citations.csl_json),
}


@require_safe
def resource_citation(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    resource = get_object_or_404(Resource.objects.prefetch_related(*RELATED), pk=pk)
    if refused := refusal(request, resource):
        return refused
    chosen = FORMATS[ending]
    address = request.build_absolute_uri(resource.get_absolute_url())
    response = HttpResponse(
        chosen.write(describe(resource), resource.pk, address), content_type=chosen.media_type
    )
    response["Content-Disposition"] = f'attachment; filename="hoc-lieu-{pk}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def citation_addresses(resource: Resource) -> list[tuple[str, str]]:
    """(name of the format, address) for one resource."""
    return [
        (each.name, reverse("library:citation", args=[resource.pk, ending]))
        for ending, each in FORMATS.items()
    ]
