"""Media types of catalogues and of their publications, exactly as the specifications write them (OPDS 1.2, 7.1; 2.0, 1.1)."""

from .catalogue import FeedKind

ATOM = "application/atom+xml;profile=opds-catalog"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
SEARCH = "application/opensearchdescription+xml"
OPDS2 = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
HTML = "text/html"


def atom_of(kind: FeedKind) -> str:
    return f"{ATOM};kind={kind}"
