"""Looking at a source before it is kept: what it says of itself, and some of its records as our catalogue would show them.

Another server is asked while a person waits, so the whole look has an end. Nothing is written.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ...interop.fetching import in_a_hurry
from ...interop.page import Found, Probe, Reader, SourceProblem
from ..wording import label_of, words_for

SECONDS = 20.0  # for all that a look asks
AT_ONCE = 4  # looks in one process; one that is given up may need a moment to end
LONGEST = 300  # characters of a value that are shown
# What a person who is about to add a source wants to see of a record, in this order.
SHOWN = (
    "creators",
    "publisher",
    "year",
    "kind",
    "language",
    "subjects",
    "tags",
    "licence",
    "identifiers",
    "links",
    "abstract",
)

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Example:
    """A record as it would stand here: `lines` are (label, words); or the `problem` for which it could not be read."""

    identifier: str
    title: str = ""
    lines: Sequence[tuple[str, str]] = ()
    problem: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A `Probe` in words: plain values only, so that a form can carry it from the look to the keeping (`as_values`)."""

    name: str
    contact: str = ""
    prefix: str = ""
    granularity: str = ""
    keeps_deletions: str = ""
    facts: Sequence[tuple[str, str]] = ()
    formats: Sequence[tuple[str, str]] = ()
    sets: Sequence[tuple[str, str]] = ()
    examples: Sequence[Example] = field(default_factory=tuple)
    notes: Sequence[str] = ()

    def as_values(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_values(cls, values: dict[str, Any]) -> "Seen":
        examples = [Example(**each) for each in values["examples"]]
        return cls(**(values | {"examples": examples}))


def look_at(reader: Reader, as_ours: Callable[[Found], dict[str, Any]], seconds: float = SECONDS) -> Seen:
    """What `reader` finds; `as_ours` gives the values of a record as they would be loaded. Raises SourceProblem, also when
    the source needs more than `seconds`."""
    probe = _within(seconds, reader.probe)
    return Seen(
        name=probe.name,
        contact=probe.contact,
        prefix=probe.prefix,
        granularity=probe.granularity,
        keeps_deletions=probe.keeps_deletions,
        facts=[(label, said) for label, said in probe.facts if said not in (probe.name, probe.contact)],
        formats=list(probe.formats),
        sets=list(probe.sets),
        examples=[_example(found, as_ours) for found in probe.examples],
        notes=list(probe.notes),
    )


def _example(found: Found, as_ours: Callable[[Found], dict[str, Any]]) -> Example:
    if found.problem or found.deleted or found.values is None:
        return Example(found.identifier, problem=found.problem, deleted=found.deleted)
    values = as_ours(found)
    return Example(found.identifier, values.get("title", ""), list(_lines(values, found)))


def _lines(values: dict[str, Any], found: Found) -> Iterator[tuple[str, str]]:
    for name in SHOWN:
        if words := words_for(name, values.get(name)):
            yield label_of(name), words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    if found.subject_words:
        yield _("Its own subject words"), "; ".join(found.subject_words)
    if found.rights_note:
        yield _("What it says of rights"), found.rights_note


def _within(seconds: float, probe: Callable[[], Probe]) -> Probe:
    """In a thread of its own, for not every wait can be cut short: that for the name of a server cannot."""
    places = _places
    if not places.acquire(blocking=False):
        raise SourceProblem(_("Other collections are being checked at this moment. Try again in a minute."))
    answers: queue.SimpleQueue = queue.SimpleQueue()
    language = translation.get_language()

    def ask() -> None:
        try:
            with translation.override(language), in_a_hurry(seconds):
                answers.put((probe(), None))
        except Exception as error:  # raised again below, where somebody waits for it
            answers.put((None, error))
        finally:
            places.release()

    threading.Thread(target=ask, name="probe", daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except queue.Empty:
        reason = _("The source has not answered within %(seconds)d seconds. Try again later.")
        raise SourceProblem(reason % {"seconds": seconds}) from None
    if error:
        raise error
    return answer
