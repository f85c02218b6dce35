"""A throw-away PostgreSQL cluster on a free loopback port; safety against power failure is switched off."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .machine import Missing, free_port, program

SECONDS_TO_START = 30
NO_DURABILITY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def running() -> Iterator[str]:
    """Yields a DATABASE_URL. Raises Missing."""
    bin = programs()
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        as_owner = _as_owner_of(folder)
        create = [bin / "initdb", "-D", folder / "data", "-U", "portal", "-A", "trust", "-N"]
        locale = ["-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*as_owner, *create, *locale], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        port = free_port()
        listen = ["-c", "listen_addresses=127.0.0.1", "-p", str(port), "-k", folder]
        command = [*as_owner, bin / "postgres", "-D", folder / "data", *listen, *NO_DURABILITY]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait_until_up(server, bin / "pg_isready", port, folder / "log")
            yield f"postgres://portal@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # "fast shutdown": open sessions are cut off
            server.wait(SECONDS_TO_START)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """The folder of the newest server's programs; Debian keeps it out of PATH."""
    missing = "no server (Debian package postgresql)"
    postgres = program("postgres", folders="/usr/lib/postgresql/*/bin", missing=missing)
    return Path(postgres).resolve().parent


def _as_owner_of(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands the folder to the user of Debian's package."""
    if os.geteuid() != 0:
        return []
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _wait_until_up(server: subprocess.Popen, pg_isready: Path, port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while subprocess.run([pg_isready, "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"it does not start: {log.read_text(errors='replace')[-300:]}")
        time.sleep(0.1)
