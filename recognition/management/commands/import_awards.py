from portal.web.imports import Counts, ImportCommand
from recognition.domain.award_import import REQUIRED, import_awards


class Command(ImportCommand):
    help = "Import the list of awards from an XLSX or CSV file: all rows or none."
    required = REQUIRED

    def load(self, rows, **options) -> Counts:
        return import_awards(rows)
