"""The indexes of our catalogue in the words of CQL, and what may be asked of each. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONTEXT_SETS = {
    "cql": "info:srw/cql-context-set/1/cql-v1.2",
    "dc": "info:srw/cql-context-set/1/dc-v1.1",
    "bath": "http://zing.z3950.org/cql/bath/2.0/",
    "rec": "info:srw/cql-context-set/2/rec-1.1",
}
SAME_SETS = {  # other addresses of the same sets
    "info:srw/cql-context-set/1/cql-v1.1": "cql",
    "info:srw/cql-context-set/1/bath-v1.1": "bath",
    "info:srw/cql-context-set/2/bath-1.1": "bath",
    "info:srw/cql-context-set/2/rec-1.0": "rec",
}


class Relation(StrEnum):
    """`CHOICE` ("scr") leaves it to us: all words for a text, the same value for anything else."""

    CHOICE = "scr"
    EQUALS = "="
    ADJACENT = "adj"
    ALL = "all"
    ANY = "any"
    EXACT = "=="
    BEFORE = "<"
    AFTER = ">"
    NOT_AFTER = "<="
    NOT_BEFORE = ">="


SAME_RELATIONS = {"exact": Relation.EXACT}
OF_WORDS = (Relation.EQUALS, Relation.ADJACENT, Relation.ALL, Relation.ANY, Relation.EXACT)
OF_CODES = (Relation.EQUALS, Relation.ALL, Relation.ANY, Relation.EXACT)
OF_YEARS = (
    *OF_CODES,
    Relation.BEFORE,
    Relation.AFTER,
    Relation.NOT_AFTER,
    Relation.NOT_BEFORE,
)


@dataclass(frozen=True, slots=True)
class Index:
    context: str
    name: str
    title: str | Promise
    relations: tuple[Relation, ...]
    sortable: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.context}.{self.name}"


INDEXES = (
    Index("cql", "serverChoice", _("Anywhere in the description"), OF_WORDS),
    Index("cql", "allRecords", _("All records"), OF_CODES),
    Index("dc", "title", pgettext_lazy("library", "Title"), OF_WORDS, sortable=True),
    Index("dc", "creator", pgettext_lazy("library", "Creator"), OF_WORDS),
    Index("dc", "subject", pgettext_lazy("library", "Subject"), OF_WORDS),
    Index("dc", "language", _("Language (ISO 639-3)"), OF_CODES),
    Index("dc", "date", _("Year of publication"), OF_YEARS, sortable=True),
    Index("bath", "isbn", "ISBN", OF_CODES),
    Index("rec", "id", _("Number in this library"), OF_CODES),
)
BY_NAME = {index.full_name.lower(): index for index in INDEXES}
BY_SHORT_NAME = {index.name.lower(): index for index in INDEXES}
SAME_INDEXES = {"cql.anywhere": "cql.serverchoice", "cql.keywords": "cql.serverchoice"}
SERVER_CHOICE = BY_NAME["cql.serverchoice"]
ALL_RECORDS = BY_NAME["cql.allrecords"]
