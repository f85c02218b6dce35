"""Words that mean the same find each other, one step, and hurtful names are understood but never shown."""

import csv

import pytest

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.search import editorial, seed
from portal.search.drain import run_once
from portal.search.models import EditorialStamp, SynonymGroup
from portal.search.query import search
from portal.search.typed import read, words_of


def group(*terms, hidden=(), **fields):
    made = SynonymGroup(terms="\n".join(terms), hidden="\n".join(hidden), **fields)
    made.full_clean()
    made.save()
    return made


def needs(text):
    """The words of each need, and what may stand instead."""
    return [
        (
            " ".join(word.base for word in need.words),
            {" ".join(word.exact for word in other) for other in need.instead},
        )
        for need in editorial.current().synonyms.expand(read(text)).needs
    ]


def found(text):
    results = search(text)
    return set() if results.relaxed else {hit.title for hit in results.hits}


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô trên đất dốc")
    shelf.put("Cây bắp nếp và đất dốc")
    shelf.put("Bập bùng ánh lửa")
    run_once()
    group("ngô", "bắp")
    return shelf


@pytest.mark.parametrize("text", ["ngô", "bắp", "ngo", "BẮP", "ngô đất dốc", "dat doc ngo"])
def test_each_word_of_a_group_finds_the_others(books, text):
    assert "Cây bắp nếp và đất dốc" in found(text)


def test_what_stands_instead_is_spelt_exactly(books):
    assert found("ngô") == {"Kỹ thuật trồng ngô trên đất dốc", "Cây bắp nếp và đất dốc"}


def test_the_word_that_was_typed_comes_first(books):
    assert search("ngô").hits[0].title == "Kỹ thuật trồng ngô trên đất dốc"
    assert search("bắp").hits[0].title == "Cây bắp nếp và đất dốc"


def test_quoted_words_and_words_left_out_are_meant_as_they_are(books):
    assert found('"trồng ngô" dốc') == {"Kỹ thuật trồng ngô trên đất dốc"}
    assert found("đất dốc -ngô") == {"Cây bắp nếp và đất dốc"}


def test_an_edit_holds_at_once(books):
    assert found("ngô") != found("sắn") == set()
    group("ngô", "sắn")
    assert found("sắn") == {"Kỹ thuật trồng ngô trên đất dốc"}
    SynonymGroup.objects.get(terms="ngô\nsắn").delete()
    assert found("sắn") == set()


def test_an_edit_of_another_process_holds_at_once(books):
    """It cannot reach what this process keeps: the row in the database must tell."""
    found("ngô")
    SynonymGroup.objects.filter(terms="ngô\nbắp").update(terms="ngô\nlửa")
    EditorialStamp.renew()
    assert found("ngô") == {"Kỹ thuật trồng ngô trên đất dốc", "Bập bùng ánh lửa"}


def test_while_nothing_changes_one_query_tells_so(db):
    group("ngô", "bắp")
    editorial.current()
    with CaptureQueriesContext(connection) as queries:
        editorial.current()
    assert len(queries) == 1


def test_groups_are_followed_one_step_only(db):
    group("Đình Phong", "Ngọc Khê", kind="place")
    group("Đình Phong", "Ngọc Côn", kind="place")
    assert needs("Ngọc Khê") == [("ngoc khe", {"dinh92 phong"})]
    assert needs("Đình Phong") == [("dinh phong", {"ngoc5 khe6", "ngoc5 con6"})]


def test_the_longest_term_is_taken(db):
    group("học tập", "tự học")
    group("trung tâm học tập cộng đồng", "TTHTCĐ")
    assert needs("tthtcd xa") == [
        ("tthtcd", {"trung tam6 hoc5 tap65 cong65 dong962"}),
        ("xa", set()),
    ]
    assert needs("trung tâm học tập cộng đồng") == [("trung tam hoc tap cong dong", {"tthtcd9"})]


def test_whoever_types_accents_means_them(db):
    group("CĐHT", "cộng đồng học tập")
    group("CDHT", "công dân học tập")
    assert needs("cđht") == [("cdht", {"cong65 dong962 hoc5 tap65"})]
    assert needs("cdht") == [("cdht", {"cong65 dong962 hoc5 tap65", "cong6 dan6 hoc5 tap65"})]


def test_an_ambiguous_word_stands_for_another_only_beside_its_neighbours(shelf):
    shelf.put("Nhà văn hóa thôn")
    shelf.put("Cây thôn quê")
    shelf.put("Văn bản mới")
    run_once()
    group("bản", "thôn", ambiguous=True)
    assert found("văn bản") == {"Văn bản mới"}
    assert found("hóa bản") == {"Nhà văn hóa thôn"}
    assert found("bản") == {"Nhà văn hóa thôn", "Cây thôn quê", "Văn bản mới"}


def test_hidden_names_are_understood_and_never_marked(shelf):
    shelf.put("Văn hóa người Mông")
    shelf.put("Sách cũ về người Mèo")
    run_once()
    group("người Mông", hidden=["người Mèo"], kind="ethnonym")
    assert found("người Mèo") == found("người mông") == {"Văn hóa người Mông", "Sách cũ về người Mèo"}
    marked = {hit.title: hit.title_html for hit in search("người Mông").hits}
    assert marked["Sách cũ về người Mèo"] == "Sách cũ về <mark>người</mark> Mèo"


def test_synonyms_are_marked_where_they_are_spelt_so(books):
    marked = {hit.title: hit.title_html for hit in search("ngô").hits}
    assert marked["Cây bắp nếp và đất dốc"] == "Cây <mark>bắp</mark> nếp và đất dốc"


def test_relaxed_results_count_the_words_of_a_term_one_by_one(shelf):
    shelf.put("Trung tâm học tập của xã")
    run_once()
    group("trung tâm học tập cộng đồng", "TTHTCĐ")
    results = search("trung tâm học tập cộng đồng")
    assert (results.count, results.relaxed) == (1, True)


@pytest.mark.parametrize("terms", [["ngô"], ["ngô", "ngô"], ["ngô", "!?"], [f"từ {n}" for n in range(21)]])
def test_a_group_that_makes_no_sense_is_refused(db, terms):
    with pytest.raises(ValidationError):
        group(*terms)


def test_a_new_site_has_the_groups_of_the_file_and_keeps_what_librarians_change(db):
    with (seed.DATA / "synonyms.csv").open(encoding="utf-8") as lines:
        assert seed.load() == len(list(csv.DictReader(lines))) > 200
    SynonymGroup.objects.exclude(terms="ngô\nbắp").delete()
    assert seed.load() == 0
    assert SynonymGroup.objects.count() == 1


def test_the_names_that_nobody_should_read_are_hidden_in_the_file(db):
    seed.load()
    synonyms = editorial.current().synonyms
    for name in ("Mèo", "người Mán", "dân tộc Thổ", "người tàn tật"):
        assert synonyms.hides(words_of(name))
    assert not synonyms.hides(words_of("người Mông"))
