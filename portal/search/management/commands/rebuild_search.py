"""Making the search index anew, while the old one goes on answering."""

import time

from django.core.management.base import BaseCommand

from portal.search import sources
from portal.search.engines import current
from portal.search.lock import writer_lock
from portal.search.rebuild import rebuild
from portal.search.rows import drain_rows


class Command(BaseCommand):
    help = "Make the search index anew from the database; the old one answers until the new one is complete."

    def handle(self, *, verbosity: int, **options):
        total = sum(sum(1 for _id in source.ids()) for source in sources.registered())
        started = time.monotonic()

        def progress(done: int) -> None:
            rate = done / (time.monotonic() - started)
            self.stdout.write(f"\r{done}/{total} entries, {rate:.0f} a second", ending="")
            self.stdout.flush()

        with writer_lock(wait=True):
            engine = current()
            done = rebuild(engine, progress if verbosity else None)
            drain_rows(engine)
        if verbosity:
            self.stdout.write(f"\nrebuilt: {done} looked at, {engine.count()} can be found")
