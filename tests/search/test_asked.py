"""What is searched for is counted without a word of who did; rare texts are neither shown nor kept."""

from datetime import timedelta

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from portal.search import asked
from portal.search.drain import run_once
from portal.search.models import AskedQuery
from portal.web import daily

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def nothing_waiting(monkeypatch):
    monkeypatch.setattr(asked, "_waiting", {})


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô")
    run_once()
    return shelf


def texts(**wishes):
    return [(row["text"], row["total"], row["latest"]) for row in asked.report(**wishes)]


def ask(text, times=3, found=0, day=TODAY):
    AskedQuery.objects.create(text=text, day=day, times=times, found=found)


def test_searches_of_the_page_are_counted_by_day_and_folded_text(books, client):
    for text in ("Trồng ngô", "trong  ngo", "TRỒNG NGÔ"):
        client.get(reverse("search"), {"q": text})
    client.get(reverse("search"), {"q": "trồng sắn ngô"})
    asked.write()
    rows = {row.text: (row.day, row.times, row.found) for row in AskedQuery.objects.all()}
    assert rows == {"trong ngo": (TODAY, 3, 1), "trong san ngo": (TODAY, 1, 0)}


@pytest.mark.parametrize("query", [{"page": "2"}, {"kind": "book"}, {"sort": "title"}, {"q": ""}])
def test_further_pages_and_filters_are_no_new_question(books, client, query):
    client.get(reverse("search"), {"q": "ngô"} | query)
    asked.write()
    assert not AskedQuery.objects.exists()


def test_nothing_is_written_while_the_page_is_made(books, client):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("search"), {"q": "ngô"})
    assert not [query for query in queries if "askedquery" in query["sql"]]


def test_the_row_holds_nothing_of_who_asked(db):
    assert {field.name for field in AskedQuery._meta.fields} == {"id", "day", "text", "times", "found"}


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "ông Tư 0912 345 678",
        "+84 912.345.678",
        "a@b.vn",
        "thu cua ten@example.vn",
        "cccd 004099001234",
        "０９１２３４５６７８",
        "hộ chiếu B1234567",
        "x" * 101,
        "!?",
    ],
)
def test_what_may_be_personal_is_not_counted(db, text):
    asked.note(text, 0)
    asked.write()
    assert not AskedQuery.objects.exists()


@pytest.mark.parametrize("text", ["năm học 2025-2026", "387/QĐ-TTg", "tt 24/2023/tt-bgdđt", "lớp 5"])
def test_codes_and_years_are_counted(db, text):
    asked.note(text, 0)
    asked.write()
    assert AskedQuery.objects.count() == 1


def test_counts_of_several_processes_add_up(db):
    for found in (0, 4):
        asked.note("ngô", found)
        asked.write()
    row = AskedQuery.objects.get()
    assert (row.times, row.found) == (2, 4)


def test_what_cannot_be_written_waits(db, monkeypatch):
    asked.note("ngô", 0)
    with monkeypatch.context() as broken:
        broken.setattr(asked, "_add", lambda taken: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            asked.write()
    asked.note("ngô", 1)
    asked.write()
    assert AskedQuery.objects.get().times == 2


def test_a_flood_of_nonsense_fills_neither_memory_nor_database(db, monkeypatch):
    monkeypatch.setattr(asked, "MOST_WAITING", 5)
    monkeypatch.setattr(asked, "MOST_A_DAY", 3)
    for number in range(9):
        asked.note(f"vô nghĩa {number}", 0)
    assert len(asked._waiting) == 5
    asked.write()
    assert AskedQuery.objects.count() == 3


def test_the_report_shows_what_was_asked_three_times_the_most_asked_first(db):
    ask("then", times=2)
    ask("san", times=2)
    ask("san", times=1, day=TODAY - timedelta(days=1))
    ask("ngo", times=9, found=4)
    assert texts() == [("ngo", 9, 4), ("san", 3, 0)]
    assert texts(unanswered=True) == [("san", 3, 0)]


def test_what_has_been_answered_since_is_unanswered_no_more(db):
    ask("san", day=TODAY - timedelta(days=5))
    ask("san", times=1, found=2)
    assert texts(unanswered=True) == []


def test_rare_texts_go_after_a_month_and_all_after_two_years(db):
    ask("nguyen van a", times=2, day=TODAY - timedelta(days=31))
    ask("tran thi b", times=2, day=TODAY - timedelta(days=29))
    ask("san", day=TODAY - timedelta(days=700))
    ask("ngo", day=TODAY - timedelta(days=731))
    daily.run("search-asked", TODAY)
    assert set(AskedQuery.objects.values_list("text", flat=True)) == {"tran thi b", "san"}


def test_librarians_read_the_report_and_take_it_along(sign_in):
    client = sign_in(Role.LIBRARIAN)
    ask("cay sa nhan")
    ask("cay co ket qua", found=3)
    html = client.get(reverse("search_asked")).content.decode()
    assert "cay sa nhan" in html
    assert "cay co ket qua" not in html
    assert "cay co ket qua" in client.get(reverse("search_asked"), {"all": "1"}).content.decode()
    assert client.get(reverse("search_asked"), {"export": "xlsx"}).status_code == 200
    assert reverse("search_asked") in client.get("/admin/").content.decode()


def test_editors_do_not(sign_in):
    assert sign_in(Role.EDITOR).get(reverse("search_asked")).status_code == 302
