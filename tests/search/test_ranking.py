"""What comes first: spelt as typed, in the title, next to each other; then what the engine thinks."""

from datetime import date

import pytest

from portal.search.drain import run_once
from portal.search.query import PageRefused, search


def titles(text, **wishes):
    return [hit.title for hit in search(text, **wishes).hits]


def test_the_exact_spelling_comes_first(shelf):
    shelf.put("Phòng chống ma túy")
    shelf.put("Lý thuyết mã")
    shelf.put("Má và con")
    run_once()
    assert titles("mã")[0] == "Lý thuyết mã"
    assert titles("má")[0] == "Má và con"
    assert titles("ma")[0] == "Phòng chống ma túy"


def test_the_exact_spelling_in_a_body_goes_before_another_one_in_a_title(shelf):
    shelf.put("Ma túy, ma trận, ma thuật")
    shelf.put("Sách giáo khoa", body="một chương về mã và một về số")
    run_once()
    assert titles("mã") == ["Sách giáo khoa", "Ma túy, ma trận, ma thuật"]


def test_a_title_goes_before_a_body_for_those_who_type_no_accents(shelf):
    shelf.put("Sách giáo khoa", body="ngo ngo ngo ngo, viết không dấu")
    shelf.put("Kỹ thuật trồng ngô")
    run_once()
    assert titles("ngo")[0] == "Kỹ thuật trồng ngô"


def test_words_next_to_each_other_go_before_words_apart(shelf):
    shelf.put("Học sinh vùng cao tập viết")
    shelf.put("Phong trào học tập ở vùng cao")
    run_once()
    assert titles("hoc tap")[0] == "Phong trào học tập ở vùng cao"


def test_whole_words_go_before_beginnings(shelf):
    shelf.put("Hoạt động")
    shelf.put("Hoa hồi")
    run_once()
    assert titles("hoa") == ["Hoa hồi", "Hoạt động"]


def test_newest_first_and_by_title_in_vietnamese_order(shelf):
    shelf.put("Đất", date=date(2025, 1, 1))
    shelf.put("Ấm", date=date(2026, 1, 1))
    shelf.put("Dưa", date=date(2024, 1, 1))
    shelf.put("An")
    run_once()
    assert titles("", sort="newest") == ["Ấm", "Đất", "Dưa", "An"]
    assert titles("", sort="title") == ["An", "Ấm", "Dưa", "Đất"]


def test_most_used_first(shelf):
    shelf.put("Ít dùng", uses=1)
    shelf.put("Không dùng")
    shelf.put("Hay dùng", uses=20)
    run_once()
    assert titles("dung", sort="used") == ["Hay dùng", "Ít dùng", "Không dùng"]


def test_an_unknown_order_is_the_usual_one(shelf):
    shelf.put("Hoa hồi")
    run_once()
    assert titles("hoa", sort="x'; --") == ["Hoa hồi"]


def test_pages_follow_each_other_without_gaps(shelf):
    for number in range(45):
        shelf.put(f"Bài {number}")
    run_once()
    pages = [search("bai", page=page, per_page=20) for page in (1, 2, 3, 4)]
    assert [len(one.hits) for one in pages] == [20, 20, 5, 0]
    assert {one.count for one in pages} == {45}
    assert {one.pages for one in pages} == {3}
    assert len({hit.key for one in pages for hit in one.hits}) == 45


@pytest.mark.parametrize("page", [0, -1, 501, 10**9])
def test_pages_that_nobody_reads_are_refused(shelf, page):
    with pytest.raises(PageRefused):
        search("bai", page=page, per_page=20)
