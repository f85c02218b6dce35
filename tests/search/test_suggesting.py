"""What is offered to somebody who is still typing."""

import pytest

from django.urls import reverse

from portal.search import engines, sources
from portal.search.drain import run_once
from portal.search.entry import OFFICER, PUBLIC
from portal.search.typed import read
from tests.search.shelf import Shelf


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô", persons=("Nguyễn Văn Tấn",))
    shelf.put("Trồng ngố", other_titles=("Trồng bắp",), persons=("Nguyễn Văn Tấn", "Nông Thị Tân"))
    shelf.put("Sổ tay trồng lúa", body="ngô", audience="officer", persons=("Hoàng Tấn",))
    run_once()
    return shelf


def suggest(text, audience=PUBLIC, limit=5):
    return engines.current().suggest(read(text), audience, limit)


def test_titles_that_have_all_words_come_the_exactly_spelt_first(books):
    assert suggest("trồng ngô").titles == [("Kỹ thuật trồng ngô", "/b/1"), ("Trồng ngố", "/b/2")]
    assert suggest("trong lua").titles == []


def test_the_last_word_may_be_its_beginning_only(books):
    assert {title for title, _ in suggest("tron").titles} == {"Kỹ thuật trồng ngô", "Trồng ngố"}
    assert suggest("tron ").titles == []


def test_another_title_finds_the_title(books):
    assert suggest("bap").titles == [("Trồng ngố", "/b/2")]


def test_persons_are_named_once_the_most_frequent_first(books):
    assert suggest("tan").persons == ["Nguyễn Văn Tấn", "Nông Thị Tân"]
    assert suggest("nong t").persons == ["Nông Thị Tân"]


def test_what_is_for_officers_is_offered_to_officers_only(books):
    assert "Hoàng Tấn" in suggest("tan", OFFICER).persons
    assert suggest("trong lua", OFFICER).titles == [("Sổ tay trồng lúa", "/b/3")]


def test_no_more_than_asked_for(books):
    assert len(suggest("trong", limit=1).titles) == 1
    assert len(suggest("tan", limit=1).persons) == 1


@pytest.fixture
def ask(client):
    def ask(text):
        response = client.get(reverse("api_search_suggest"), {"q": text})
        assert response.status_code == 200
        return response

    return ask


class ShelfWithSubjects(Shelf):
    def subjects(self):
        return [
            ("Nông nghiệp", "/s/1"),
            ("Nông thôn mới", "/s/2"),
            ("Pháp luật", "/s/3"),
            ("Nông lâm", "/s/4"),
        ]


def test_titles_subjects_and_persons_are_offered_with_what_they_are(books, ask):
    sources.register(ShelfWithSubjects("subjects"))
    offers = ask("nong").json()["suggestions"]
    assert [(one["kind"], one["text"], one["url"]) for one in offers] == [
        ("subject", "Nông nghiệp", "/s/1"),
        ("subject", "Nông thôn mới", "/s/2"),
        ("person", "Nông Thị Tân", None),
    ]
    assert all(one["label"] for one in offers)
    assert ask("trong ngo").json()["suggestions"][0] == {
        "kind": "title",
        "label": "",
        "text": "Kỹ thuật trồng ngô",
        "url": "/b/1",
    }


def test_the_answer_is_for_everybody_and_may_be_kept_for_a_minute(books, ask, client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("officer", password="x" * 20))
    response = ask("tan")
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert "Hoàng Tấn" not in response.content.decode()


@pytest.mark.parametrize("text", ["", "t", "!?", "đ ", "zzzz", '"', "x" * 5000, "[a-z]*", "-ngô"])
def test_what_offers_nothing_says_so(books, ask, text):
    answer = ask(text).json()
    assert answer["suggestions"] == []
    assert answer["status"]


def test_a_title_of_several_things_is_offered_once(books, ask):
    books.put("Trồng ngô", 8)
    books.put("Trồng ngô", 9)
    run_once()
    texts = [one["text"] for one in ask("trồng ngô").json()["suggestions"]]
    assert texts.count("Trồng ngô") == 1


def test_without_an_index_subjects_are_still_offered(shelf, ask):
    sources.register(ShelfWithSubjects("subjects"))
    assert [one["text"] for one in ask("phap").json()["suggestions"]] == ["Pháp luật"]


def test_suggesting_asks_the_database_nothing(books, ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask("trong")
