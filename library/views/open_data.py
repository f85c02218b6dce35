"""`/du-lieu-mo/`: what is open, in which files, under which licence; the same for catalogues of other bodies (DCAT)."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from portal.cms import jsonld
from portal.cms.models import SiteDetails

from ..domain.open_data.catalogue import ABOUT, TITLE, Publisher, catalogue, services
from ..domain.open_data.files import DATASETS, MEDIA_TYPES
from ..interop import dcat
from ..licences import explain
from ..models import OpenDataFile
from .ranges import send_file
from .trail import trail

AN_HOUR = 60 * 60  # s
CATALOGUES = {
    "jsonld": ("application/ld+json", dcat.json_ld),
    "rdf": ("application/rdf+xml", dcat.rdf_xml),
}


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    details, files = SiteDetails.of(request), list(OpenDataFile.objects.all())
    breadcrumbs = trail((TITLE, ""))
    context = {
        "page_title": TITLE,
        "page_description": ABOUT,
        "breadcrumbs": breadcrumbs,
        "json_ld": jsonld.script(jsonld.breadcrumb_list(breadcrumbs, request)),
        "datasets": [
            {"about": each, "files": [file for file in files if file.dataset == each.slug]}
            for each in DATASETS.values()
        ],
        "details": details,
        "licence": explain(details.data_licence) if details.data_licence else None,
        "services": [(each, request.build_absolute_uri(each.path)) for each in services()],
    }
    return render(request, "library/open_data.html", context)


@require_safe
def open_data_catalogue(request: HttpRequest, ending: str) -> HttpResponse:
    """`/du-lieu-mo/catalog.jsonld` and `.rdf`."""
    details = SiteDetails.of(request)
    publisher = Publisher(
        details.managing_body or details.association_name, details.email, details.data_licence
    )
    files = list(OpenDataFile.objects.all())
    media_type, write = CATALOGUES[ending]
    content = write(catalogue(publisher, request.build_absolute_uri("/").rstrip("/"), files))
    response = HttpResponse(content, content_type=media_type)
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@require_safe
def open_data_file(request: HttpRequest, dataset: str, form: str) -> HttpResponseBase:
    """`/du-lieu-mo/hoc-lieu.csv`: whole, or going on where a download broke off."""
    row = get_object_or_404(OpenDataFile, dataset=dataset, form=form)
    path = Path(row.file.path)
    if not path.is_file():
        raise Http404
    response = send_file(
        request,
        path,
        media_type=f"{MEDIA_TYPES[form]}; charset=utf-8",
        etag=row.checksum,
        name=f"{dataset}.{form}",
        attachment=True,
    )
    response["Last-Modified"] = http_date(row.made_at.timestamp())
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response
