"""The other doors: catalogues for reading apps (OPDS), the interface for programs, open data."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from ..dcat import NAMESPACES
from .visiting import Inspection, Visitor, need

ATOM = "{http://www.w3.org/2005/Atom}"
CATALOGUE = "application/atom+xml"
CATALOGUE_2 = "application/opds+json"
OPDS_1, OPDS_2 = "/opds", "/opds/v2"
DCAT_JSON, DCAT_XML = "/du-lieu-mo/catalog.jsonld", "/du-lieu-mo/catalog.rdf"
RDF = f"{{{NAMESPACES['rdf']}}}"
DCAT = f"{{{NAMESPACES['dcat']}}}"
RESOURCES, DESCRIPTION = "/api/v1/resources/", "/api/v1/openapi.json"


def of_opds(visitor: Visitor) -> Iterator[Inspection]:
    yield "OPDS 1.2", partial(_opds_1, visitor)
    yield "OPDS 2.0", partial(_opds_2, visitor)


def of_api(visitor: Visitor) -> Iterator[Inspection]:
    yield _("Learning resources"), partial(_resources, visitor)
    yield "OpenAPI", partial(_description, visitor)


def of_open_data(visitor: Visitor) -> Iterator[Inspection]:
    yield "DCAT (JSON-LD)", partial(_json_ld, visitor)
    yield "DCAT (RDF/XML)", partial(_rdf, visitor)


def _opds_1(visitor: Visitor) -> str:
    root, fetched = visitor.xml(OPDS_1, f"{ATOM}feed")
    need(fetched.media_type == CATALOGUE, _("The media type is %(type)s."), type=fetched.media_type)
    for name in ("id", "title", "updated"):
        need(root.findtext(f"{ATOM}{name}"), _("The answer lacks the element %(name)s."), name=name)
    relations = {each.get("rel") for each in root.iterfind(f"{ATOM}link")}
    for relation in ("self", "start", "search"):
        need(relation in relations, _("The link “%(relation)s” is missing."), relation=relation)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated"):
            need(entry.findtext(f"{ATOM}{name}"), _("An entry lacks the element %(name)s."), name=name)
    need(entries, _("The catalogue leads nowhere."))
    return _("%(number)s ways into the catalogue.") % {"number": len(entries)}


def _opds_2(visitor: Visitor) -> str:
    feed, fetched = visitor.json(OPDS_2, accept=CATALOGUE_2)
    need(fetched.media_type == CATALOGUE_2, _("The media type is %(type)s."), type=fetched.media_type)
    need(
        isinstance(feed, dict) and feed.get("metadata", {}).get("title"),
        _("The answer lacks the element %(name)s."),
        name="metadata.title",
    )
    relations = [each.get("rel") for each in feed.get("links", [])]
    need("self" in relations, _("The link “%(relation)s” is missing."), relation="self")
    ways = [each for name in ("navigation", "publications", "groups") for each in feed.get(name, [])]
    need(ways, _("The catalogue leads nowhere."))
    return _("%(number)s ways into the catalogue.") % {"number": len(ways)}


def _resources(visitor: Visitor) -> str:
    """The first page, and the first of its resources by itself."""
    page, _fetched = visitor.json(RESOURCES)
    need(
        isinstance(page, dict) and isinstance(page.get("results"), list),
        _("The answer lacks the element %(name)s."),
        name="results",
    )
    if not page["results"]:
        return _("There are no records yet.")
    first = page["results"][0]
    need("id" in first and first.get("title"), _("The answer lacks the element %(name)s."), name="title")
    alone, _again = visitor.json(f"{RESOURCES}{first['id']}/")
    need(alone.get("title") == first["title"], _("The list and the resource do not say the same."))
    return _("%(number)s resources on the first page.") % {"number": len(page["results"])}


def _description(visitor: Visitor) -> str:
    description, _fetched = visitor.json(DESCRIPTION)
    need(
        isinstance(description, dict) and description.get("openapi") and description.get("paths"),
        _("The answer lacks the element %(name)s."),
        name="paths",
    )
    return _("%(number)s addresses are described.") % {"number": len(description["paths"])}


def _json_ld(visitor: Visitor) -> str:
    """A catalogue of data sets that have a title and say where they are."""
    catalogue, _fetched = visitor.json(DCAT_JSON, accept="application/ld+json")
    need(
        isinstance(catalogue, dict) and catalogue.get("@type") == "dcat:Catalog",
        _("The answer lacks the element %(name)s."),
        name="dcat:Catalog",
    )
    sets = catalogue.get("dcat:dataset", [])
    need(sets, _("The answer lacks the element %(name)s."), name="dcat:dataset")
    for each in sets:
        need(each.get("dct:title"), _("An entry lacks the element %(name)s."), name="dct:title")
    files = [one for each in sets for one in each.get("dcat:distribution", [])]
    return _("%(sets)s data sets in %(files)s files.") % {"sets": len(sets), "files": len(files)}


def _rdf(visitor: Visitor) -> str:
    root, _fetched = visitor.xml(DCAT_XML, f"{RDF}RDF")
    need(
        root.find(f"{DCAT}Catalog") is not None,
        _("The answer lacks the element %(name)s."),
        name="dcat:Catalog",
    )
    return _("The same as RDF/XML.")
