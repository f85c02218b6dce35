"""What an SRU server says instead of an answer: the numbers of the standard list (info:srw/diagnostic/1/N)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PREFIX = "info:srw/diagnostic/1/"
SENTENCES = {
    1: _("Something went wrong on our side. Please try again."),
    2: _("The index of the library is just being made. Please try again in a moment."),
    4: _("This operation is not supported."),
    5: _("This version of SRU is not supported."),
    6: _("This value of the parameter is not supported."),
    7: _("A mandatory parameter is missing."),
    8: _("This parameter is not supported."),
    10: _("The query is not well-formed CQL."),
    11: _("This type of query is not supported: please write CQL."),
    12: _("The query is too long."),
    13: _("The parentheses of the query do not fit together, or are nested too deep."),
    14: _("A quotation mark of the query is not closed."),
    15: _("This context set is not supported."),
    16: _("This index is not supported."),
    19: _("This relation is not supported."),
    20: _("This relation modifier is not supported."),
    22: _("This relation cannot be used with this index."),
    23: _("A term of the query is too long."),
    26: _("A backslash stands before a letter that needs none."),
    27: _("A term of the query holds no word."),
    28: _("Masking characters are not supported; words are found whole, with or without accents."),
    31: _("Anchoring characters are not supported."),
    36: _("The term does not have the form that this index asks for."),
    38: _("The query has too many boolean operators."),
    39: _("Proximity is not supported."),
    46: _("Modifiers of boolean operators are not supported."),
    50: _("Result sets are not kept: please send the query again."),
    60: _("Too many records match. Please ask for less."),
    61: _("There is no record at this position."),
    66: _("There are no records in this schema."),
    71: _("This packing of records is not supported."),
    72: _("Paths into records are not supported."),
    82: _("Results cannot be sorted in this way."),
    84: _("There are too many sort keys."),
    88: _("Results cannot be sorted by this."),
    110: _("Style sheets are not supported."),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`details` is what the list asks for at this number: the name of a parameter, an index, the highest version ..."""

    number: int
    details: str = ""

    @property
    def uri(self) -> str:
        return f"{PREFIX}{self.number}"

    @property
    def message(self) -> str:
        return str(SENTENCES[self.number])


class SruProblem(Exception):
    """The request has no answer but this diagnostic."""

    def __init__(self, number: int, details: object = ""):
        self.diagnostic = Diagnostic(number, str(details))
        super().__init__(f"{number}: {details}")
