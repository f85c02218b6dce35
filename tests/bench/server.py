"""gunicorn with 2 workers, asked by 2 clients; the CPU time is that of its whole process tree."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles

from tests.services.machine import free_port

WORKERS = CLIENTS = 2
WARM_UP = 20  # requests
SECONDS_TO_START = 60
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What a number of requests cost."""

    cpu_ms: float  # of the server, a request
    per_second: float
    p95_ms: float  # until a client has the whole answer


class Server:
    def __init__(self, process: subprocess.Popen, port: int):
        self.process = process
        self.port = port

    def get(self, address: str) -> tuple[int, bytes, str]:
        """Status, body as sent (compressed), Content-Encoding."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            return response.status, response.read(), response.getheader("Content-Encoding", "")
        finally:
            connection.close()

    def load(self, addresses: str | Sequence[str], requests: int) -> Load:
        """One address again and again, or several in turn. Raises RuntimeError when an answer is not 200."""
        turn = cycle([addresses] if isinstance(addresses, str) else addresses)
        self._ask(list(islice(turn, WARM_UP)))
        cpu, clock = self._cpu_seconds(), time.perf_counter()
        times = self._ask(list(islice(turn, requests)))
        cpu, clock = self._cpu_seconds() - cpu, time.perf_counter() - clock
        return Load(
            cpu_ms=1000 * cpu / requests,
            per_second=requests / clock,
            p95_ms=1000 * quantiles(times, n=20)[-1],
        )

    def _ask(self, addresses: Sequence[str]) -> list[float]:
        """The seconds until each was answered."""
        with ThreadPoolExecutor(CLIENTS) as clients:
            return list(clients.map(self._seconds, addresses))

    def _seconds(self, address: str) -> float:
        start = time.perf_counter()
        status, *_rest = self.get(address)
        if status != 200:
            raise RuntimeError(f"{address} answers {status}")
        return time.perf_counter() - start

    def _cpu_seconds(self) -> float:
        return sum(_ticks(pid) for pid in _tree(self.process.pid)) / TICKS_PER_SECOND


@contextmanager
def running(settings: str, first: str) -> Iterator[Server]:
    """gunicorn with that settings module, until the block ends. `first` is the address that it must answer."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--workers",
        str(WORKERS),
        "--no-control-socket",
    ]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    try:
        server = Server(process, port)
        _wait_until_up(server, first)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_until_up(server: Server, address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            server.get(address)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("gunicorn does not start; see the messages above")


def _tree(root: int) -> list[int]:
    children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    return [root, *(pid for child in children for pid in _tree(int(child)))]


def _ticks(pid: int) -> int:
    """User and system time of all threads: fields 14 and 15 of /proc/PID/stat, counted from the name's bracket."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
