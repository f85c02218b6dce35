"""The open index of this process: opened when first asked, opened anew when the folder or its contents changed."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from tantivy import Index, Searcher

from ..engine import EngineUnavailable
from .tantivy_folders import Folders
from .tantivy_guard import guarded

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    folder: Path
    signature: Signature
    index: Index
    searcher: Searcher


class Reader:
    """Costs two looks at the file system (some microseconds) when nothing changed."""

    def __init__(self, folders: Folders):
        self.folders = folders
        self._opened: Opened | None = None
        self._lock = Lock()

    def opened(self) -> Opened:
        folder = self.folders.current()
        if folder is None:
            raise EngineUnavailable("There is no search index yet.")
        known = self._opened
        if known and known.folder == folder and known.signature == _state(folder):
            return known
        with self._lock:
            self._opened = self._open(folder)
            return self._opened

    def _open(self, folder: Path) -> Opened:
        signature = _state(folder)  # before opening: a commit in between is then seen at the next search
        try:
            with guarded():
                index = Index.open(str(folder))
                index.config_reader("manual")
                return Opened(folder, signature, index, index.searcher())
        except EngineUnavailable:
            if self.folders.current() == folder:  # else it was replaced while we looked
                self.folders.report_broken(folder)
            raise


def _state(folder: Path) -> Signature:
    """Changes with every commit: the engine replaces this file in one step."""
    try:
        found = (folder / "meta.json").stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)
