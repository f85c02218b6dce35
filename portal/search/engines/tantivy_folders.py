"""Where the embedded index lies: one folder a generation, and a pointer that names the one in use.

    <SEARCH_INDEX_DIR>/current-v1            the name of the folder in use, replaced in one step
    <SEARCH_INDEX_DIR>/v1-0c1d.../           a generation; "v1" is the version of the schema
    <SEARCH_INDEX_DIR>/broken-v1             the name of a generation that some process could not read

A reader that holds an older generation keeps its files open while the folder goes, and follows the pointer at its
next search. Another version of the code reads its own pointer and makes its own folder.
"""

import shutil
import uuid
from pathlib import Path

from ..tokens import SCHEMA_VERSION


class Folders:
    def __init__(self, directory: Path, version: int = SCHEMA_VERSION):
        self.directory = directory
        self.version = version
        self.pointer = directory / f"current-v{version}"
        self.broken = directory / f"broken-v{version}"

    def current(self) -> Path | None:
        """The folder in use, or None while there is none."""
        name = _read(self.pointer)
        return self.directory / name if name else None

    def new(self) -> Path:
        """An empty folder for a new generation; what an interrupted rebuild left behind goes."""
        self.remove_but(self.current())
        folder = self.directory / f"v{self.version}-{uuid.uuid4().hex}"
        folder.mkdir(parents=True)
        return folder

    def unfinished(self) -> Path | None:
        """The folder that an interrupted rebuild left behind."""
        left = [folder for folder in self.directory.glob(f"v{self.version}-*") if folder != self.current()]
        return left[0] if len(left) == 1 and not self.is_broken(left[0]) else None

    def use(self, folder: Path) -> None:
        """From now on `folder` is in use; the others of this version, and of older ones, go."""
        _write(self.pointer, folder.name)
        self.broken.unlink(missing_ok=True)
        self.remove_but(folder)

    def report_broken(self, folder: Path) -> None:
        """Tell the drainer, of whichever process, to make the index anew."""
        if self.directory.exists():
            _write(self.broken, folder.name)

    def is_broken(self, folder: Path) -> bool:
        return _read(self.broken) == folder.name

    def remove_but(self, kept: Path | None) -> None:
        for folder in self.directory.glob("v*-*"):
            version = folder.name.partition("-")[0].removeprefix("v")
            if folder != kept and version.isdigit() and int(version) <= self.version:
                # a reader may hold a file of it open on a network folder: it goes with the next rebuild
                shutil.rmtree(folder, ignore_errors=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return ""


def _write(path: Path, name: str) -> None:
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    temporary.write_text(name, encoding="ascii")
    temporary.replace(path)
