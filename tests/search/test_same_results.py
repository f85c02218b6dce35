"""The same question finds the same set with either engine, however it is typed, and the best come in one order."""

from unicodedata import normalize

import pytest

from portal.search import outbox, sources
from portal.search.drain import run_once
from portal.search.engine import EngineQuery, Strictness
from portal.search.engines import named
from portal.search.entry import OFFICER
from portal.search.typed import read
from portal.text import fold
from tests.search import corpus
from tests.search.shelf import Shelf

GENERATED = 1000
PHRASES = 600
WAYS = {
    "NFC": lambda text: normalize("NFC", text),
    "NFD": lambda text: normalize("NFD", text),
    "without accents": fold,
    "without accents but đ": lambda text: "".join(
        "đ" if c in "đĐ" else fold(c) for c in normalize("NFC", text)
    ),
    "upper case": str.upper,
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in fold(text)),
}
COUNTED = ("kind", "subject", "level")


@pytest.fixture
def entries(on_elasticsearch, db):
    found = corpus.entries(GENERATED)
    for prefix in ("marc", "book"):
        shelf = Shelf(prefix=prefix)
        shelf.books = {one.key.partition(":")[2]: one for one in found if one.key.startswith(f"{prefix}:")}
        sources.register(shelf)
        outbox.changed(prefix, shelf.books)
    run_once()
    return found


def answers(**wishes):
    return [named(name).search(EngineQuery(**wishes)) for name in ("tantivy", "elasticsearch")]


def keys(result):
    return [hit.key for hit in result.hits]


def test_each_way_of_typing_finds_the_same_set_in_the_same_order(entries):
    phrases = corpus.phrases(entries, PHRASES)
    asked = {read(way(phrase)) for phrase in phrases for way in WAYS.values()}
    assert len(asked) > PHRASES
    differ = []
    for typed in asked:
        one, other = answers(typed=typed, limit=10_000)
        same_set = one.count == other.count and set(keys(one)) == set(keys(other))
        if not (same_set and keys(one)[:10] == keys(other)[:10]):
            differ.append((typed.words, keys(one)[:10], keys(other)[:10]))
    assert differ == []


TEXTS = (
    '|học|hoc tap|khuyến h|"học tập"|"gia đình" ngô|ngô -lúa|-"học tập"|hoctap|do an to|387|387/QĐ-TTg|QĐ|'
    "đàm thuỷ|Đàm Thủy|mã|ma|zzzz|học zzzz ngô|t|" + "x" * 200
).split("|")
WISHES = [
    {},
    {"filters": {"subject": ("crops", "law"), "level": ("1",)}},
    {"filters": {"kind": ("song",), "subject": ("nothing",)}, "language": "tyz"},
    {"filters": {"level": ("2",)}, "counted": ("subject",), "audience": OFFICER},
    {"strictness": Strictness.ALL_BUT_ONE},
    {"strictness": Strictness.ANY},
]


def test_sets_totals_and_facets_are_the_same_whatever_is_chosen(entries):
    for text in TEXTS:
        for wishes in WISHES:
            one, other = answers(typed=read(text), limit=10_000, **{"counted": COUNTED} | wishes)
            assert (one.count, one.facets) == (other.count, other.facets), (text, wishes)
            assert set(keys(one)) == set(keys(other)), (text, wishes)
