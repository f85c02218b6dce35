"""What the library gives to the site's search: resources and official documents as entries."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.db.models import QuerySet, TextChoices
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.places.models import Place
from portal.search.entry import Entry, make_key
from portal.search.suggesting import has_all_words
from portal.search.typed import read
from portal.text import slug, word_pattern

from .. import prepared
from ..enums import Audience, DocumentKind, DocumentStatus, Kind, Language, Level
from ..licences import explain
from ..models import OfficialDocument, Resource, Subject
from ..models.documents import split_bodies
from .entries import entries
from .facets import RESOURCE_FACETS

BATCH = 1000  # rows read at a time when the index is rebuilt
LONGEST_NUMBER = 19  # digits that no key of the database has; an address may be torn


def id_in(path: str, view_name: str) -> str | None:
    """The primary key in an address of the view `view_name`; None for an address of anything else."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return str(match.kwargs["pk"]) if match.view_name == view_name else None


def _stream_ids(queryset) -> Iterator[str]:
    return (str(pk) for pk in queryset.order_by("pk").values_list("pk", flat=True).iterator(BATCH))


def _subject_names(slugs: Sequence[str]) -> QuerySet:
    return Subject.objects.filter(slug__in=slugs).order_by().values_list("slug", "name")


def _place_labels(pks: Sequence[int]) -> QuerySet:
    return Place.objects.filter(pk__in=pks).order_by().values_list("pk", "label")


@lru_cache(maxsize=64)
def _labels(choices: type[TextChoices], language: str) -> dict[str, str]:
    """Translated once, not at every search; `language` is the active one."""
    return {value: str(label) for value, label in choices.choices}


class ResourceSource:
    """Learning resources. The facet `language` holds ISO 639-3 codes."""

    prefix = Resource.search_prefix
    kinds = {"resource": _("Learning resource")}
    day_labels = {"resource": _("Added to the library on %(day)s")}
    facets = RESOURCE_FACETS
    filters = ("way",)  # "file", "link": how it can be had; no value for what is only described

    def entries(self, ids: Sequence[str]) -> Iterable[Entry]:
        return entries(Resource.objects.current().filter(pk__among=[int(each) for each in ids]))

    def ids(self) -> Iterator[str]:
        return _stream_ids(Resource.objects.current())

    def facet_labels(self, name: str, values: Sequence[str]) -> dict[str, str]:
        if name == "subject":
            return dict(prepared.rows(_subject_names, values))
        if name == "place":
            pks = [int(each) for each in values if each.isdecimal() and len(each) < LONGEST_NUMBER]
            return {str(pk): label for pk, label in prepared.rows(_place_labels, pks)} if pks else {}
        if name == "licence":
            return {value: explain(value).name for value in values}
        choices = {"form": Kind, "level": Level, "audience": Audience, "language": Language}.get(name)
        return _labels(choices, get_language()) if choices else {}

    def subjects(self) -> Iterator[tuple[str, str]]:
        for slug_of_subject, name in Subject.objects.order_by("path").values_list("slug", "name"):
            yield name, f"{reverse('library:list')}?subject={slug_of_subject}"

    def id_at(self, path: str) -> str | None:
        return id_in(path, "library:resource")

    def title_lookup(self, text: str, limit: int) -> Iterable[Entry]:
        """By the sort key, which has the letters of the title without their tones."""
        typed = read(text)
        found = Resource.objects.public().order_by("-pk")
        for word in typed.words:
            pattern = word_pattern(word.base, open_end=word == typed.open_word)
            found = found.filter(sort_title__regex=pattern)
        ids = list(found.values_list("pk", flat=True)[:limit]) if typed.words else []
        return entries(Resource.objects.filter(pk__in=ids))


class DocumentSource:
    """The register of official documents; the number is part of the title, so that a fragment of it finds."""

    prefix = OfficialDocument.search_prefix
    kinds = {"document": _("Official document")}
    day_labels = {"document": _("Issued on %(day)s")}
    facets = {
        "form": _("Kind"),
        "issuer": _("Issued by"),
        "field": _("Field of work"),
        "status": _("Status"),
        "year": _("Year"),
    }

    def entries(self, ids: Sequence[str]) -> Iterable[Entry]:
        return map(document_entry, OfficialDocument.objects.filter(pk__in=[int(each) for each in ids]))

    def ids(self) -> Iterator[str]:
        return _stream_ids(OfficialDocument.objects)

    def facet_labels(self, name: str, values: Sequence[str]) -> dict[str, str]:
        if name in ("issuer", "field"):
            texts = OfficialDocument.objects.order_by().values_list(name, flat=True).distinct()
            return {slug(each): each for text in texts for each in split_bodies(text)}
        choices = {"form": DocumentKind, "status": DocumentStatus}.get(name)
        return _labels(choices, get_language()) if choices else {}

    def id_at(self, path: str) -> str | None:
        return id_in(path, "library:document")

    def title_lookup(self, text: str, limit: int) -> Iterable[Entry]:
        """Reads the whole register: it is short, and its numbers have no column without accents."""
        typed = read(text)
        documents = OfficialDocument.objects.iterator(BATCH) if typed.words else ()
        found = (document for document in documents if has_all_words(str(document), typed))
        return map(document_entry, islice(found, limit))


def document_entry(document: OfficialDocument) -> Entry:
    """Issuers and fields go in as slugs: they stand in addresses of filtered lists."""
    year = document.issue_date.year if document.issue_date else None
    return Entry(
        key=make_key("document", document.pk),
        kind="document",
        title=str(document),
        url=document.get_absolute_url(),
        summary=", ".join(document.issuers),
        body=document.replaced_by,
        subjects=(*document.issuers, document.field, document.get_kind_display()),
        facets={
            "form": (document.kind,),
            "issuer": tuple(slug(each) for each in document.issuers),
            "field": (slug(document.field),),
            "status": (document.status,),
            "year": (str(year),) if year else (),
        },
        date=document.issue_date,
    )
