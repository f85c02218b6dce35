"""What surrounds a description when it goes out, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """Our number, the whole address of its page, when it was entered and changed, and the names behind its codes; no
    `audience`: it is not written. `subjects` stand in the order of those of the description, `files` are (media type,
    bytes) of its originals, `parts_of` whole addresses of the learning paths that it is in."""

    number: int
    address: str
    created: datetime
    changed: datetime
    subjects: Sequence[str]
    kind: str
    level: str
    audience: str = ""
    place: str = ""
    files: Sequence[tuple[str, int | None]] = ()
    parts_of: Sequence[str] = ()
