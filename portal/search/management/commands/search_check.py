"""Whether the index holds what the database says it should."""

from django.core.management.base import BaseCommand, CommandError

from portal.search.engine import Engine, EngineUnavailable
from portal.search.engines import ENGINES, kept, named
from portal.search.lock import writer_lock
from portal.search.rebuild import Difference, compare, rebuild, repair
from portal.search.rows import drain_rows, is_sound

SHOWN = 20  # keys of one sort


class Command(BaseCommand):
    help = "Compare the search index with the database; exit status 1 when they differ."

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="set right what differs, then compare again"
        )
        parser.add_argument(
            "--engine", choices=ENGINES, help="only the index of this one; else of all in use"
        )

    def handle(self, *, repair: bool, engine: str | None, **options):
        try:
            for each in [named(engine)] if engine else kept():
                self._check(each, repair)
        except EngineUnavailable as error:
            raise CommandError(f"The index cannot be read now: {error}") from error

    def _check(self, engine: Engine, repair: bool) -> None:
        difference = self._compare(engine)
        if repair and (difference is None or difference):
            self._repair(engine, difference)
            difference = self._compare(engine)
        if difference is None:
            raise CommandError("There is no search index that can be read: run rebuild_search.")
        if difference:
            raise CommandError("The search index differs from the database: run search_check --repair.")
        self.stdout.write(f"The search index and the database agree: {engine.count()} entries.")

    def _compare(self, engine: Engine) -> Difference | None:
        """None when there is no index to compare with."""
        if not is_sound(engine):
            return None
        try:
            difference = compare(engine)
        except EngineUnavailable as error:
            if engine.failing:
                raise
            self.stderr.write(str(error))
            return None
        for name in ("missing", "surplus", "stale"):
            keys = getattr(difference, name)
            if keys:
                more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
                self.stdout.write(f"{name} {len(keys)}: {' '.join(keys[:SHOWN])}{more}")
        return difference

    def _repair(self, engine: Engine, difference: Difference | None) -> None:
        with writer_lock(engine, wait=True):
            if difference is None:
                rebuild(engine)
            else:
                repair(difference)
            drain_rows(engine)
