"""What is wrong with a table, in words for the person who sent it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class RowError:
    """One thing wrong with one row.

    row: the number that the spreadsheet program shows (the heading row is 1); 0 means the file as a whole.
    column: the heading of the column, or "" when the whole row is wrong.
    reason: a sentence in the reader's language.
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        if self.row and self.column:
            return _("Row %(row)s, column “%(column)s”: %(reason)s") % vars(self)
        if self.row:
            return _("Row %(row)s: %(reason)s") % vars(self)
        return str(self.reason)


class ImportRefused(Exception):
    """Nothing of the table was taken over; `errors` says why, `str()` one line for each."""

    def __init__(self, errors: Iterable[RowError]):
        self.errors = list(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))

    @classmethod
    def whole_file(cls, reason: str) -> "ImportRefused":
        return cls([RowError(0, "", reason)])
