"""The description of one resource as a file to take along, in the formats of other programs."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..domain.description import RELATED
from ..models import Resource
from .access import refusal


class Format(NamedTuple):
    """`write`: of a resource and the whole address of its page."""

    name: str
    media_type: str
    write: Callable[[Resource, str], bytes]


def as_file(request: HttpRequest, pk: int, ending: str, chosen: Format) -> HttpResponse:
    """For who may see the resource."""
    resource = get_object_or_404(Resource.objects.prefetch_related(*RELATED), pk=pk)
    if refused := refusal(request, resource):
        return refused
    content = chosen.write(resource, request.build_absolute_uri(resource.get_absolute_url()))
    response = HttpResponse(content, content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="hoc-lieu-{pk}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def addresses(view_name: str, resource: Resource, formats: Mapping[str, Format]) -> list[tuple[str, str]]:
    """(name of the format, address of the file) for one resource."""
    return [(each.name, reverse(view_name, args=[resource.pk, ending])) for ending, each in formats.items()]
