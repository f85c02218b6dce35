"""`manage.py rebuild_search` in a process of its own: how long it takes, and the most memory it has at once."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LOOK = 0.05  # s between two looks at the memory


@dataclass(frozen=True)
class Rebuilt:
    seconds: float
    megabytes: float


def rebuild(engine: str) -> Rebuilt:
    """Raises RuntimeError when it fails."""
    command = [sys.executable, "manage.py", "rebuild_search", "--engine", engine, "--verbosity", "0"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    peak = 0
    while process.poll() is None:
        peak = peak_kilobytes(process.pid) or peak
        time.sleep(LOOK)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"rebuild_search --engine {engine} ends with {process.returncode}")
    return Rebuilt(seconds, peak / 1000)


def peak_kilobytes(pid: int) -> int | None:
    """The high-water mark of the resident memory, mapped files included; None when the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)
