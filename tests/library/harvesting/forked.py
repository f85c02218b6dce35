"""`manage.py` in processes of their own that begin at once: each is forked from one that has loaded everything.

    python -m tests.library.harvesting.forked

reads a line of JSON a command, ["harvest", "Kho"]. It tells the number of its process, and when that and all that it began
have ended a second line: [status, output, errors].
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parents[3]
PATIENCE = 120  # s


class Running:
    """A command that was begun."""

    def __init__(self, server: subprocess.Popen):
        self._server = server
        self.pid = json.loads(server.stdout.readline())

    def end(self, number: signal.Signals | None = None, *, after: float = 0.0) -> tuple[int, str, str]:
        """(status, output, errors), when it has ended; the signal `number` is sent to it `after` so many seconds."""
        if number is not None and not self._told(after):
            os.kill(self.pid, number)
        assert self._told(PATIENCE), "It does not end."
        return tuple(json.loads(self._server.stdout.readline()))

    def _told(self, seconds: float) -> bool:
        return bool(select.select([self._server.stdout], [], [], seconds)[0])


class Manage:
    """manage("harvest", "Kho") -> (status, output, errors)."""

    def __init__(self, server: subprocess.Popen):
        self._server = server

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        return self.begin(*arguments).end()

    def begin(self, *arguments: str) -> Running:
        self._server.stdin.write(json.dumps(arguments).encode() + b"\n")
        return Running(self._server)


@contextmanager
def managing(**environment: str) -> Iterator[Manage]:
    """One command at a time."""
    command = [sys.executable, "-m", "tests.library.harvesting.forked"]
    server = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )
    try:
        yield Manage(server)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


def serve() -> None:
    import django
    from django.core.checks import run_checks
    from django.db import connections

    django.setup()
    run_checks()  # they load whatever there is
    connections.close_all()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began us may have had no ear for it
    for line in sys.stdin:
        _do(json.loads(line))


def _do(arguments: list[str]) -> None:
    until_all_closed, held_open = os.pipe()  # by the command and whatever it begins
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        pid = os.fork()
        if pid == 0:
            os.close(until_all_closed)
            _become(arguments, out.fileno(), err.fileno())
        os.close(held_open)
        _tell(pid)
        _pid, status = os.waitpid(pid, 0)
        os.read(until_all_closed, 1)
        os.close(until_all_closed)
        for stream in (out, err):
            stream.seek(0)
        _tell([os.waitstatus_to_exitcode(status), out.read(), err.read()])


def _become(arguments: list[str], out: int, err: int) -> None:
    """Never returns."""
    from django.core.management import execute_from_command_line

    status = 1
    try:
        for stream, number in enumerate((os.open(os.devnull, os.O_RDONLY), out, err)):
            os.dup2(number, stream)
        execute_from_command_line(["manage.py", *arguments])
        status = 0
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    serve()
