"""“Hồ sơ kết nối”: the page and the paper that tell a partner how to connect."""

import pypdfium2
import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Site

from library.domain import dossier as dossiers
from library.domain.offering import keeping_up
from library.models import SelfTest
from portal.cms.models import SiteDetails
from portal.web.site_address import site_address
from tests.factories.library import ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(indexed):
    subject = SubjectFactory(name="Trồng trọt", slug="trong-trot")
    for number in range(3):
        ResourceFactory(title=f"Trồng ngô {number}", subjects=[subject])
    ResourceFactory(title="Cho cán bộ", subjects=[subject], officers_only=True)
    keeping_up.run_once()


@pytest.fixture
def details():
    return SiteDetails.objects.create(
        site=Site.objects.get(is_default_site=True),
        association_name="Hội Khuyến học xã Mẫu",
        email="thu-vien@vi-du.example",
        telephone="000 000 000",
    )


@pytest.fixture
def tested():
    now = timezone.now()
    done = SelfTest.objects.create(base_url=site_address(), started_at=now, finished_at=now, passed=False)
    done.checks.create(number=1, part="OAI-PMH", name="Identify", passed=True, sentence="Kho mẫu.")
    done.checks.create(number=2, part="SRU", name="explain", passed=False, sentence="Thiếu chỉ mục mẫu.")
    return done


def page(client) -> str:
    response = client.get("/ket-noi/")
    assert response.status_code == 200
    return response.content.decode()


def paper(client) -> str:
    response = client.get("/ket-noi/ho-so.pdf")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(response.content)
    return " ".join(" ".join(each.get_textpage().get_text_range() for each in pages).split())


ADDRESSES = ("/oai", "/sru", "/opds", "/opds/v2", "/api/v1/", "/du-lieu-mo/")


def test_the_page_names_every_address_as_a_whole(client):
    html = page(client)
    for address in ADDRESSES:
        assert f">http://testserver{address}<" in html


def test_the_page_tells_formats_sets_and_counts_of_what_is_offered(client, offered):
    html = page(client)
    for text in ("oai_dc, marc21, oai_lom", "Trồng trọt", "<code>chude:trong-trot</code>"):
        assert text in html
    assert '<td class="number">3</td>' in html
    assert '<td class="number">4</td>' not in html


def test_the_page_tells_the_licence_of_the_descriptions(client, details):
    assert 'rel="license"' not in page(client)
    details.data_licence = "CC-BY-4.0"
    details.save()
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page(client)


def test_the_page_shows_the_last_self_test_with_its_time(client, tested):
    html = page(client)
    assert "Thiếu chỉ mục mẫu." in html
    assert timezone.localtime(tested.finished_at).strftime("%d/%m/%Y") in html
    assert "notice--warning" in html


def test_a_self_test_of_another_address_is_not_shown(client, tested):
    SelfTest.objects.update(base_url="http://localhost:9")
    assert "Thiếu chỉ mục mẫu." not in page(client)


def test_the_page_gives_the_contact_of_the_association_and_makes_up_none(client, details):
    html = page(client)
    assert "Hội Khuyến học xã Mẫu" in html
    assert 'href="mailto:thu-vien@vi-du.example"' in html


def test_the_page_tells_how_to_join_the_hub_with_its_source(client):
    html = page(client)
    assert 'href="https://hub.idk.org.vn"' in html
    assert "hotro@idk.org.vn" in html


def test_search_engines_may_list_the_page(client):
    response = client.get("/ket-noi/")
    assert "noindex" not in response.content.decode() + response.get("X-Robots-Tag", "")


def test_the_library_leads_to_the_page(client):
    assert 'href="/ket-noi/"' in client.get("/thu-vien/").content.decode()


def test_the_page_costs_the_same_number_of_queries_however_many_sets(client, offered):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    page(client)  # the process keeps the frame
    few = queries()
    for number in range(5):
        ResourceFactory(subjects=[SubjectFactory(slug=f"mau-{number}")])
    keeping_up.run_once()
    page(client)
    assert queries() == few


def test_the_paper_says_what_the_page_says(client, offered, details, tested):
    text = paper(client)
    for address in ADDRESSES:
        assert f"http://testserver{address}" in text
    for said in (
        "Kính gửi",
        "Hội Khuyến học xã Mẫu",
        "thu-vien@vi-du.example",
        "chude:trong-trot",
        "Thiếu chỉ mục mẫu.",
        "hub.idk.org.vn",
    ):
        assert said in text


def test_the_paper_leaves_the_name_of_the_partner_open(client, details):
    assert "Kính gửi: ...." in paper(client)


def test_the_paper_of_a_portal_without_details_is_still_one(client):
    text = paper(client)
    assert "Chưa chạy tự kiểm tra." in text
    assert "Đầu mối liên hệ" not in text


def test_markup_in_what_people_typed_stays_text(client, details):
    details.association_name = 'Hội #panic("x") *<b>*'
    details.save()
    assert '#panic("x") *<b>*' in paper(client)
    assert "<b>*" not in page(client)


def test_a_paper_with_very_many_sets_says_where_the_rest_is(client, offered, monkeypatch):
    monkeypatch.setattr(dossiers, "MOST_SETS", 1)
    assert "bộ nữa" in paper(client)


def test_both_are_for_reading_only(client):
    assert client.post("/ket-noi/").status_code == 405
    assert client.post("/ket-noi/ho-so.pdf").status_code == 405
