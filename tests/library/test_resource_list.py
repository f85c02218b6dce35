"""The public list: search box, facets, chips, order, pages; every state a plain address."""

import pytest

from django.urls import reverse

from library.enums import Kind, Level
from tests.factories.library import ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def get(client, query=""):
    return client.get(reverse("library:list") + query)


def titles(response):
    return [resource.title for resource, _hit in response.context["items"]]


def choices(response, name):
    """{label: (count, selected)} of one facet."""
    facet = next(each for each in response.context["facets"] if each.name == name)
    return {choice.label: (choice.count, choice.selected) for choice in facet.choices}


def link(response, name, label):
    facet = next(each for each in response.context["facets"] if each.name == name)
    return next(choice.url for choice in facet.choices if choice.label == label)


@pytest.fixture
def shelf(indexed):
    farming = SubjectFactory(name="Nông nghiệp", slug="nong-nghiep")
    breeding = SubjectFactory(name="Chăn nuôi", slug="chan-nuoi", parent=farming)
    health = SubjectFactory(name="Sức khỏe", slug="suc-khoe")
    ResourceFactory(title="Kỹ thuật trồng ngô", subjects=[farming], kind=Kind.BOOK, year=2019, tags=["bắp"])
    ResourceFactory(title="Nuôi bò mùa rét", subjects=[breeding], kind=Kind.VIDEO, creators=["Lò Văn Mẫu"])
    ResourceFactory(title="Ăn uống đủ chất", subjects=[health], kind=Kind.BOOK, level=Level.PRIMARY)
    ResourceFactory(title="Taol Hmôngz", subjects=[health], kind=Kind.AUDIO, language="mww")
    indexed()


def test_the_front_of_the_library_shows_everything_and_subjects_to_browse(client, shelf):
    response = get(client)
    assert response.status_code == 200
    assert len(titles(response)) == 4
    browse = [
        (top.name, top.count, [each.name for each in top.narrower]) for top in response.context["subjects"]
    ]
    assert browse == [("Nông nghiệp", 2, ["Chăn nuôi"]), ("Sức khỏe", 2, [])]


def test_a_search_without_accents_finds_and_marks_the_title(client, shelf):
    response = get(client, "?q=ky+thuat+trong+ngo")
    assert titles(response) == ["Kỹ thuật trồng ngô"]
    assert "<mark>" in response.content.decode()
    assert "subjects" not in response.context


@pytest.mark.parametrize("query", ["bap", "Lo Van Mau", "chan nuoi"])
def test_tags_creators_and_subjects_are_searched_too(client, shelf, query):
    assert len(titles(get(client, f"?q={query}"))) == 1


def test_a_subject_brings_its_narrower_subjects_along(client, shelf):
    assert set(titles(get(client, "?subject=nong-nghiep"))) == {"Kỹ thuật trồng ngô", "Nuôi bò mùa rét"}
    assert titles(get(client, "?subject=chan-nuoi")) == ["Nuôi bò mùa rét"]


def test_several_values_of_a_facet_widen_and_several_facets_narrow(client, shelf):
    assert len(titles(get(client, "?form=book&form=video"))) == 3
    assert titles(get(client, "?form=book&form=video&subject=suc-khoe")) == ["Ăn uống đủ chất"]


def test_the_counts_of_a_facet_ignore_its_own_choice(client, shelf):
    response = get(client, "?form=video")
    assert choices(response, "form") == {"Sách": (2, False), "Phim, video": (1, True), "Âm thanh": (1, False)}
    assert choices(response, "level") == {"Người lớn": (1, False)}


def test_every_choice_is_a_link_that_adds_it_or_takes_it_away(client, shelf):
    first = get(client, "?q=mau&sort=title")
    assert get(client, "?form=book").context["chips"][0].url == "?"
    both = get(client, link(get(client, "?form=book"), "form", "Phim, video"))
    assert len(titles(both)) == 3
    assert len(titles(get(client, link(both, "form", "Sách")))) == 1
    assert first.status_code == 200


def test_a_chip_stands_for_each_choice_and_for_the_words(client, shelf):
    response = get(client, "?q=mau&form=book&level=tieu-hoc")
    assert [chip.label for chip in response.context["chips"]] == ["“mau”", "Sách", "Tiểu học"]


def test_titles_can_be_read_in_vietnamese_order(client, shelf):
    assert titles(get(client, "?sort=title")) == [
        "Ăn uống đủ chất",
        "Kỹ thuật trồng ngô",
        "Nuôi bò mùa rét",
        "Taol Hmôngz",
    ]


def test_a_language_is_a_choice_and_the_title_says_its_language(client, shelf):
    response = get(client, "?language=mww")
    assert titles(response) == ["Taol Hmôngz"]
    assert 'lang="mww"' in response.content.decode()


def test_only_the_plain_list_is_for_search_engines(client, shelf):
    assert "X-Robots-Tag" not in get(client).headers
    for query in ("?q=ngo", "?form=book", "?sort=title"):
        assert get(client, query).headers["X-Robots-Tag"] == "noindex, follow"


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "999999999999", "1.5", "²"])
def test_a_page_that_does_not_exist_is_not_found(client, shelf, page):
    assert get(client, f"?page={page}").status_code == 404


@pytest.mark.parametrize(
    "query", ["?form=khong-co", "?nonsense=1", "?sort=worst", "?q=%22", "?q=-", "?form="]
)
def test_odd_addresses_are_answered(client, shelf, query):
    assert get(client, query).status_code == 200


def test_nothing_found_says_what_to_try(client, shelf):
    response = get(client, "?q=xyzxyz")
    assert titles(response) == []
    assert "Không tìm thấy" in response.content.decode()


def test_the_second_page_goes_on_where_the_first_ended(client, indexed):
    subject = SubjectFactory()
    for number in range(23):
        ResourceFactory(title=f"Bài {number:02d}", subjects=[subject])
    indexed()
    first, second = titles(get(client, "?sort=title")), titles(get(client, "?sort=title&page=2"))
    assert first + second == [f"Bài {number:02d}" for number in range(23)]


def test_the_number_of_queries_does_not_grow_with_the_list(client, indexed, django_assert_max_num_queries):
    subject = SubjectFactory()
    ResourceFactory(subjects=[subject], creators=["A"])
    indexed()
    get(client)  # what is cached for the site is cached now
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        get(client)
    for number in range(19):
        ResourceFactory(subjects=[subject], creators=[f"B {number}", "C"])
    indexed()
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert len(titles(get(client))) == 20
    assert len(many) == len(few)
    assert len({query["sql"] for query in many}) == len(many)


def test_what_has_been_removed_since_the_index_was_made_is_left_out(client, shelf):
    from library.models import Resource

    Resource.objects.get(title="Nuôi bò mùa rét").delete()
    assert "Nuôi bò mùa rét" not in titles(get(client))


def test_an_officers_list_asks_no_question_twice(client, shelf, officer, django_assert_max_num_queries):
    client.force_login(officer)
    get(client)
    with django_assert_max_num_queries(MOST_QUERIES) as queries:
        get(client)
    assert len({query["sql"] for query in queries}) == len(queries)
