"""/api/v1/ for programs: typed, by key, and nothing but what everybody may see."""

import datetime
from itertools import pairwise

import pytest

from django.utils import timezone

from library.api.serializers import DocumentSerializer, ResourceSerializer, SubjectSerializer
from library.models import Rendition, Resource
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory

from .asking import LIST, full, ids
from .hidden import HIDDEN, OUT_OF_DATE

pytestmark = pytest.mark.django_db
QUERIES = 9  # the resources, and one for each kind of rows below them


def test_a_resource_says_everything_that_is_known(ask):
    resource = full()
    answer = ask(f"{LIST}{resource.pk}/")
    subject = resource.subjects.get()
    assert answer["url"] == f"http://testserver/r/{resource.pk}"
    assert (answer["title"], answer["other_titles"]) == ("Kỹ thuật nuôi ong", ["Nuôi ong nội"])
    assert answer["languages"] == ["vie", "tyz"]
    assert answer["creators"] == [{"name": "Người Mẫu", "role": "author"}]
    assert answer["subjects"] == [{"slug": subject.slug, "name": subject.name}]
    assert answer["identifiers"] == [{"scheme": "isbn", "value": "9780306406157"}]
    assert answer["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert answer["tags"] == ["ong"]
    assert answer["place"] == str(resource.place)
    assert answer["files"][0]["url"] == resource.renditions.get().url
    assert (answer["reviewed_on"], answer["valid_until"]) == ("2026-02-05", "2999-12-31")


def test_a_file_of_ours_has_an_address_that_answers(client, ask):
    resource = ResourceFactory()
    Rendition.objects.create(resource=resource, form="pdf", file="x.pdf", size=12)
    ours = ask(f"{LIST}{resource.pk}/")["files"][1]
    assert ours["url"].startswith(f"http://testserver/r/{resource.pk}/tep/")
    assert ours["size"] == 12


@pytest.mark.parametrize(
    ("shape", "address"),
    [
        (ResourceSerializer, "/api/v1/resources/{resource}/"),
        (DocumentSerializer, "/api/v1/documents/{document}/"),
        (SubjectSerializer, "/api/v1/subjects/{subject}/"),
    ],
)
def test_answers_have_the_names_of_their_description_and_no_others(ask, shape, address):
    resource = full()
    numbers = {
        "resource": resource.pk,
        "document": OfficialDocumentFactory().pk,
        "subject": resource.subjects.get().slug,
    }
    assert set(ask(address.format(**numbers))) == set(shape().fields)


def test_a_list_is_walked_by_key_and_holds_each_once(client, ask):
    made = [ResourceFactory().pk for _ in range(7)]
    found, address = [], f"{LIST}?limit=3"
    while address:
        answer = ask(address)
        found += ids(answer)
        address = answer["next"]
        ResourceFactory(withdrawn=True)
    assert found == made


def test_what_comes_in_meanwhile_is_neither_missed_nor_repeated(ask):
    first = [ResourceFactory().pk for _ in range(3)]
    answer = ask(limit=2)
    Resource.objects.filter(pk=first[0]).delete()
    new = ResourceFactory().pk
    assert ids(ask(answer["next"])) == [first[2], new]


def test_the_last_list_has_nothing_next(ask):
    ResourceFactory()
    assert ask(limit=1)["next"] is None
    assert ask(after=2**63 - 1) == {"next": None, "results": []}


def test_a_list_costs_the_same_queries_however_long_and_wherever(client, django_assert_num_queries):
    for _ in range(4):
        full()
    middle = Resource.objects.order_by("pk")[1].pk
    client.get(LIST)
    for query in ({}, {"limit": 1}, {"after": middle, "limit": 1}):
        with django_assert_num_queries(QUERIES) as asked:
            client.get(LIST, query)
        assert not any("OFFSET" in each["sql"] for each in asked.captured_queries)


def test_filters_narrow_by_language_kind_and_subject_with_what_is_below_it(ask):
    above = SubjectFactory()
    below = SubjectFactory(parent=above)
    tay = ResourceFactory(other_languages=["tyz"], subjects=[below]).pk
    video = ResourceFactory(kind="video", language="tyz", subjects=[above, below]).pk
    ResourceFactory()
    assert ids(ask(language="tyz")) == [tay, video]
    assert ids(ask(kind="video")) == [video]
    assert ids(ask(subject=above.slug)) == [tay, video]
    assert ids(ask(subject=below.slug, kind="video")) == [video]


def test_a_filter_goes_on_in_the_next_address(ask):
    for _ in range(2):
        ResourceFactory(kind="video")
        ResourceFactory()
    answer = ask(kind="video", limit=1)
    assert len(ids(ask(answer["next"]))) == 1
    assert ask(answer["next"])["next"] is None


def test_updated_since_finds_what_changed(ask):
    old, new = ResourceFactory(), ResourceFactory()
    moment = timezone.now()
    Resource.objects.filter(pk=old.pk).update(updated_at=moment - datetime.timedelta(days=2))
    since = (moment - datetime.timedelta(days=1)).isoformat()
    assert ids(ask(updated_since=since)) == [new.pk]


@pytest.mark.parametrize("hidden", [*HIDDEN, OUT_OF_DATE])
def test_what_not_everybody_may_see_is_in_no_answer(ask, hidden):
    resource = ResourceFactory(title="Tên kín", **hidden)
    assert ids(ask()) == []
    assert ask(f"{LIST}{resource.pk}/", status=404) == {"detail": "Không có gì ở địa chỉ này."}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"limit": "0"}, "“limit” là số nguyên từ 1 đến 200."),
        ({"kind": "sach"}, "“kind” là một trong các giá trị: book, article"),
        ({"updated_since": "hom qua"}, "“updated_since” là một thời điểm, ví dụ 2026-11-26T00:00:00Z."),
        ({"langauge": "vie"}, "Ở đây không có tham số “langauge”."),
    ],
)
def test_a_bad_wish_is_told_what_may_be_asked(ask, query, sentence):
    assert ask(status=400, **query)["detail"].startswith(sentence)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "x"},
        {"after": "-1"},
        {"after": "9" * 30},
        {"language": "yao"},
        {"kind": ["book", "book"]},
        {"updated_since": "gestern"},
        {"subject": "a/b"},
        {"langauge": "vie"},
    ],
)
def test_a_bad_wish_is_refused_with_a_sentence(ask, query):
    answer = ask(status=400, **query)
    assert list(answer) == ["detail"]
    assert answer["detail"].endswith(".")


