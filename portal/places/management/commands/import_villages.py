from portal.places.commune_import import CommuneImportCommand
from portal.places.domain import villages


class Command(CommuneImportCommand):
    help = "Take over the list of villages of one commune (CSV or XLSX with the columns Loại and Tên)."
    required = (villages.KIND, villages.NAME)

    def load_commune(self, rows, commune, day):
        return villages.import_villages(rows, commune, day)
