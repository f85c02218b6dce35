"""A source without a network: what it offers, page by page, and what goes wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from library.domain.harvesting import running
from library.interop.page import Cursor, Found, Page, Probe, SourceProblem
from library.models import Harvest, Source
from tests.factories.harvesting import SourceFactory

HOUR = "2026-11-26T01:00:00Z"  # of the source's own clock


def found(number: int, **changes) -> Found:
    """A good record; `changes` of its values, or of itself: deleted, problem, identifier, subject_words."""
    own = {name: changes.pop(name) for name in list(changes) if name in Found.__dataclass_fields__}
    values = {
        "title": f"Học liệu mẫu {number}",
        "language": "vie",
        "kind": "book",
        "creators": [["Người Mẫu", "author"]],
        "links": [f"https://kho-mau.example/{number}"],
    } | changes
    identifier = own.pop("identifier", f"oai:kho:{number}")
    raw = repr((identifier, sorted(values.items()), sorted(own))).encode("utf-8", "replace")
    return replace(Found(identifier, raw, "oai_dc", values, datestamp="2026-11-25T00:00:00Z"), **own)


def records(count: int) -> list[Found]:
    return [found(number) for number in range(count)]


def tombstone(number: int) -> Found:
    return Found(f"oai:kho:{number}", b"<deleted/>", deleted=True, datestamp="2026-11-26T00:00:00Z")


def broken(number: int, identifier: str | None = None) -> Found:
    name = f"oai:kho:{number}" if identifier is None else identifier
    return Found(name, b"<record>\xff", problem="Không có nhan đề.")


class Offers:
    """A `Reader`. `fails_after`: pages that are given before the source breaks off."""

    def __init__(
        self,
        *records: Found,
        size: int = 3,
        response_date: str = HOUR,
        total: int | None = None,
        fails_after: int | None = None,
    ):
        self.pages_of_it = [list(records[at : at + size]) for at in range(0, len(records), size)] or [[]]
        self.response_date = response_date
        self.total = total
        self.fails_after = fails_after
        self.asked: list[tuple[Cursor | None, str]] = []
        self.notes: Sequence[str] = ()

    def probe(self) -> Probe:
        return Probe("Kho mẫu")

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        self.asked.append((cursor, since))
        start = cursor["page"] if cursor else 0
        for number, records in list(enumerate(self.pages_of_it))[start:]:
            if self.fails_after is not None and number >= self.fails_after:
                raise SourceProblem("Kho mẫu không trả lời nữa.")
            last = number + 1 == len(self.pages_of_it)
            yield Page(
                records, None if last else {"page": number + 1}, self.response_date, self.total, self.notes
            )


def read(source: Source | None = None, *records: Found, full: bool = False, **options) -> Harvest:
    """Read everything that is offered; `options` of `Offers`."""
    return read_from(source or SourceFactory(), Offers(*records, **options), full=full)


def read_from(source: Source, offers: Offers, *, full: bool = False, **how) -> Harvest:
    source.refresh_from_db()
    harvest = running.ask(source, full=full)
    running.run(harvest, reader=offers, **how)
    return harvest


def counts(harvest: Harvest) -> dict[str, int]:
    """Those that are not 0."""
    names = ("offered", "read", "failed", "created", "updated", "unchanged", "deleted", "swept")
    return {name: value for name in names if (value := getattr(harvest, name))}
