"""/tim-kiem/: everything from one box, by GET alone."""

import datetime
import re

import pytest

from django.urls import reverse

from library.views.enquiries import form_address
from portal.accounts.models import User
from portal.cms.models import FrameStamp
from portal.search.drain import run_once


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô", summary="<script>alert(1)</script> trồng ngô trên đất dốc")
    shelf.put("Bài ca trồng ngô", kind="song")
    shelf.put("Trồng ngô: sổ tay cán bộ", audience="officer")
    run_once()
    return shelf


@pytest.fixture
def page(client):
    def page(status=200, **query):
        response = client.get(reverse("search"), query)
        assert response.status_code == status
        return response.content.decode()

    return page


def test_the_address_is_fixed():
    assert reverse("search") == "/tim-kiem/"


def test_results_are_listed_with_their_words_marked(books, page):
    html = page(q="ky thuat trong ngo")
    assert '<a href="/b/1"><mark>Kỹ thuật trồng ngô</mark></a>' in html
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html
    assert 'value="ky thuat trong ngo"' in html


def test_kinds_are_links_that_add_and_take_away(books, page):
    html = page(q="ngo")
    assert 'href="?q=ngo&amp;kind=song"' in html
    html = page(q="ngo", kind="song")
    assert "/b/2" in html
    assert "/b/1" not in html
    assert 'href="?q=ngo"' in html


def test_search_engines_stay_out(books, page):
    assert '<meta name="robots" content="noindex' in page(q="ngo")
    assert '<meta name="robots" content="noindex' in page()


def test_the_public_does_not_see_what_is_for_officers(books, page):
    assert "/b/3" not in page(q="ngo")


def test_officers_see_more(books, page, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("officer", password="x" * 20))
    assert "/b/3" in page(q="ngo")


def test_people_without_a_role_see_what_the_public_sees(books, page, client):
    client.force_login(User.objects.create_user("reader", password="x" * 20))
    assert "/b/3" not in page(q="ngo")


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "zzzzz"}, {"q": "!?"}, {"q": "zzz", "kind": "nothing"}]
)
def test_there_is_always_a_way_on(books, page, query):
    html = page(**query)
    assert f'href="{reverse("library:list")}"' in html
    assert f'href="{form_address(query.get("q", ""))}"' in html


def test_filters_that_hide_everything_can_be_taken_off(books, page):
    html = page(q="ky thuat trong ngo", kind="song")
    assert 'href="?q=ky+thuat+trong+ngo" rel="nofollow">' in html
    assert 'href="?q=ky+thuat+trong+ngo&amp;kind=song&amp;kind=book"' in html


def test_relaxed_results_say_so(books, page):
    html = page(q="ky thuat trong sen")
    assert '<p class="notice">' in html
    assert f'href="{form_address("ky thuat trong sen")}"' in html
    assert '<p class="notice' not in page(q="ngo")


def test_without_an_index_the_page_still_stands_and_says_so(shelf, page):
    assert '<p class="notice notice--warning"' in page(q="ngo")


def test_the_order_is_an_address(books, page):
    html = page(q="ngo", sort="title")
    assert html.index("/b/2") < html.index("/b/1")
    assert 'href="?q=ngo&amp;sort=newest"' in html
    assert 'href="?q=ngo" rel="nofollow">' in html


def test_a_title_in_another_language_says_which(books, page):
    books.put("Learning for all", 9, language="en")
    run_once()
    assert '<a href="/b/9" lang="en">' in page(q="learning")


@pytest.mark.parametrize("number", ["0", "-1", "x", "2", "99", "501", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(books, page, number):
    page(404, q="ngo", page=number)


def test_a_page_too_deep_says_why(books, page):
    assert "10.000" in page(404, q="ngo", page="501")


@pytest.mark.parametrize("text", ['"', "<b>", "%", "a" * 5000, "\\", "[(", "ngô -", "''"])
def test_no_text_breaks_the_page(books, page, text):
    page(q=text)


def test_queries_do_not_grow_with_the_results(books, page, client, django_assert_max_num_queries):
    page(q="ngo")
    for number in range(10, 30):
        books.put(f"Ngô {number}", number)
    run_once()
    FrameStamp.renew()
    page(q="ngo")  # from here on the process keeps the frame
    with django_assert_max_num_queries(4) as few:
        page(q="ngo")
    assert not [query for query in few.captured_queries if "search_outboxrow" in query["sql"]]


def test_a_day_of_which_nothing_is_known_is_left_out(books, page):
    books.put("Lịch gieo ngô", date=datetime.date(2026, 3, 2))
    run_once()
    html = page(q="lich gieo ngo")
    assert "Lịch gieo ngô" in re.sub("</?mark>", "", html)
    assert "02/03/2026" not in html
