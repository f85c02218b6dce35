"""Processes that live and die together: the web server and the job worker of `make run`."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class Service:
    """name: what people call it; command: program and arguments; sockets: open file numbers it inherits."""

    name: str
    command: Sequence[str]
    sockets: Sequence[int] = ()


class StopRequested(Exception):
    """Ctrl-C, or a polite request of the system."""


class ServiceDied(Exception):
    """One of the services ended by itself; `str()` is its name."""


class NotAnswering(Exception):
    """The site did not come up in time."""


@contextmanager
def running(services: Sequence[Service]):
    """Start all; yields {process: name}; on the way out stop all, whatever happened.

    Each gets a session of its own, so that Ctrl-C reaches only us and they end in good order.
    A stop signal raises StopRequested in the block.
    """
    processes: dict[subprocess.Popen, str] = {}
    before = {number: signal.signal(number, _request_stop) for number in STOP_SIGNALS}
    try:
        for service in services:
            process = subprocess.Popen(service.command, pass_fds=service.sockets, start_new_session=True)  # noqa: S603
            processes[process] = service.name
        yield processes
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        _stop(processes)
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_until_up(processes: dict[subprocess.Popen, str], host: str, port: int, path: str) -> None:
    """Return when `path` answers 200. Raises ServiceDied or NotAnswering."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not _answers(host, port, path):
        for process, name in processes.items():
            if process.poll() is not None:
                raise ServiceDied(name)
        if time.monotonic() > deadline:
            raise NotAnswering
        time.sleep(0.1)


def wait_for_death(processes: dict[subprocess.Popen, str]) -> None:
    """Block until one process ends by itself, then raise ServiceDied."""
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        for process, name in processes.items():
            if process.pid == ended.si_pid:
                raise ServiceDied(name)
        os.waitpid(ended.si_pid, 0)  # a grandchild that came to us


def _answers(host: str, port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _request_stop(number: int, frame: object) -> None:
    raise StopRequested


def _stop(processes: dict[subprocess.Popen, str]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
