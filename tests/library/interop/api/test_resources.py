"""/api/v1/ for programs: typed, by key, kept by caches, and nothing but what everybody may see."""

import datetime
from itertools import pairwise

import pytest

from django.db import OperationalError
from django.utils import timezone

from library.api.serializers import DocumentSerializer, ResourceSerializer, SubjectSerializer
from library.models import Identifier, OfficialDocument, Rendition, Resource
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db

LIST = "/api/v1/resources/"
QUERIES = 9  # the resources, and one for each kind of rows below them


@pytest.fixture
def ask(client):
    def ask(address=LIST, status=200, **query):
        response = client.get(address, query)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        return response.json()

    return ask


def ids(answer):
    return [each["id"] for each in answer["results"]]


def full(**more):
    resource = ResourceFactory(
        title="Kỹ thuật nuôi ong",
        alternative_titles="Nuôi ong nội",
        creators=["Người Mẫu"],
        tags=["ong"],
        other_languages=["tyz"],
        publisher="Nhà xuất bản mẫu",
        year=2019,
        licence="CC-BY-4.0",
        age_from=15,
        page_count=48,
        duration_minutes=90,
        place=PlaceFactory(name="Xã Mẫu Ong"),
        reviewer="Trạm mẫu",
        reviewed_on=datetime.date(2026, 2, 5),
        valid_until=datetime.date(2999, 12, 31),
        **more,
    )
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    return resource


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


@pytest.mark.parametrize(
    "hidden",
    [
        {"officers_only": True},
        {"withdrawn": True},
        {"proposed": True},
        {"embargo_until": datetime.date(2999, 1, 1)},
        {"valid_until": datetime.date(2001, 1, 1)},
    ],
)
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


class TestCaches:
    @pytest.mark.parametrize("address", [LIST, "/api/v1/resources/{pk}/", "/api/v1/subjects/"])
    def test_who_has_it_already_is_told_that_it_has_not_changed(self, client, address):
        address = address.format(pk=ResourceFactory().pk)
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_a_change_changes_the_tag(self, client):
        resource = ResourceFactory()
        before = client.get(f"{LIST}{resource.pk}/")["ETag"]
        subject = resource.subjects.get()
        subject.name = "Tên mới"
        subject.save()
        assert client.get(f"{LIST}{resource.pk}/")["ETag"] != before

    def test_one_resource_and_one_document_say_when_they_changed(self, client):
        for address in (
            f"{LIST}{ResourceFactory().pk}/",
            f"/api/v1/documents/{OfficialDocumentFactory().pk}/",
        ):
            stamp = client.get(address)["Last-Modified"]
            assert client.get(address, headers={"if-modified-since": stamp}).status_code == 304

    def test_a_change_is_not_hidden_from_who_asks_by_date(self, client):
        document = OfficialDocumentFactory()
        past = timezone.now() - datetime.timedelta(hours=1)
        OfficialDocument.objects.filter(pk=document.pk).update(updated_at=past)
        stamp = client.get(f"/api/v1/documents/{document.pk}/")["Last-Modified"]
        document.save()
        again = client.get(f"/api/v1/documents/{document.pk}/", headers={"if-modified-since": stamp})
        assert again.status_code == 200

    def test_an_error_is_not_kept(self, client):
        assert client.get(f"{LIST}1/")["Cache-Control"] == "no-store"

    def test_it_comes_packed_to_who_can_unpack_it(self, client):
        full()
        assert client.get(LIST, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


class TestOtherSites:
    def test_a_script_of_any_site_may_read_without_anybody_s_name(self, client):
        response = client.get(LIST, headers={"origin": "https://thu-vien.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response

    def test_its_browser_is_told_that_it_may_ask_for_what_changed(self, client):
        response = client.options(
            LIST,
            headers={
                "origin": "https://thu-vien.example",
                "access-control-request-method": "GET",
                "access-control-request-headers": "if-none-match",
            },
        )
        assert response.status_code == 204
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]

    def test_an_officer_who_is_signed_in_reads_no_more_than_others(self, sender, ask):
        ResourceFactory(officers_only=True)
        assert sender.get(LIST).json()["results"] == []


class TestErrors:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_it_only_reads(self, client, method):
        response = getattr(client, method)(LIST)
        assert response.status_code == 405
        assert list(response.json()) == ["detail"]
        assert response["Allow"] == "GET, HEAD, OPTIONS"

    def test_a_form_that_it_does_not_speak_is_refused(self, client):
        response = client.get(LIST, headers={"accept": "application/xml"})
        assert response.status_code == 406
        assert list(response.json()) == ["detail"]

    @pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/resources/0/", "/api/v1/resources/x/"])
    def test_an_address_that_is_not_there_says_so(self, ask, address):
        assert list(ask(address, status=404)) == ["detail"]

    def test_a_number_beyond_every_database_is_not_found(self, ask):
        ask(f"{LIST}{'9' * 30}/", status=404)

    def test_an_address_without_its_slash_is_sent_on(self, client):
        assert client.get("/api/v1/resources?limit=1")["Location"] == "/api/v1/resources/?limit=1"

    def test_a_database_that_is_away_is_a_pause(self, client, monkeypatch):
        client.raise_request_exception = False

        def refuse(*args, **kwargs):
            raise OperationalError("connection refused")

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
        response = client.get(LIST)
        assert response.status_code == 503
        assert list(response.json()) == ["detail"]
        assert int(response["Retry-After"]) > 0


class TestRateLimit:
    @pytest.fixture(autouse=True)
    def low(self, settings):
        settings.API_REQUESTS_A_MINUTE = 2

    def test_one_request_too_many_is_told_when_to_go_on(self, client):
        answers = [client.get(LIST) for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1]["Retry-After"]) <= 60
        assert list(answers[-1].json()) == ["detail"]
        assert answers[-1]["Cache-Control"] == "no-store"

    def test_another_connection_is_not_held_up(self, client):
        for _ in range(3):
            client.get(LIST)
        assert client.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200

    def test_the_search_box_of_our_own_pages_is_not_counted(self, client):
        answers = [client.get("/api/v1/search/suggest/?q=ngo").status_code for _ in range(3)]
        assert answers == [200, 200, 200]

    def test_the_ceiling_of_a_real_site_is_generous(self):
        from portal.settings import base

        assert base.API_REQUESTS_A_MINUTE >= 300


def test_pages_follow_each_other_in_the_order_of_keys(ask):
    for _ in range(5):
        ResourceFactory()
    found = ids(ask())
    assert all(one < other for one, other in pairwise(found))
