"""MARC21 and MARCXML to take along: one resource for everybody, a list for the librarian."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.admin.widgets.button import Button

from ..domain.description import RELATED
from ..domain.marc_export import BATCH, as_marc21, as_marcxml, marc_records
from ..models import Resource
from .access import refusal


class Format(NamedTuple):
    name: str
    media_type: str
    write: Callable[[Iterable], Iterator[bytes]]


FORMATS = {  # ending of the file -> RFC 2220 and the registration of application/marcxml+xml
    "mrc": Format("MARC21", "application/marc", as_marc21),
    "xml": Format("MARCXML", "application/marcxml+xml", as_marcxml),
}


@require_safe
def resource_marc(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """`/r/<id>/marc.mrc` and `/r/<id>/marc.xml`."""
    resource = get_object_or_404(Resource.objects.prefetch_related(*RELATED), pk=pk)
    if refused := refusal(request, resource):
        return refused
    chosen = FORMATS[ending]
    content = b"".join(chosen.write(marc_records([resource], _address_of(request))))
    response = HttpResponse(content, content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="hoc-lieu-{pk}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response


class MarcOut:
    """For an index view of resources: also as MARC, whatever the list is narrowed down to."""

    MARC = {f"marc-{ending}": ending for ending in FORMATS}

    def setup(self, request, *args, **kwargs):
        self.FORMATS = (*type(self).FORMATS, *self.MARC)
        super().setup(request, *args, **kwargs)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if spreadsheet_format not in self.MARC:
            return super().as_spreadsheet(queryset, spreadsheet_format)
        ending = self.MARC[spreadsheet_format]
        chosen = FORMATS[ending]
        records = marc_records(queryset.iterator(chunk_size=BATCH), _address_of(self.request))
        response = StreamingHttpResponse(chosen.write(records), content_type=chosen.media_type)
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.{ending}"'
        return response

    @cached_property
    def header_more_buttons(self):
        more = [
            Button(
                _("Download %(format)s") % {"format": FORMATS[ending].name},
                url=self.get_export_url(name),
                icon_name="download",
                priority=110,
            )
            for name, ending in self.MARC.items()
        ]
        return [*super().header_more_buttons, *more]


def marc_addresses(resource: Resource) -> list[tuple[str, str]]:
    """(name of the format, address) for one resource."""
    return [
        (each.name, reverse("library:marc", args=[resource.pk, ending])) for ending, each in FORMATS.items()
    ]


def _address_of(request: HttpRequest) -> Callable[[Resource], str]:
    return lambda resource: request.build_absolute_uri(resource.get_absolute_url())
