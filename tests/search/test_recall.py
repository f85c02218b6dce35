"""However Vietnamese is typed, the same things are found."""

from dataclasses import replace
from unicodedata import normalize

import pytest

from portal.search import engines
from portal.search.drain import run_once
from portal.search.engine import EngineQuery
from portal.search.query import search
from portal.search.typed import Need, needs_of, read, words_of
from portal.text import fold

TITLES = {
    "corn": "Kỹ thuật trồng ngô trên đất dốc",
    "study": "Gia đình học tập và dòng họ học tập",
    "peace": "Hòa Bình và hoà giải ở cơ sở",
    "thuy": "Nguyễn Thủy: thuỷ lợi nhỏ ở bản",
    "duong": "Tiếng Việt đường phố",
    "an": "An toàn do con người",
    "code": "Quyết định 387/QĐ-TTg về xã hội học tập",
    "slon": "Slon khẻ, slon lượn: chữ Tày cho người mới",
    "nfd": normalize("NFD", "Đại hội khuyến học"),
    "letters": "Lý thuyết Mã",
}


@pytest.fixture
def books(shelf):
    for number, title in TITLES.items():
        shelf.put(title, number)
    run_once()
    return shelf


def found(text):
    results = search(text)
    return set() if results.relaxed else {hit.key.partition(":")[2] for hit in results.hits}


def without_accents_but_d(text):
    return "".join("đ" if letter in "đĐ" else fold(letter) for letter in normalize("NFC", text))


WAYS = {
    "NFC": lambda text: normalize("NFC", text),
    "NFD": lambda text: normalize("NFD", text),
    "without accents": fold,
    "without accents but đ": without_accents_but_d,
    "upper case": str.upper,
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in fold(text)),
}
WANTED = [
    ("kỹ thuật trồng ngô", {"corn"}),
    ("đất dốc", {"corn"}),
    ("học tập", {"study", "code"}),
    ("gia đình học tập", {"study"}),
    ("hòa bình", {"peace"}),
    ("đường", {"duong"}),
    ("tiếng việt", {"duong"}),
    ("an toàn do", {"an"}),
    ("do con người", {"an"}),
    ("chữ Tày", {"slon"}),
    ("đại hội khuyến học", {"nfd"}),
    ("khuyến học", {"nfd"}),
    ("387/QĐ-TTg", {"code"}),
    ("387/QĐ", {"code"}),
    ("387", {"code"}),
    ("QĐ-TTg", {"code"}),
    ("xã hội học tập", {"code"}),
    ("lý thuyết mã", {"letters"}),
]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_typing_finds_the_same(books, way):
    assert {text: found(WAYS[way](text)) for text, _ in WANTED} == dict(WANTED)


@pytest.mark.parametrize(("one", "other"), [("hòa giải", "hoà giải"), ("thủy lợi", "thuỷ lợi")])
def test_the_place_of_the_tone_does_not_matter(books, one, other):
    assert found(one) == found(other) != set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("khuyến h", {"nfd"}),
        ("trồng ng", {"corn"}),
        ("hocta", set()),
        ("hoctap", {"study", "code"}),
        ("kythuat trong ngo", {"corn"}),
        ("slo", {"slon"}),
    ],
)
def test_beginnings_and_words_written_together(books, text, wanted):
    assert found(text) == wanted


def test_an_ended_word_is_no_beginning(books):
    assert found("slo ") == set()


def test_every_word_must_be_there(books):
    assert found("học tập dốc") == set()


def test_quoted_words_stand_in_this_order(books):
    assert found('"dòng họ học tập"') == {"study"}
    assert found('"học tập dòng"') == set()


def test_a_phrase_does_not_reach_from_one_text_into_the_next(shelf):
    shelf.put("Trồng lúa", summary="Ngô và sắn")
    run_once()
    assert search("lúa ngô").relaxed is False
    assert search('"lúa ngô"').relaxed is True


def test_a_minus_takes_away(books):
    assert found("học tập -gia") == {"code"}
    assert "corn" not in found("-ngô")


def test_summary_body_and_subjects_are_searched_too(shelf):
    shelf.put("Một", summary="về cây hạt dẻ")
    shelf.put("Hai", body="về cây hạt dẻ")
    shelf.put("Ba", subjects=("Cây hạt dẻ",))
    shelf.put("Bốn", other_titles=("Cây hạt dẻ",))
    shelf.put("Năm", persons=("Nhóm Hạt Dẻ",))
    run_once()
    assert search("hat de").count == 5


def test_another_title_is_searched_like_the_title_and_not_shown(shelf):
    shelf.put("Trồng lúa", subjects=("Hạt dẻ",))
    shelf.put("Cây của vùng cao", other_titles=("Hạt dẻ",))
    run_once()
    assert [hit.title for hit in search("hạt dẻ").hits] == ["Cây của vùng cao", "Trồng lúa"]


def test_what_means_the_same_must_be_spelt_exactly_and_in_order(shelf):
    shelf.put("Kỹ thuật trồng ngô")
    shelf.put("Kỹ thuật trồng bắp nếp")
    shelf.put("Kỹ thuật lập bập nếp")
    shelf.put("Kỹ thuật trồng nếp bắp")
    run_once()
    typed = read("ky thuat ngo ")
    instead = Need(typed.words[2:], (words_of("bắp nếp"),))
    query = EngineQuery(replace(typed, needs=(*needs_of(typed.words[:2]), instead)))
    found = engines.current().search(query)
    assert [hit.key for hit in found.hits] == ["book:1", "book:2"]


def test_nothing_typed_finds_everything_newest_first(shelf):
    from datetime import date

    shelf.put("Cũ", date=date(2020, 1, 1))
    shelf.put("Không ngày")
    shelf.put("Mới", date=date(2026, 11, 1))
    run_once()
    assert [hit.title for hit in search("").hits] == ["Mới", "Cũ", "Không ngày"]


def test_when_no_entry_has_all_words_the_nearest_come_and_it_is_said(books):
    results = search("kỹ thuật trồng sầu-riêng ngô")
    assert results.relaxed
    assert results.hits[0].key == "book:corn"


def test_filters_that_hide_everything_are_not_answered_with_other_things(shelf):
    shelf.put("Kỹ thuật trồng ngô")
    shelf.put("Bài ca về ngô", kind="song")
    run_once()
    results = search("trồng ngô", kinds=["song"])
    assert (results.count, results.relaxed) == (0, False)
    assert [(one.value, one.count) for one in results.facets["kind"]] == [("book", 1), ("song", 0)]
    assert search("trồng sắn ngô", kinds=["song"]).relaxed is True


@pytest.mark.parametrize("text", ["!?", "🙂", "zzzz", "zzzz yyyy xxxx", "-", '"', "\0zz\0"])
def test_what_cannot_be_found_finds_nothing(books, text):
    results = search(text)
    assert (results.count, results.hits, results.pages) == (0, [], 0)


@pytest.mark.parametrize(
    "text", ["[a-z]* (", "title_base:ngô^2", "ngô AND OR NOT", "a~2 ? *", "\\", "x" * 10_000]
)
def test_no_text_reaches_the_engine_as_syntax(books, text):
    assert search(text).reduced is False
