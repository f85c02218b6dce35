from library.domain.document_import import REQUIRED, import_documents
from portal.web.imports import ImportCommand


class Command(ImportCommand):
    help = "Load the register of official documents from a CSV or XLSX sheet: all rows or none."
    required = REQUIRED

    def load(self, rows, **options):
        return import_documents(rows)
