"""MARC21 and MARCXML to take along: one resource for everybody, a list for the librarian."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.admin.widgets.button import Button

from ..domain.marc_export import BATCH, as_marc21, as_marcxml, marc_records
from ..models import Resource
from .taken_along import Format, addresses, as_file

WRITERS = {"mrc": as_marc21, "xml": as_marcxml}


def _alone(ending: str) -> Callable[[Resource, str], bytes]:
    return lambda resource, address: b"".join(WRITERS[ending](marc_records([resource], lambda _one: address)))


FORMATS = {  # ending of the file -> RFC 2220 and the registration of application/marcxml+xml
    "mrc": Format("MARC21", "application/marc", _alone("mrc")),
    "xml": Format("MARCXML", "application/marcxml+xml", _alone("xml")),
}


@require_safe
def resource_marc(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """`/r/<id>/marc.mrc` and `/r/<id>/marc.xml`."""
    return as_file(request, pk, ending, FORMATS[ending])


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
        records = marc_records(
            queryset.iterator(chunk_size=BATCH),
            lambda resource: self.request.build_absolute_uri(resource.get_absolute_url()),
        )
        response = StreamingHttpResponse(WRITERS[ending](records), content_type=FORMATS[ending].media_type)
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
    return addresses("library:marc", resource, FORMATS)
