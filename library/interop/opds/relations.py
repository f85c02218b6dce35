"""What a link of a catalogue leads to, in the words of the specifications (OPDS 1.2, 2.5, 5.2 and 6)."""

from enum import StrEnum

ACQUISITION = "http://opds-spec.org/acquisition"
OPEN_ACCESS = f"{ACQUISITION}/open-access"
CRAWLABLE = "http://opds-spec.org/crawlable"


class Relation(StrEnum):
    """How one feed leads to another (OPDS 1.2, 6)."""

    SUBSECTION = "subsection"
    NEW = "http://opds-spec.org/sort/new"
    POPULAR = "http://opds-spec.org/sort/popular"
    FEATURED = "http://opds-spec.org/featured"