def test_an_unknown_subject_is_said(ask):
    assert "khong-co" in ask(status=404, subject="khong-co")["detail"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_time_break_nothing(ask, moment):
    ask(updated_since=moment)


def test_the_tree_of_subjects(ask):
    above = SubjectFactory(name="Nông nghiệp", slug="nong-nghiep")
    below = SubjectFactory(name="Chăn nuôi", slug="chan-nuoi", parent=above)
    (top,) = ask("/api/v1/subjects/")["results"]
    assert (top["name"], top["parent"]) == ("Nông nghiệp", None)
    assert [(each["slug"], each["parent"]) for each in top["children"]] == [("chan-nuoi", "nong-nghiep")]
    assert ask(f"/api/v1/subjects/{above.slug}/") == top
    assert ask(f"/api/v1/subjects/{below.slug}/")["children"] == []


def test_official_documents_are_walked_and_narrowed(ask):
    documents = [OfficialDocumentFactory(issuer="Bộ A; Bộ B") for _ in range(3)]
    plan = OfficialDocumentFactory(kind="KH")
    answer = ask("/api/v1/documents/", limit=2)
    assert ids(answer) == [each.pk for each in documents[:2]]
    assert ids(ask(answer["next"])) == [documents[2].pk, plan.pk]
    assert ids(ask("/api/v1/documents/", kind="KH")) == [plan.pk]
    assert ask(f"/api/v1/documents/{plan.pk}/")["number"] == plan.number
    assert answer["results"][0]["issuers"] == ["Bộ A", "Bộ B"]


def test_the_root_leads_everywhere(client, ask):
    for address in ask("/api/v1/").values():
        assert client.get(address).status_code == 200, address


def test_pages_follow_each_other_in_the_order_of_keys(ask):
    for _ in range(5):
        ResourceFactory()
    found = ids(ask())
    assert all(one < other for one, other in pairwise(found))
