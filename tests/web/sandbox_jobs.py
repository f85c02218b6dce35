"""Jobs for test_sandbox: they run in a process of their own."""

import os
import resource
import subprocess
import time
from pathlib import Path

from portal.web.sandbox import Refused


def echo(*values):
    return list(values)


def refuse(code):
    raise Refused(code)


def sleep(path):
    child = subprocess.Popen(["sleep", "60"])
    Path(path).write_text(str(child.pid))
    time.sleep(60)


def eat():
    return len(bytearray(1024 * 1024 * 1024))


def crash():
    os.abort()


def fail():
    raise LookupError("not here")


def environment():
    return dict(os.environ)


def talk():
    print("noise")
    return "answer"


def limits() -> list[int]:
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
    return [number for kind in kinds for number in resource.getrlimit(kind)]


def leave(place: str) -> None:
    """Goes away and leaves a child behind."""
    child = subprocess.Popen(["sleep", "60"])
    Path(place).write_text(str(child.pid))
    os._exit(1)
