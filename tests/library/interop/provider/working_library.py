"""A library at work in a process of its own: `/oai` is served by threads while resources are added, changed, withdrawn and deleted.

    python -m tests.library.interop.provider.working_library DATABASE RECORDS

It tells a line of JSON: its port and the numbers of the resources that nobody touches. After a line on its input it stops
working and tells a second line: all records as they are stored then, and the numbers of what was added. It serves until
its input ends.
"""

import json
import os
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

PAUSE = 0.2  # s between two changes: a library at work, not under attack
TOUCHED = 5  # every fifth of the resources that were there may be changed


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nobody reads it."""


def main(database: str, number: int) -> None:
    folder = Path(database).parent
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(folder),
        "SITE_URL": "https://thu-vien.example",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    import django
    from django.core.wsgi import get_wsgi_application

    django.setup()
    from django.conf import settings

    settings.SEARCH_BACKGROUND = False  # records are stamped by the librarian alone
    numbers = fill(number)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    untouched = [pk for place, pk in enumerate(numbers) if place % TOUCHED]
    tell({"port": server.server_port, "untouched": untouched})
    librarian = Librarian(numbers[::TOUCHED])
    librarian.start()
    sys.stdin.readline()
    tell(librarian.stop())
    sys.stdin.readline()


def tell(what: dict) -> None:
    print(json.dumps(what), flush=True)


def fill(number: int) -> list[int]:
    from library.domain.offering import keeping_up
    from library.models import OfferingTask, Resource

    made = Resource.objects.bulk_create(
        [Resource(title=f"Học liệu mẫu {each}", kind="book") for each in range(number)], batch_size=1000
    )
    OfferingTask.objects.all().delete()  # as resources that are older than the provider: it goes through all of them
    keeping_up.run_once()
    return [each.pk for each in made]


class Librarian(threading.Thread):
    def __init__(self, numbers: list[int]):
        super().__init__(daemon=True)
        self._numbers = iter(numbers)
        self._stopping = threading.Event()
        self._added: list[int] = []
        self._problem = ""

    def run(self):
        try:
            while not self._stopping.is_set():
                self._work()
                self._stopping.wait(PAUSE)
        except Exception as problem:
            self._problem = repr(problem)

    def _work(self):
        from library.domain.offering import keeping_up
        from library.domain.withdrawal import withdraw
        from library.models import Resource

        changed, withdrawn, deleted = (next(self._numbers) for _each in range(3))
        self._added.append(Resource.objects.create(title="Học liệu mới", kind="book").pk)
        Resource.objects.filter(pk=changed).update(title=f"Đã sửa {changed}")
        withdraw(Resource.objects.get(pk=withdrawn), "Nguồn đã gỡ.")
        Resource.objects.get(pk=deleted).delete()
        keeping_up.run_once()

    def stop(self) -> dict:
        from library.models import OfferedRecord

        self._stopping.set()
        self.join()
        rows = OfferedRecord.objects.values_list("pk", "deleted", "datestamp")
        stored = [[pk, deleted, f"{stamp:%Y-%m-%dT%H:%M:%SZ}"] for pk, deleted, stamp in rows]
        return {"problem": self._problem, "added": self._added, "stored": stored}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
