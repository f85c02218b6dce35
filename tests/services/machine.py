"""Looking for what the tests need on this machine."""

import os
import shutil
import socket
from pathlib import Path


class Missing(Exception):
    """A service cannot be had; `str()` says why in a few words: "no Java"."""


def program(*names: str, missing: str, folders: str = "") -> str:
    """The path of the first program found, else raises Missing(missing).

    folders: a glob of folders to look into besides PATH, the last match first.
    """
    found = sorted(Path("/").glob(folders.lstrip("/")), reverse=True) if folders else []
    search = os.pathsep.join([os.environ.get("PATH", ""), *map(str, found)])
    for name in names:
        if path := shutil.which(name, path=search):
            return path
    raise Missing(missing)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cache_folder(name: str) -> Path:
    """A folder outside git that outlives the run."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "portal-khuyen-hoc" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
