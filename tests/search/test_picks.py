"""What librarians chose for a search stands first, while it is there and the reader may see it."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from portal.search import sources
from portal.search.drain import run_once
from portal.search.entry import OFFICER
from portal.search.models import Pick
from portal.search.query import search
from tests.search.shelf import Shelf


class ShelfWithAddresses(Shelf):
    def id_at(self, path):
        return path.removeprefix("/b/") if path.startswith("/b/") else None


@pytest.fixture
def books(db):
    shelf = ShelfWithAddresses()
    sources.register(shelf)
    shelf.put("Kỹ thuật trồng ngô")
    shelf.put("Ngô và lúa")
    shelf.put("Cẩm nang nhà nông")
    shelf.put("Sổ tay cán bộ", audience=OFFICER)
    run_once()
    return shelf


def pick(query, *addresses):
    return Pick.objects.create(query=query, addresses="\n".join(addresses))


def titles(text, **wishes):
    results = search(text, with_picks=True, **wishes)
    return [hit.title for hit in results.picks], [hit.title for hit in results.hits]


@pytest.mark.parametrize("text", ["Trồng ngô", "trong ngo", "TRỒNG  NGÔ!"])
def test_it_stands_first_however_the_words_are_typed(books, text):
    pick("trồng ngô", "/b/3", "https://example.vn/b/2")
    assert titles(text) == (["Cẩm nang nhà nông", "Ngô và lúa"], ["Kỹ thuật trồng ngô"])


def test_it_is_not_shown_twice(books):
    pick("ngô", "/b/2")
    assert titles("ngô") == (["Ngô và lúa"], ["Kỹ thuật trồng ngô"])


def test_other_words_other_pages_and_filters_have_none(books):
    pick("ngô", "/b/3")
    assert titles("ngô lúa")[0] == []
    assert titles("ngô", page=2)[0] == []
    assert titles("ngô", facets={"subject": ["x"]})[0] == []
    assert titles("ngô", kinds=["song"])[0] == []
    assert titles("ngô", kinds=["book"])[0] == ["Cẩm nang nhà nông"]
    assert search("ngô").picks == []


def test_what_has_gone_or_is_for_officers_is_not_shown(books):
    pick("ngô", "/b/3", "/b/4", "/b/99", "/nowhere/")
    assert titles("ngô")[0] == ["Cẩm nang nhà nông"]
    assert titles("ngô", audience=OFFICER)[0] == ["Cẩm nang nhà nông", "Sổ tay cán bộ"]
    books.take(3)
    assert titles("ngô")[0] == []


def test_the_page_and_the_api_show_it_first(books, client):
    pick("trồng ngô", "/b/3")
    html = client.get(reverse("search"), {"q": "trồng ngô"}).content.decode()
    assert html.index("Cẩm nang nhà nông") < html.index("/b/1")
    answer = client.get(reverse("api_search"), {"q": "trồng ngô"}).json()
    assert [one["key"] for one in answer["results"]] == ["book:3", "book:1"]


def test_a_librarian_chooses_what_stands_first(books, sign_in):
    client = sign_in(Role.LIBRARIAN)
    form = {"query": "Trồng ngô", "addresses": "https://example.vn/b/3\n /b/1 "}
    assert client.post(reverse("search_picks:add"), form).status_code == 302
    assert titles("trong ngo")[0] == ["Cẩm nang nhà nông", "Kỹ thuật trồng ngô"]


@pytest.mark.parametrize(
    "form",
    [
        {"query": "trồng sắn", "addresses": "/nowhere/"},
        {"query": "!?", "addresses": "/b/3"},
        {"query": "TRONG NGO", "addresses": "/b/3"},
        {"query": "trồng sắn", "addresses": "/b/1\n/b/2\n/b/3\n/b/1?a\n/b/2?a\n/b/3?a"},
    ],
)
def test_a_choice_that_makes_no_sense_is_sent_back(books, sign_in, form):
    pick("trồng ngô", "/b/3")
    assert sign_in(Role.LIBRARIAN).post(reverse("search_picks:add"), form).status_code == 200
    assert Pick.objects.count() == 1
