from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.domain.import_batches import load_at_once
from library.domain.importing import read_material
from library.models import SourceRecord
from portal.text import nfc
from portal.web.imports import Counts, ImportCommand, ImportRefused
from portal.web.imports.table import read_bytes

LONGEST_SOURCE = SourceRecord._meta.get_field("source").max_length


class Command(ImportCommand):
    help = (
        "Load learning resources from XLSX, CSV, MARC21 or MARCXML, told by the content: a sheet all rows or none, "
        "MARC the good records."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--source", default="", help="name of the collection the identifiers belong to")

    def load_file(self, file, *, source, **options) -> Counts:
        if len(nfc(source)) > LONGEST_SOURCE:
            reason = _("The name of a collection has at most %(longest)s characters.")
            raise ImportRefused.whole_file(reason % {"longest": LONGEST_SOURCE})
        material = read_material(read_bytes(file))
        counts, self.batch = load_at_once(material, name=Path(file).name, source=nfc(source))
        for error in material.errors:
            self.stderr.write(str(error))
        return counts

    def handle(self, *args, dry_run, **options):
        self.batch, self.dry_run = None, dry_run
        super().handle(*args, dry_run=dry_run, **options)

    def report(self, counts: Counts) -> None:
        if self.batch and not self.dry_run:
            self.stdout.write(
                _("To take it back: manage.py undo_import %(number)s") % {"number": self.batch.pk}
            )
        super().report(counts)
        if counts.failed:
            message = ngettext(
                "%(count)s record was left out.", "%(count)s records were left out.", counts.failed
            )
            raise CommandError(message % {"count": counts.failed})
