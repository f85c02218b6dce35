"""GET /api/v1/search/: plain JSON of what the public may see."""

import pytest

from django.urls import reverse

from portal.search.drain import run_once


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô", facets={"subject": ("crops",)})
    shelf.put("Bài ca trồng ngô", kind="song")
    shelf.put("Trồng ngô: sổ tay cán bộ", audience="officer")
    run_once()
    return shelf


@pytest.fixture
def ask(client):
    def ask(**query):
        response = client.get(reverse("api_search"), query)
        return response.status_code, response.json()

    return ask


def test_the_answer_holds_results_facets_and_how_it_was_found(books, ask):
    status, answer = ask(q="ky thuat trong ngo")
    assert status == 200
    assert answer == {
        "count": 1,
        "results": [{"key": "book:1", "kind": "book", "title": "Kỹ thuật trồng ngô", "url": "/b/1"}],
        "facets": {"kind": {"book": 1}, "subject": {"crops": 1}, "level": {}},
        "suggestion": None,
        "relaxed": False,
    }


def test_kinds_narrow_and_may_be_repeated(books, ask):
    assert ask(q="ngo", kind="song")[1]["count"] == 1
    assert ask(q="ngo", kind=["song", "book"])[1]["count"] == 2
    assert ask(q="ngo", kind="nothing")[1]["count"] == 0


def test_only_what_is_public_is_found(books, ask):
    assert {one["key"] for one in ask(q="ngo")[1]["results"]} == {"book:1", "book:2"}
    assert {one["key"] for one in ask()[1]["results"]} == {"book:1", "book:2"}


def test_relaxed_results_say_so(books, ask):
    assert ask(q="ky thuat trong sen")[1]["relaxed"] is True


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "501", "9" * 30, "²", "1\0"])
def test_a_bad_page_is_refused_with_a_sentence(books, ask, page):
    status, answer = ask(q="ngo", page=page)
    assert status == 400
    assert answer["detail"].endswith((".", "!"))


def test_a_page_after_the_last_is_empty(books, ask):
    status, answer = ask(q="ngo", page="3")
    assert (status, answer["count"], answer["results"]) == (200, 2, [])


def test_a_search_asks_the_database_only_whether_the_synonyms_hold(books, ask, django_assert_num_queries):
    ask(q="ngo")
    with django_assert_num_queries(1) as asked:
        ask(q="trong ngo", kind="book", page="1")
    assert "editorialstamp" in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_reads(client, db, method):
    assert getattr(client, method)(reverse("api_search")).status_code == 405
