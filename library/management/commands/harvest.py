import signal
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from library.domain.harvesting import running
from library.enums import HarvestState
from library.models import Harvest, Source
from portal.search.beside import draining
from portal.text import nfc
from portal.web.long_work import rarely_collecting

BETWEEN = 2.0  # s between two lines that tell how far it is


class Command(BaseCommand):
    help = (
        "Read a collection to its end, going on where it was left. The last line tells what came of it; the exit "
        "status is 0 when the end was reached."
    )

    requires_system_checks = []  # a schedule runs it; they are for whoever sets up the site, and take a second

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--full", action="store_true", help="everything, not only what has changed since the last time"
        )

    def handle(self, *, name, full, **options):
        self.told = 0.0
        signal.signal(signal.SIGTERM, _interrupt)
        harvest = _begun(name, full)
        try:
            with rarely_collecting(), draining():
                running.run(harvest, progress=self.tell)
        except running.AtWork as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write(_counts(harvest))
            raise CommandError(
                _('Stopped. To go on: manage.py harvest "%(name)s"') % {"name": harvest.source}, returncode=1
            ) from None
        except Exception as error:  # a defect, written down in the harvest; --traceback tells where
            self.stdout.write(_counts(harvest))
            raise CommandError(harvest.problem or str(error)) from error
        for note in harvest.notes:
            self.stderr.write(note)
        self.stdout.write(_counts(harvest))
        if harvest.state != HarvestState.DONE:
            raise CommandError(harvest.problem or _("It was stopped by somebody else."))

    def tell(self, harvest: Harvest) -> None:
        now = time.monotonic()
        if now - self.told < BETWEEN:
            return
        self.told = now
        of = f"{harvest.offered}/{harvest.total}" if harvest.total else str(harvest.offered)
        self.stdout.write(_("%(number)s records, %(rate).0f a second") % {"number": of, "rate": harvest.rate})
        self.stdout.flush()


def _begun(name: str, full: bool) -> Harvest:
    """What waits already (the worker has not come to it) or was left behind goes on here."""
    source = Source.objects.filter(name=nfc(name).strip()).first()
    if source is None:
        known = ", ".join(f"“{each}”" for each in Source.objects.values_list("name", flat=True)) or "-"
        raise CommandError(
            _("There is no collection “%(name)s”. There are: %(known)s") % {"name": name, "known": known}
        )
    if at_work := source.harvests.at_work().first():
        if at_work.full or not full:
            return at_work
        running.cancel(at_work)
    try:
        return running.ask(source, full=full)
    except running.AtWork as error:
        raise CommandError(str(error)) from error


def _interrupt(*_args) -> None:
    raise KeyboardInterrupt


def _counts(harvest: Harvest) -> str:
    """For programs: never translated."""
    names = ("offered", "read", "failed", "created", "updated", "unchanged", "deleted")
    return ", ".join(f"{name} {getattr(harvest, name)}" for name in names)
