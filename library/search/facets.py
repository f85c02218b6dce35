"""What a list of resources can be narrowed by, and what the address of such a list asks for. Pure: no database."""

from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.search.listing import ListState

# The facet of the kind is called `form`, since for the whole site `kind` tells resources from news and pages.
RESOURCE_FACETS = {
    "subject": pgettext_lazy("library", "Subject"),
    "form": _("Kind"),
    "level": pgettext_lazy("library", "Level"),
    "audience": _("Made for"),
    "language": _("Language"),
    "licence": _("Licence"),
    "year": _("Year"),
    "place": _("Commune"),
    "source": _("Collection"),
}


def read_search(text: str) -> ListState:
    """What the address of a result list asks for, or its query string alone, page and order aside; plain when it asks
    for nothing."""
    query = urlsplit(text.strip()).query if "?" in text else text.strip()
    params = QueryDict(query, mutable=True)
    params.pop("page", None)
    return ListState.read(params, list(RESOURCE_FACETS), [])
