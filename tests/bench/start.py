"""From a fresh clone to the first page, and the second start. Installs from the package index, so only by name."""

import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from tests.services.machine import free_port

from .figure import Figure

PROJECT = Path(__file__).parents[2]
GIVE_UP = 600  # seconds


def figures() -> Iterable[Figure]:
    with tempfile.TemporaryDirectory(prefix="portal bench ") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        yield Figure("fresh clone to first page", _seconds_to_first_page(clone), None, 120, "s")
        yield Figure("second start to first page", _seconds_to_first_page(clone), None, 10, "s")


def _seconds_to_first_page(clone: Path) -> float:
    port = free_port()
    start = time.monotonic()
    with (clone / "make-run.log").open("wb") as log:
        # A process group of its own, as under a terminal, where Ctrl-C reaches make and its children at once
        run = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=os.environ | {"PORT": str(port)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        while not _answers(port):
            if run.poll() is not None or time.monotonic() - start > GIVE_UP:
                raise RuntimeError((clone / "make-run.log").read_text()[-2000:])
            time.sleep(0.1)
        return time.monotonic() - start
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGINT)
            run.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=GIVE_UP) as response:
            return response.status == 200
    except OSError:
        return False
