"""The register of official documents: found by a fragment of the number, by words in any typing, by facets."""

import datetime
import json
import re

import pytest

from django.urls import reverse

from library.enums import DocumentStatus
from tests.factories.library import OfficialDocumentFactory

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def get(client, query=""):
    return client.get(reverse("library:documents") + query)


def numbers(response):
    return [document.number for document, _hit in response.context["items"]]


@pytest.fixture
def register(indexed):
    OfficialDocumentFactory(
        number="387/QĐ-TTg",
        subject="Chương trình đẩy mạnh phong trào học tập suốt đời",
        issuer="Thủ tướng Chính phủ",
        field="Xã hội học tập",
        issue_date=datetime.date(2022, 3, 25),
    )
    OfficialDocumentFactory(
        number="281/QĐ-TTg",
        subject="Đề án đẩy mạnh phong trào học tập suốt đời",
        issuer="Thủ tướng Chính phủ",
        field="Xã hội học tập",
        issue_date=datetime.date(2014, 2, 20),
        status=DocumentStatus.EXPIRED,
        replaced_by="387/QĐ-TTg",
    )
    OfficialDocumentFactory(
        number="17/2016/TTLT-BGDĐT-BTTTT",
        kind="TT",
        subject="Chứng chỉ ứng dụng công nghệ thông tin",
        issuer="Bộ Giáo dục và Đào tạo; Bộ Thông tin và Truyền thông",
        field="Kỹ năng số",
        issue_date=datetime.date(2016, 6, 21),
    )
    indexed()


@pytest.mark.parametrize("text", ["387/QĐ", "387/QĐ-TTg", "387", "387/qd", "387/QD-TTG", "QĐ 387"])
def test_a_fragment_of_the_number_finds_the_document(client, register, text):
    response = client.get(reverse("library:documents"), {"q": text})
    assert numbers(response)[0] == "387/QĐ-TTg"


@pytest.mark.parametrize("text", ["phong trào học tập", "phong trao hoc tap", "PHONG TRÀO HỌC TẬP"])
def test_words_find_with_and_without_accents(client, register, text):
    assert set(numbers(client.get(reverse("library:documents"), {"q": text}))) == {"387/QĐ-TTg", "281/QĐ-TTg"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?issuer=thu-tuong-chinh-phu", {"387/QĐ-TTg", "281/QĐ-TTg"}),
        ("?issuer=bo-thong-tin-va-truyen-thong", {"17/2016/TTLT-BGDĐT-BTTTT"}),
        ("?year=2022", {"387/QĐ-TTg"}),
        ("?year=2022&year=2016", {"387/QĐ-TTg", "17/2016/TTLT-BGDĐT-BTTTT"}),
        ("?field=ky-nang-so", {"17/2016/TTLT-BGDĐT-BTTTT"}),
        ("?status=expired", {"281/QĐ-TTg"}),
        ("?form=TT", {"17/2016/TTLT-BGDĐT-BTTTT"}),
    ],
)
def test_issuer_year_field_status_and_kind_narrow_the_list(client, register, query, expected):
    assert set(numbers(get(client, query))) == expected


def test_the_choices_carry_the_full_names(client, register):
    facets = {
        facet.name: [choice.label for choice in facet.choices] for facet in get(client).context["facets"]
    }
    assert "Bộ Thông tin và Truyền thông" in facets["issuer"]
    assert set(facets["field"]) == {"Xã hội học tập", "Kỹ năng số"}
    assert set(facets["status"]) == {"Còn hiệu lực", "Hết hiệu lực"}


def test_newest_documents_come_first(client, register):
    assert numbers(get(client)) == ["387/QĐ-TTg", "17/2016/TTLT-BGDĐT-BTTTT", "281/QĐ-TTg"]


def test_list_and_page_advise_to_check_whether_it_is_in_force(client, register):
    document = OfficialDocumentFactory()
    for address in (reverse("library:documents"), document.get_absolute_url()):
        assert "kiểm tra lại hiệu lực" in client.get(address).content.decode()


def test_the_page_leads_to_the_document_that_replaces_it_and_back(client):
    old = OfficialDocumentFactory(
        number="281/QĐ-TTg", status=DocumentStatus.REPLACED, replaced_by="387/QĐ-TTg"
    )
    new = OfficialDocumentFactory(number="387/QĐ-TTg")
    assert f'href="{new.get_absolute_url()}"' in client.get(old.get_absolute_url()).content.decode()
    assert f'href="{old.get_absolute_url()}"' in client.get(new.get_absolute_url()).content.decode()


def test_a_successor_that_is_not_in_the_register_is_still_named(client):
    document = OfficialDocumentFactory(replaced=True)
    assert "99/QĐ-MẪU" in client.get(document.get_absolute_url()).content.decode()


def test_documents_without_a_number_are_not_taken_for_each_others_successors(client):
    one = OfficialDocumentFactory(number="", replaced_by="")
    OfficialDocumentFactory(number="", replaced_by="")
    context = client.get(one.get_absolute_url()).context
    assert (context["successors"], context["predecessors"]) == ([], [])


def test_machines_read_the_document_as_legislation(client):
    document = OfficialDocumentFactory(
        number="387/QĐ-TTg", issuer="A; B", issue_date=datetime.date(2022, 3, 25)
    )
    html = client.get(document.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))[0]
    assert data["@type"] == "Legislation"
    assert data["legislationIdentifier"] == "387/QĐ-TTg"
    assert data["legislationDate"] == "2022-03-25"
    assert [each["name"] for each in data["legislationPassedBy"]] == ["A", "B"]
    assert data["legislationLegalForce"] == "https://schema.org/InForce"


def test_a_document_that_was_not_checked_claims_no_legal_force(client):
    html = client.get(OfficialDocumentFactory(status="unknown").get_absolute_url()).content.decode()
    assert "legislationLegalForce" not in html


def test_narrowed_lists_are_not_for_search_engines(client, register):
    assert "X-Robots-Tag" not in get(client).headers
    assert get(client, "?year=2022").headers["X-Robots-Tag"] == "noindex, follow"


def test_the_number_of_queries_does_not_grow_with_the_list(client, indexed, django_assert_max_num_queries):
    OfficialDocumentFactory()
    indexed()
    get(client)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        get(client)
    OfficialDocumentFactory.create_batch(19)
    indexed()
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert len(numbers(get(client))) == 20
    assert len(many) == len(few)


def test_an_unknown_document_is_not_found(client, db):
    assert client.get("/van-ban/999/").status_code == 404
