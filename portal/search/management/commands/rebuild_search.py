"""Making the search index anew, while the old one goes on answering."""

import time

from django.core.management.base import BaseCommand, CommandError

from portal.search import sources
from portal.search.engine import Engine, EngineUnavailable
from portal.search.engines import ENGINES, kept, named
from portal.search.lock import writer_lock
from portal.search.rebuild import rebuild
from portal.search.rows import drain_rows

BAR = 24  # characters


class Command(BaseCommand):
    help = (
        "Make the search index anew from the database; the old one answers until the new one is complete. "
        "When it was stopped, run it again: it goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--engine", choices=ENGINES, help="only the index of this one; else of all in use"
        )

    def handle(self, *, engine: str | None, verbosity: int, **options):
        try:
            for each in [named(engine)] if engine else kept():
                self._rebuild(each, quiet=not verbosity)
        except EngineUnavailable as error:
            raise CommandError(f"The index cannot be made now: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("\nStopped. Run the command again: it goes on where it was.") from None

    def _rebuild(self, engine: Engine, quiet: bool) -> None:
        total = sum(sum(1 for _id in source.ids()) for source in sources.registered())
        with writer_lock(engine, wait=True):
            progress = None if quiet else self._progress(total)
            done = rebuild(engine, progress)
            drain_rows(engine)
        if not quiet:
            self.stdout.write(f"\n{engine.name}")
            self.stdout.write(f"rebuilt: {done} looked at, {engine.count()} can be found")

    def _progress(self, total: int):
        started = time.monotonic()

        def show(done: int) -> None:
            rate = done / (time.monotonic() - started)
            filled = BAR * min(done, total) // max(total, 1)
            left = max(total - done, 0) / rate
            bar = "#" * filled + "." * (BAR - filled)
            self.stdout.write(
                f"\r[{bar}] {done}/{total} entries, {rate:.0f} a second, {left:.0f} s left ", ending=""
            )
            self.stdout.flush()

        return show
