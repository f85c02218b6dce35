from portal.places.commune_import import CommuneImportCommand
from recognition.domain.books.importing import import_subjects
from recognition.domain.books.sheet import REQUIRED


class Command(CommuneImportCommand):
    help = (
        "Import families, clans, communities, units and citizens from an XLSX or CSV file: all rows or none."
    )
    required = REQUIRED

    def load_commune(self, rows, commune, day):
        return import_subjects(rows, commune, day)
