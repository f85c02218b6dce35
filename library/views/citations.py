"""`/r/<id>/trich-dan.bib`, `.ris`, `.json`: how to cite a resource, for reference managers."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.description import describe
from ..interop import citations
from ..models import Resource
from .taken_along import Format, addresses, as_file

Writing = Callable[[Mapping[str, Any], int, str], bytes]


def _cited(write: Writing) -> Callable[[Resource, str], bytes]:
    return lambda resource, address: write(describe(resource), resource.pk, address)


FORMATS = {
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", _cited(citations.bibtex)),
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", _cited(citations.ris)),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", _cited(citations.csl_json)),
}


@require_safe
def resource_citation(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    return as_file(request, pk, ending, FORMATS[ending])


def citation_addresses(resource: Resource) -> list[tuple[str, str]]:
    """(name of the format, address) for one resource."""
    return addresses("library:citation", resource, FORMATS)
