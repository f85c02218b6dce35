"""The door that importers of one commune's lists share: which commune, and on which day."""

from collections.abc import Iterator
from datetime import date as Date

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.places.models import Place
from portal.web.imports import Counts, ImportCommand
from portal.web.imports.table import Row


class CommuneImportCommand(ImportCommand):
    """A subclass implements `load_commune`."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--commune", required=True, help=_("official code of the commune on that day"))
        parser.add_argument("--date", required=True, help=_("first day of the list, YYYY-MM-DD"))

    def load_commune(self, rows: Iterator[Row], commune: Place, day: Date) -> Counts:
        """Write the rows. Raise ImportRefused with every error found, and nothing is kept."""
        raise NotImplementedError

    def load(self, rows: Iterator[Row], *, commune: str, date: str, **options) -> Counts:
        day = _read_day(date)
        try:
            place = Place.objects.by_code(commune, day)
        except Place.DoesNotExist:
            message = _("No place has the code %(code)s on %(date)s.") % {"code": commune, "date": date}
            raise CommandError(message) from None
        if not place.at(day).is_commune:
            raise CommandError(_("%(place)s is not a commune.") % {"place": place.label_on(day)})
        return self.load_commune(rows, place, day)


def _read_day(value: str) -> Date:
    try:
        return Date.fromisoformat(value)
    except ValueError:
        raise CommandError(_("“%(value)s” is not a day: write YYYY-MM-DD.") % {"value": value}) from None
