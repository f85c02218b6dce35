"""The words of the titles and names that everybody may see, counted: what did-you-mean knows of the language.

Counted anew at each rebuild (or by `rebuild.count_words`), and added to as the index is brought up to date. What an edit
took away stays until then; no suggestion is made that finds nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from django.db import connection, transaction

from portal.text import nfc, syllables

from .entry import PUBLIC, Entry
from .models import KnownWord

LONGEST = 20  # letters of a word
MOST = 150_000  # words and pairs kept, the most frequent
FULL = 1_000_000  # different ones in memory; then those that came once go
KNOWN = 16_384  # pieces of text, and names, of which it is remembered what their words are: they come again and again
BATCH = 5_000  # rows written in one transaction, so that nobody waits long to write
ADD_ONE = """
    INSERT INTO search_knownword (base, written, times) VALUES (%s, %s, %s)
    ON CONFLICT (base) DO UPDATE SET times = search_knownword.times + excluded.times
"""
ADD_ALL = """
    INSERT INTO search_knownword (base, written, times)
    SELECT * FROM UNNEST(%s::varchar[], %s::varchar[], %s::integer[])
    ON CONFLICT (base) DO UPDATE SET times = search_knownword.times + excluded.times
"""  # PostgreSQL: one statement for thousands of words


class Words:
    """Counts the words of the entries given to it; it may stand beside the writers of an index."""

    def __init__(self):
        self._times: Counter[tuple[str, str]] = Counter()  # by (base, as written)

    def index(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if entry.audience == PUBLIC:
                for text in (entry.title, *entry.other_titles):
                    self._times.update(_words(str(text)))
                for name in (*entry.subjects, *entry.persons):
                    self._times.update(_words_of_name(str(name)))
        if len(self._times) > FULL:
            self._times = Counter({word: times for word, times in self._times.items() if times > 1})

    def delete(self, keys: Iterable[str]) -> None:
        """Which words went with them is not known any more."""

    def commit(self) -> None:
        """Nothing: what was counted is written by `replace`."""

    def replace(self) -> None:
        """What was counted is the vocabulary from now on."""
        rows = self._rows()
        with transaction.atomic():
            KnownWord.objects.all().delete()
            _add(rows[:BATCH])
        for start in range(BATCH, len(rows), BATCH):
            with transaction.atomic():
                _add(rows[start : start + BATCH])

    def _rows(self) -> list[tuple[str, str, int]]:
        """(base, as it is mostly written, times), the most frequent first."""
        times: Counter[str] = Counter()
        written: dict[str, str] = {}
        for (base, text), number in self._times.most_common():
            times[base] += number
            written.setdefault(base, text)
        return [(base, written[base], number) for base, number in times.most_common(MOST)]


class MoreWords(Words):
    """Adds what it counts to the vocabulary there is, at every commit."""

    def commit(self) -> None:
        rows = sorted(self._rows())  # in one order, so that two writers cannot block each other
        self._times.clear()
        with transaction.atomic():
            _add(rows)


def _words(text: str) -> Sequence[tuple[str, str]]:
    """Each word and each pair of neighbours, as (base, as written); codes and numbers are no words."""
    words = list(map(_word, nfc(text).lower().split()))
    pairs = [
        (f"{first[0]} {second[0]}", f"{first[1]} {second[1]}")
        for first, second in pairwise(words)
        if first and second
    ]
    return [*filter(None, words), *pairs]


_words_of_name = lru_cache(maxsize=KNOWN)(_words)


@lru_cache(maxsize=KNOWN)
def _word(chunk: str) -> tuple[str, str] | None:
    pairs = syllables(chunk)
    written = chunk.strip(".,:;!?()[]{}\"'“”‘’«»–-/")
    if len(pairs) == 1 and pairs[0][0].isalpha() and max(len(written), len(pairs[0][0])) <= LONGEST:
        return pairs[0][0], written
    return None


def _add(rows: Sequence[tuple[str, str, int]]) -> None:
    """Each base once."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ADD_ALL, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(ADD_ONE, rows)
