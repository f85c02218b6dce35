"""The same question finds the same set with either engine, however it is typed, and the best come in one order."""

import re
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
MARKS = "\u0300-\u036f"
TONES = "[\u0300\u0301\u0303\u0309\u0323]"
WAYS = {
    "NFC": lambda text: normalize("NFC", text),
    "NFD": lambda text: normalize("NFD", text),
    "without accents": fold,
    "without accents but đ": lambda text: "".join(
        "đ" if c in "đĐ" else fold(c) for c in normalize("NFC", text)
    ),
    "upper case": str.upper,
    "other tone style": lambda text: other_tone_style(text),
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


def other_tone_style(text):
    """hòa -> hoà and back, thủy -> thuỷ and back."""
    text = normalize("NFD", text)
    text = re.sub(f"([oOuU])({TONES})([aeyAEY])(?![a-zA-Z{MARKS}])", r"\1\3\2", swapped := text)
    if text == swapped:
        text = re.sub(f"([oOuU])([aeyAEY])({TONES})(?![a-zA-Z])", r"\1\3\2", text)
    return normalize("NFC", text)


def answers(**wishes):
    return [named(name).search(EngineQuery(**wishes)) for name in ("tantivy", "elasticsearch")]


def keys(result):
    return [hit.key for hit in result.hits]


def test_each_way_of_typing_finds_the_same_set_in_the_same_order(entries):
    """600 phrases, typed in each way: one set however they are typed, the same with both engines, which also agree on
    the first ten; what the phrase was taken from is among them."""
    known, wrong = {}, []
    for phrase in corpus.phrases(entries, PHRASES):
        sets = set()
        for way, typed_so in WAYS.items():
            typed = read(typed_so(phrase))
            if typed not in known:
                known[typed] = tuple(map(keys, answers(typed=typed, limit=10_000)))
            one, other = known[typed]
            sets.add(frozenset(one))
            if set(one) != set(other) or one[:10] != other[:10]:
                wrong.append((phrase, way, one[:10], other[:10]))
        if len(sets) > 1 or not all(sets):
            wrong.append((phrase, "sets", *map(len, sets)))
    assert wrong == []
    assert len(known) > PHRASES


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


def test_the_other_tone_style_is_another_text():
    assert other_tone_style("Đàm Thủy, hoà giải") == "Đàm Thuỷ, hoà giải"
    assert other_tone_style("hoà giải") == "hòa giải"


def test_sets_totals_and_facets_are_the_same_whatever_is_chosen(entries):
    for text in TEXTS:
        for wishes in WISHES:
            one, other = answers(typed=read(text), limit=10_000, **{"counted": COUNTED} | wishes)
            assert (one.count, one.facets) == (other.count, other.facets), (text, wishes)
            assert set(keys(one)) == set(keys(other)), (text, wishes)
