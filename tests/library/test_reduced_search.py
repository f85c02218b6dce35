"""While no index can be asked, titles are looked up in the database: without accents too, and only what is public."""

import pytest

from django.urls import reverse

from portal.search.query import search
from tests.factories.home import StandardPageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory

pytestmark = pytest.mark.django_db

TEXTS = ["kỹ thuật nuôi ong", "ky thuat nuoi ong", "NUÔI ONG", "ong nuôi", "nuoi on", "nuoi -lợn ong"]


def titles(text, kind):
    results = search(text, kinds=[kind])
    assert results.reduced
    return [hit.title for hit in results.hits]


@pytest.mark.parametrize("text", TEXTS)
def test_resources(text):
    ResourceFactory(title="Kỹ thuật nuôi ong ở Đàm Thủy")
    ResourceFactory(title="Nuôi lợn")
    ResourceFactory(title="Nuôi ong của cán bộ", officers_only=True)
    ResourceFactory(title="Nuôi ong bằng thùng", withdrawn=True)
    assert titles(text, "resource") == ["Kỹ thuật nuôi ong ở Đàm Thủy"]
    assert titles("dam thuy", "resource") == ["Kỹ thuật nuôi ong ở Đàm Thủy"]
    assert titles("nuo ong", "resource") == []


@pytest.mark.parametrize("text", ["387/QĐ-MẪU", "387/qd-mau", "387", "ke hoach hoc tap", "387 học"])
def test_documents_by_number_and_subject(text):
    document = OfficialDocumentFactory(number="387/QĐ-MẪU", subject="Kế hoạch học tập")
    OfficialDocumentFactory(number="38/QĐ-KHÁC", subject="Kế hoạch khác")
    assert titles(text, "document") == [str(document)]


@pytest.mark.parametrize("text", TEXTS)
def test_pages(text):
    StandardPageFactory(title="Kỹ thuật nuôi ong")
    StandardPageFactory(title="Bản nháp kỹ thuật nuôi ong", live=False)
    StandardPageFactory(title="Nuôi lợn")
    assert titles(text, "page") == ["Kỹ thuật nuôi ong"]


@pytest.mark.parametrize("text", ["!?", "-ong", "[a-z]*", "(", "\\", "!", "x" * 300])
def test_no_text_reaches_the_database_as_a_pattern(text):
    ResourceFactory(title="Kỹ thuật nuôi ong")
    assert search(text).hits == []


def test_the_lists_say_that_results_are_reduced(client):
    ResourceFactory(title="Kỹ thuật nuôi ong")
    for address in (reverse("search"), reverse("library:list")):
        html = client.get(address, {"q": "nuoi ong"}).content.decode()
        assert "Kết quả rút gọn" in html
        assert "nuôi ong" in html
