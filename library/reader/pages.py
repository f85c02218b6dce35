"""How a job leaves a book in a folder, and how it is found there again: plain JSON and HTML files."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

INDEX, TEXT = "index.json", "text.json"


@dataclass(frozen=True, slots=True)
class Index:
    """`contents`: [depth, title, page] of each heading; pages are counted from 1. `sizes`: width / height of a page
    as [w, h], of books that are drawn. `has_text`: whether there is anything to read but pictures."""

    pages: int
    contents: list[list[Any]] = field(default_factory=list)
    sizes: list[list[float]] = field(default_factory=list)
    has_text: bool = True


def leave(folder: Path, index: Index, text: list[list[str]]) -> None:
    """`text`: the paragraphs of each page. The index comes last: where it is, everything is."""
    write(folder / TEXT, json.dumps(text, ensure_ascii=False).encode())
    write(folder / INDEX, json.dumps(asdict(index), ensure_ascii=False).encode())


def write(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(path)


def html_name(page: int) -> str:
    return f"{page}.html"


def drawn_name(page: int, width: int) -> str:
    return f"{page}-{width}.webp"
