from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from recognition.domain.criteria_import import import_sets
from recognition.domain.criteria_reading import UnreadableCriteria


class Command(BaseCommand):
    help = "Import criteria sets from JSON files: all of them or none."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Check and count, write nothing.")

    def handle(self, files, dry_run, **options):
        try:
            with transaction.atomic():
                counts = import_sets({path.name: _text(path) for path in files})
                transaction.set_rollback(dry_run)
        except UnreadableCriteria as fault:
            raise CommandError("\n".join([*fault.errors, _("Nothing was written.")])) from fault
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        self.stdout.write(str(counts))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise CommandError(_("The file “%(path)s” cannot be read.") % {"path": path}) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("The file “%(path)s” is not UTF-8 text.") % {"path": path}) from error
