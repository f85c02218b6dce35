from library.domain.importing import import_resources
from library.domain.resource_rows import REQUIRED
from portal.web.imports import ImportCommand


class Command(ImportCommand):
    help = "Load learning resources from a CSV or XLSX sheet: all rows or none."
    required = REQUIRED

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--source", default="", help="name of the collection the identifiers belong to")

    def load(self, rows, *, source, **options):
        return import_resources(rows, source=source)
