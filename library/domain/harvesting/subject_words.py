"""The words by which sources say what a record is about, and our subjects for them.

A librarian chooses a subject for a word; it counts for all that is here already and all that comes later. What is chosen for
one source goes before what is chosen for all. A word without a subject stays a tag.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from ...interop.page import Found
from ...models import Source, SourceRecord, Subject, SubjectMapping
from ..ingest import ingest
from ..writing import Incoming
from .rules import Rules, as_tag, key_of

BATCH = 500  # records whose subjects are chosen anew in one transaction


@dataclass(frozen=True, slots=True)
class Word:
    """`text` as the source writes it most often, `key` folded, in so many `records`; our `subject`, or None. `for_all`: it
    was chosen for all sources."""

    key: str
    text: str
    records: int
    subject: Subject | None = None
    for_all: bool = False


def words(source: Source | None = None) -> list[Word]:
    """Of one source or of all: those without a subject first, the most frequent of each first."""
    spellings: dict[str, Counter] = {}
    for text, number in _counted(source).items():
        if key := key_of(text):
            spellings.setdefault(key, Counter())[text] += number
    chosen = _chosen(source)
    found = [_word(key, counted, chosen.get(key)) for key, counted in spellings.items()]
    return sorted(found, key=lambda word: (word.subject is not None, -word.records, word.key))


def _word(key: str, counted: Counter, mapping: SubjectMapping | None) -> Word:
    text = counted.most_common(1)[0][0]
    if mapping is None:
        return Word(key, text, counted.total())
    return Word(key, text, counted.total(), mapping.subject, for_all=mapping.source_id is None)


def _counted(source: Source | None) -> Counter:
    """{a word as it is written: number of records}"""
    rows = _records(source).values_list("subject_words", flat=True)
    return Counter(text for texts in rows.iterator() for text in dict.fromkeys(texts))


def _records(source: Source | None):
    names = [source.name] if source else Source.objects.values("name")
    return SourceRecord.objects.filter(source__in=names).exclude(subject_words=[])


def _chosen(source: Source | None) -> dict[str, SubjectMapping]:
    """{folded word: what counts for it}; of one source goes before of all."""
    found = {each.word: each for each in SubjectMapping.objects.filter(source=None).select_related("subject")}
    if source:
        found |= {each.word: each for each in source.subject_mappings.select_related("subject")}
    return found


@transaction.atomic
def choose(keys: Collection[str], subject: Subject | None, source: Source | None = None) -> None:
    """From now on the words `keys` (folded) mean `subject`, in one source or in all; None: they mean nothing to us. What is
    here already is classified by `apply`."""
    keys = set(filter(None, map(key_of, keys)))
    SubjectMapping.objects.filter(source=source, word__in=keys).delete()
    if subject:
        SubjectMapping.objects.bulk_create(
            SubjectMapping(source=source, word=key, subject=subject) for key in sorted(keys)
        )


def apply(keys: Collection[str], source: Source | None = None) -> int:
    """Classify anew what is here already and speaks of the words `keys` (folded), of one source or of all; returns how many
    resources changed. What a librarian corrected stays."""
    wanted = frozenset(keys)
    sources = [source] if source else Source.objects.all()
    return sum(_classify(each, wanted) for each in sources)


def _classify(source: Source, wanted: frozenset[str]) -> int:
    rules = Rules(source)
    rows = _records(source).values_list("pk", "subject_words")
    numbers = [pk for pk, texts in rows.iterator() if not wanted.isdisjoint(map(key_of, texts))]
    changed = 0
    for start in range(0, len(numbers), BATCH):
        part = SourceRecord.objects.filter(pk__among=numbers[start : start + BATCH])
        records = part.only("key", "data", "subject_words")
        changed += ingest([_as_now(record, rules) for record in records], source=source.name).updated
    return changed


def _as_now(record: SourceRecord, rules: Rules) -> Incoming:
    """What the record would say of subjects and tags if it came today."""
    of_words = {as_tag(word).casefold() for word in record.subject_words}
    tags = [tag for tag in record.data.get("tags", ()) if tag.casefold() not in of_words]
    values = rules.as_ours(Found(record.key, values={"tags": tags}, subject_words=record.subject_words))
    return Incoming(record.key, {name: values[name] for name in ("subjects", "tags")})
