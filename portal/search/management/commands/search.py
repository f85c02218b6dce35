"""What a visitor finds: `manage.py search "ky thuat trong ngo" --kind resource`."""

import json

from django.core.management.base import BaseCommand, CommandError

from portal.search.api import as_json
from portal.search.drain import run_once
from portal.search.engine import EngineUnavailable
from portal.search.engines import ENGINES
from portal.search.query import search


class Command(BaseCommand):
    help = "Search the site as the public does; keys and titles in the order of rank."

    def add_arguments(self, parser):
        parser.add_argument("query")
        parser.add_argument(
            "--engine", choices=ENGINES, help="ask this one alone; else the first that answers"
        )
        parser.add_argument("--kind", action="append", default=[], help="only this kind; may be repeated")
        parser.add_argument("--json", action="store_true", dest="as_json", help="as /api/v1/search/ answers")

    def handle(self, *, query, engine, kind, **options):
        run_once()  # nothing else may be running that keeps the index up to date
        try:
            results = search(query, kinds=kind, engine=engine, with_picks=True)
        except EngineUnavailable as error:
            raise CommandError(f"{engine} cannot be asked: {error}") from error
        if options["as_json"]:
            self.stdout.write(json.dumps(as_json(results), ensure_ascii=False))
            return
        for hit in (*results.picks, *results.hits):
            self.stdout.write(f"{hit.key}\t{hit.title}")
        notes = {"relaxed": results.relaxed, "reduced": results.reduced}
        if results.suggestion:
            notes[f"suggestion: {results.suggestion}"] = True
        self.stdout.write(
            " ".join([f"found {results.count}", *(note for note, holds in notes.items() if holds)])
        )
