import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.places.domain import villages
from portal.places.models import Place
from portal.web.imports import ImportCommand


class Command(ImportCommand):
    help = "Take over the list of villages of one commune (CSV or XLSX with the columns Loại and Tên)."
    required = (villages.KIND, villages.NAME)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--commune", required=True, help=_("official code of the commune on that day"))
        parser.add_argument("--date", required=True, help=_("first day of the list, YYYY-MM-DD"))

    def load(self, rows, *, commune, date, **options):
        day = _read_day(date)
        try:
            place = Place.objects.by_code(commune, day)
        except Place.DoesNotExist:
            message = _("No place has the code %(code)s on %(date)s.") % {"code": commune, "date": date}
            raise CommandError(message) from None
        if not place.at(day).is_commune:
            raise CommandError(_("%(place)s is not a commune.") % {"place": place.label_on(day)})
        return villages.import_villages(rows, place, day)


def _read_day(value):
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise CommandError(_("“%(value)s” is not a day: write YYYY-MM-DD.") % {"value": value}) from None
