"""Values of a description (see `description`) as words for a librarian."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ..enums import ContributorRole, IdentifierScheme, Language
from ..licences import explain
from ..models import Resource, Subject

SEPARATOR = "; "
# Columns of a sheet that are no field of a resource, or go by another name there.
COLUMNS = {
    "key": gettext_lazy("Number in the collection"),
    "volume": gettext_lazy("Volume"),
    "translator": ContributorRole.TRANSLATOR.label,
    "editor": ContributorRole.EDITOR.label,
    **{scheme.value: scheme.label for scheme in IdentifierScheme},
}
OF_COLUMNS = {"subject": "subjects", "url": "links", "abstract_vi": "abstract"}


def label_of(name: str) -> str:
    """ "year" -> "Year", as the form of a resource calls it."""
    lists = {
        "creators": _("Creators"),
        "subjects": pgettext("library", "Subjects"),
        "tags": _("Tags"),
        "identifiers": _("Identifiers"),
        "links": _("Links"),
    }
    return lists.get(name) or capfirst(str(Resource._meta.get_field(name).verbose_name))


def label_of_column(name: str) -> str:
    """Of a column of a sheet (`domain.headings`) in the words of the form; "" for none."""
    if name in COLUMNS:
        return str(COLUMNS[name])
    return label_of(OF_COLUMNS.get(name, name)) if name else ""


def words_for(name: str, value: Any, subjects: Mapping[str, str] | None = None) -> str:
    """The value of `name` in words, "" for none. `subjects`: {slug: name} of those already known."""
    if value in (None, "", []):
        return ""
    if name == "creators":
        return SEPARATOR.join(_person(*each) for each in value)
    if name == "subjects":
        known = subjects or dict(Subject.objects.filter(slug__in=value).values_list("slug", "name"))
        return SEPARATOR.join(known.get(slug, slug) for slug in value)
    if name == "identifiers":
        return SEPARATOR.join(f"{IdentifierScheme(scheme).label} {text}" for scheme, text in value)
    if name == "other_languages":
        return SEPARATOR.join(str(Language(code).label) for code in value)
    if name == "licence":
        return str(explain(value).name)
    if isinstance(value, list):
        return SEPARATOR.join(value)
    choices = dict(Resource._meta.get_field(name).flatchoices)
    return str(choices.get(value, value))


def _person(name: str, role: str) -> str:
    if role == ContributorRole.AUTHOR:
        return name
    return f"{name} ({str(ContributorRole(role).label).lower()})"
