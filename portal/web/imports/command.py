"""The door that every importer shares: one file, one transaction, one line of counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .errors import ImportRefused
from .table import Row, read_table


@dataclass
class Counts:
    """What an import did, in rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0

    def __str__(self) -> str:
        """Read by scripts, hence never translated."""
        return ", ".join(f"{name} {number}" for name, number in vars(self).items())


class ImportCommand(BaseCommand):
    """A subclass names its `required` headings and implements `load`, or reads the file itself in `load_file`."""

    required: Sequence[str] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("a CSV or XLSX file"))
        parser.add_argument("--dry-run", action="store_true", help=_("check everything, write nothing"))

    def load(self, rows: Iterator[Row], **options) -> Counts:
        """Write the rows. Raise ImportRefused with every error found, and nothing is kept."""
        raise NotImplementedError

    def load_file(self, file: str, **options) -> Counts:
        """As `load`, from the file."""
        return self.load(read_table(file, required=self.required), **options)

    def report(self, counts: Counts) -> None:
        self.stdout.write(str(counts))

    def handle(self, *args, file: str, dry_run: bool, **options) -> None:
        try:
            with transaction.atomic():
                counts = self.load_file(file, **options)
                transaction.set_rollback(dry_run)
        except ImportRefused as refused:
            self._report_refusal(refused)
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        self.report(counts)

    def _report_refusal(self, refused: ImportRefused) -> None:
        self.stderr.write(str(refused))
        self.stdout.write(str(Counts(failed=len({error.row for error in refused.errors}))))
        count = len(refused.errors)
        message = ngettext(
            "%(count)s error: nothing was written.", "%(count)s errors: nothing was written.", count
        )
        raise CommandError(message % {"count": count}) from refused
