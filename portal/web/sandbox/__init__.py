"""Work on files that nobody has vouched for, in a process of its own that is small and can be killed.

The process knows no database, no settings and no secret: it gets the path of a file and gives plain values back.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

SECONDS = 20.0
MEGABYTES = 512
SOURCES = Path(__file__).resolve().parents[3]


class Refused(Exception):
    """Raised by a job: this file will never do. `code` is a word that the caller has a sentence for."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Overrun(Exception):
    """The job took too long, asked for too much memory, or its process died of the file."""


def run(job: str, *arguments: Any, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Any:
    """Call `job` ("package.module:function") with `arguments` and return its answer; both fit into JSON.

    Raises Refused as the job did, and Overrun when the limits are reached or the process ends in any other way.
    """
    command = [sys.executable, "-m", __name__, job, str(megabytes), str(int(seconds) + 1)]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=SOURCES,
        env={"PATH": os.defpath, "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        answer, errors = process.communicate(json.dumps(arguments).encode(), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Overrun(f"{job} took more than {seconds:.0f} s") from error
    finally:
        _end(process)
    return _read(job, process.returncode, answer, errors)


def _end(process: subprocess.Popen) -> None:
    """Whatever happened, nothing of the job goes on: neither itself nor what it has started."""
    with suppress(ProcessLookupError):  # nothing of it is left
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _read(job: str, status: int, answer: bytes, errors: bytes) -> Any:
    if status != 0 or not answer:
        last = errors.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("%s ended with status %s: %s", job, status, last)
        raise Overrun(f"{job} ended with status {status}")
    given = json.loads(answer)
    if "refused" in given:
        raise Refused(given["refused"])
    return given["answer"]
