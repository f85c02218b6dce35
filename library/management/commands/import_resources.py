from django.utils.translation import gettext as _

from library.domain.importing import import_resources
from library.domain.resource_rows import REQUIRED
from library.models import SourceRecord
from portal.text import nfc
from portal.web.imports import ImportCommand, ImportRefused

LONGEST_SOURCE = SourceRecord._meta.get_field("source").max_length


class Command(ImportCommand):
    help = "Load learning resources from a CSV or XLSX sheet: all rows or none."
    required = REQUIRED

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--source", default="", help="name of the collection the identifiers belong to")

    def load(self, rows, *, source, **options):
        if len(nfc(source)) > LONGEST_SOURCE:
            reason = _("The name of a collection has at most %(longest)s characters.")
            raise ImportRefused.whole_file(reason % {"longest": LONGEST_SOURCE})
        return import_resources(rows, source=nfc(source))
