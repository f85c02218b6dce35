"""Where the feeds of a catalogue are, and what it takes from the library for them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from portal.web.site_address import site_address

OPDS_1, OPDS_2 = "opds", "opds2"  # the namespaces of library.interop_urls


@dataclass(frozen=True, slots=True)
class Addresses:
    """`version`: `OPDS_1` or `OPDS_2`; `absolute` makes a whole address of a path of this site."""

    version: str
    absolute: Callable[[str], str]

    @property
    def other(self) -> "Addresses":
        return Addresses(OPDS_2 if self.version == OPDS_1 else OPDS_1, self.absolute)

    def feed(self, name: str, *arguments, query: str = "") -> str:
        """`query`: a query string without its "?"."""
        address = self.absolute(_path(f"{self.version}:{name}", *arguments))
        return f"{address}?{query}" if query else address

    def library(self, name: str, *arguments) -> str:
        return self.absolute(reverse(f"library:{name}", args=arguments))

    @property
    def search(self) -> str:
        """OPDS 1.2 leads to a description of the search, OPDS 2.0 to its template."""
        if self.version == OPDS_1:
            return self.feed("search")
        return f"{self.feed('list')}{{?query}}"


def permanent(view_name: str, *arguments) -> str:
    """An identifier for ever: the address below the main name of this site, by whichever name it was asked."""
    return f"{site_address()}{_path(view_name, *arguments)}"


def _path(view_name: str, *arguments) -> str:
    return reverse(view_name, args=arguments) if arguments else _path_of_a_list(view_name)


@cache
def _path_of_a_list(view_name: str) -> str:
    """Each publication names six of them, and none has a language."""
    return reverse(view_name)


def outside(url: str) -> str:
    """The address of another site as it may stand in XML and JSON: RFC 3986, what is no ASCII encoded."""
    return quote(iri_to_uri(url), safe="/#%:=&?~+!$,;'@()*[]-._")
