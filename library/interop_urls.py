"""The addresses by which other libraries and programs read ours; they have no language."""

from django.urls import include, path
from django.views.generic import RedirectView

from .domain.opds.addresses import OPDS_1, OPDS_2
from .views.interop import oai, opds, sru


def catalogue(prefix: str, version: str) -> list:
    """The feeds of the catalogue for reading apps."""
    feeds = (
        ("", opds.root, "root"),
        ("/chu-de", opds.subjects, "subjects"),
        ("/chu-de/<slug:slug>", opds.subject, "subject"),
        ("/the-loai", opds.kinds, "kinds"),
        ("/ngon-ngu", opds.languages, "languages"),
        ("/tu-sach", opds.shelves, "shelves"),
        ("/tu-sach/<int:pk>", opds.shelf, "shelf"),
        ("/lo-trinh", opds.paths, "paths"),
        ("/lo-trinh/<int:pk>", opds.path, "path"),
        ("/hoc-lieu", opds.resource_list, "list"),
        ("/hoc-lieu/<int:pk>", opds.publication, "publication"),
        ("/crawlable", opds.crawlable, "crawlable"),
    )
    typed = path(f"{prefix}/", RedirectView.as_view(url=f"/{prefix}", permanent=True))  # as people type it
    return [
        *(path(f"{prefix}{route}", view, {"version": version}, name) for route, view, name in feeds),
        typed,
    ]


opds_1 = [
    *catalogue("opds", OPDS_1),
    path("opds/tim-kiem.xml", opds.search_description, name="search"),
    path("opds/bia/<int:pk>/<int:rendition_pk>.jpg", opds.cover, name="cover"),
]
opds_2 = catalogue("opds/v2", OPDS_2)

urlpatterns = [
    path("", include((opds_1, OPDS_1))),
    path("", include((opds_2, OPDS_2))),
    path("oai", oai.oai, name="oai"),
    path("sru", sru.sru, name="sru"),
]
