"""A wrong letter is put right, a right word is left alone, raw Telex and VNI are read."""

import csv
import random
import string
from pathlib import Path

import pytest

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search.drain import run_once
from portal.search.engines import current
from portal.search.entry import OFFICER
from portal.search.models import KnownWord, SynonymGroup
from portal.search.query import search
from portal.search.rebuild import rebuild
from portal.text import fold

from . import marc

TITLES = [
    "Gia đình học tập",
    "Dòng họ học tập, cộng đồng học tập",
    "Kỹ thuật trồng ngô trên đất dốc",
    "Kỹ thuật trồng lúa nước",
    "Xã hội học tập",
    "Quyết định 387/QĐ-TTg",
]


@pytest.fixture
def books(shelf):
    for number, title in enumerate(TITLES, 1):
        shelf.put(title, number)
    run_once()
    return shelf


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hoc tsp", "học tập"),
        ("hcoc tap", "học tập"),
        ("ky thaut", "kỹ thuật"),
        ("kyy thuat trong ngo", "kỹ thuật trồng ngô"),
        ("Kỹ thuậtt trồng ngô", "Kỹ thuật trồng ngô"),
        ("-lúa ky thuatt", "kỹ thuật"),
    ],
)
def test_one_wrong_letter_is_put_right(books, text, meant):
    results = search(text)
    assert results.suggestion == meant
    assert not results.understood


@pytest.mark.parametrize(
    "text", ["hoc tap", "trong ngo dat doc", "ngo lua", "387/QĐ", "387/QX", "zzzz", "x", ""]
)
def test_what_is_found_or_unlike_anything_is_left_alone(books, text):
    assert search(text).suggestion is None


def test_results_that_come_near_are_shown_beside_the_suggestion(books):
    results = search("xa hoi hocc tap")
    assert (results.suggestion, results.relaxed) == ("xã hội học tập", True)
    assert results.hits[0].title == "Xã hội học tập"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hocj taapj", "học tập"),
        ("ho5c ta6p5", "học tập"),
        ("Troongf ngoo", "trồng ngô"),
        ("hocj tap", "học tap"),
    ],
)
def test_raw_keys_are_read_when_nothing_else_matches(books, text, meant):
    results = search(text)
    assert (results.suggestion, results.understood, results.relaxed) == (meant, True, False)
    assert results.count == search(meant).count > 0
    assert "<mark>" in results.hits[0].title_html


def test_raw_keys_that_are_words_are_what_they_are(books):
    books.put("Tar là một cách nén tệp")
    run_once()
    results = search("tar")
    assert (results.suggestion, results.hits[0].title) == (None, "Tar là một cách nén tệp")


def test_filters_that_hide_everything_are_not_a_wrong_spelling(books):
    assert search("hoc tap", kinds=["song"]).suggestion is None


def test_a_suggestion_finds_something(books):
    KnownWord.objects.create(base="tep", written="tệp", times=1000)
    assert search("teep").suggestion is None


def test_words_of_what_is_for_officers_are_not_given_away(shelf):
    shelf.put("Sổ tay thanh tra", audience=OFFICER)
    run_once()
    rebuild(current())
    assert not KnownWord.objects.exists()


def test_hurtful_names_are_not_suggested_unless_they_were_typed(shelf):
    shelf.put("Sách cũ về người Mèo")
    run_once()
    assert search("nguoii meo").suggestion == "người mèo"
    SynonymGroup.objects.create(terms="người Mông", hidden="người Mèo\nMèo")
    assert search("nguoi moo").suggestion is None
    assert search("nguoii meo").suggestion == "người mèo"


def test_new_words_are_known_at_once_and_all_are_counted_anew_by_a_rebuild(books):
    rebuild(current())
    before = KnownWord.objects.get(base="hoc tap").times
    books.put("Học tập suốt đời", 1)
    run_once()
    assert KnownWord.objects.get(base="suot doi").written == "suốt đời"
    assert KnownWord.objects.get(base="hoc tap").times == before + 1
    rebuild(current())
    assert KnownWord.objects.get(base="hoc tap").times == before
    assert not KnownWord.objects.filter(base="gia dinh").exists()


def test_a_search_that_finds_asks_for_no_words(books):
    search("hoc tap")
    with CaptureQueriesContext(connection) as queries:
        search("hoc tap")
    assert not [query for query in queries if "knownword" in query["sql"]]


def _seed_titles() -> list[str]:
    with (Path(settings.BASE_DIR) / "library/data/resources.csv").open(encoding="utf-8", newline="") as lines:
        return [row["title"] for row in csv.DictReader(lines)]


def _at_random(word: str, chance: random.Random, wish: str) -> str:
    at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return {
        "left out": before + after,
        "put in": before + letter + here + after,
        "exchanged": before + letter + after,
        "swapped": before + after[:1] + here + after[1:],
    }[wish]


def wrong(phrase: str, wish: str, chance: random.Random) -> str:
    """`phrase` without accents, with one letter of one word left out, put in, exchanged or swapped with the next."""
    words = fold(phrase).split()
    place = chance.choice([place for place, word in enumerate(words) if len(set(word)) > 1])
    right = words[place]
    while words[place] == right:
        words[place] = _at_random(right, chance, wish)
    return " ".join(words)


@pytest.fixture
def real_titles(shelf):
    """Those of the seed, and of the MARC samples where they lie beside the project."""
    titles = [*_seed_titles(), *(marc.titles() if marc.RECORDS.exists() else ())]
    for title in titles:
        shelf.put(title)
    run_once()
    return titles


def test_85_percent_of_wrong_letters_are_put_right_and_1_percent_of_right_queries_spoiled(real_titles):
    asked = [
        phrase
        for phrase in marc.phrases(real_titles, 150)
        if any(len(set(word)) > 1 for word in fold(phrase).split())
    ]
    chance = random.Random(7)
    restored = {
        wish: sum(
            fold(search(wrong(phrase, wish, chance)).suggestion or "") == fold(phrase) for phrase in asked
        )
        for wish in ("left out", "put in", "exchanged", "swapped")
    }
    spoiled = sum(search(phrase).suggestion is not None for phrase in asked)
    assert sum(restored.values()) >= 0.85 * 4 * len(asked), restored
    assert spoiled <= 0.01 * len(asked)


def test_a_letter_left_out_of_a_word_of_two_is_put_right(books):
    assert search("k thuat trong ngo").suggestion == "kỹ thuật trồng ngô"


def test_a_rare_word_is_found_by_its_neighbours(books):
    for number, word in enumerate(("ba", "bo", "bi", "be", "bu", "ban", "bao", "bai", "bac", "bam"), 10):
        for time in range(3):
            books.put(f"{word} {number} {time}", f"{number}-{time}")
    books.put("Cao Bát Xát", 99)
    run_once()
    assert search("cao ba xat").suggestion == "cao bát xát"


def test_a_word_that_comes_twice_stays_twice(books):
    books.put("Học ăn học nói", 20)
    run_once()
    assert search("hoc an hoc nohi").suggestion == "học ăn học nói"


def test_a_known_word_with_its_own_accents_is_meant(books):
    books.put("Bình dân học vụ", 20)
    books.put("Đẳng cấp", 21)
    run_once()
    assert search("bình đẳng").suggestion is None
    assert search("binh dan hco vu").suggestion == "bình dân học vụ"
