"""`/giay/<serial>/`: proves a paper and exposes nobody."""

import datetime

import pytest

from django.core.cache import cache
from django.utils import timezone

from portal.places.enums import ChangeKind
from portal.places.models import PlaceChange
from recognition.enums import SubjectKind
from recognition.models.serial import new_serial
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AwardFactory

pytestmark = pytest.mark.django_db

REFORM = datetime.date(2025, 7, 1)


@pytest.fixture(autouse=True)
def nobody_has_guessed_before():
    cache.clear()


def page(client, award):
    response = client.get(f"/giay/{award.serial}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_paper_is_proved_with_title_year_decision_and_a_qr_code_of_the_page(client):
    award = AwardFactory(level="2")
    shown = page(client, award)
    for part in (
        award.serial,
        "Gia đình học tập 2025",
        "MẪU-01/QĐ-UBND",
        "15/12/2025",
        "UBND xã mẫu",
        "còn hiệu lực",
    ):
        assert part in shown
    assert "<svg" in shown
    assert f"http://testserver/giay/{award.serial}/" in shown


def test_issuer_of_then_and_commune_of_now(client):
    old = CommuneFactory(name="Chí Viễn", code="01501", valid_to=REFORM - datetime.timedelta(days=1))
    new = CommuneFactory(name="Đàm Thuỷ", code="01501", valid_from=REFORM)
    PlaceChange.objects.create(source=old, target=new, kind=ChangeKind.MERGE, date=REFORM, legal_basis="mẫu")
    award = AwardFactory(
        place=VillageFactory(parent=old, valid_to=REFORM - datetime.timedelta(days=1)),
        issuer="UBND xã Chí Viễn",
        year=2024,
        decision_date=datetime.date(2024, 12, 16),
    )
    assert "UBND xã Chí Viễn (nay thuộc Xã Đàm Thuỷ từ 01/07/2025)" in page(client, award)


def test_a_holder_without_a_basis_is_not_named(client):
    award = AwardFactory(name="Gia đình giấu tên", publication_basis="")
    assert award.name not in page(client, award)
    assert "chỉ tờ giấy ghi tên" in page(client, award)


def test_a_holder_with_a_basis_is_named_and_the_village_never(client):
    award = AwardFactory(name="Gia đình nêu tên", place=VillageFactory(name="Bản Kín"))
    assert award.name in page(client, award)
    assert "Bản Kín" not in page(client, award)


def test_a_revoked_title_says_when_and_why_and_no_longer_whose(client):
    award = AwardFactory(name="Gia đình nêu tên", revoked_on="2026-02-05", revoked_reason="unmet")
    shown = page(client, award)
    assert "Danh hiệu đã bị thu hồi ngày 05/02/2026: không còn đạt tiêu chí." in shown
    assert award.name not in shown
    assert "còn hiệu lực" not in shown


def test_a_title_that_ran_out_says_so(client):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "hết hiệu lực ngày" in page(client, AwardFactory(valid_to=yesterday))
    assert "còn hiệu lực" in page(client, AwardFactory(valid_to=timezone.localdate()))


def test_a_title_that_is_not_valid_yet_says_so(client):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert "có hiệu lực từ ngày" in page(client, AwardFactory(valid_from=tomorrow))


def test_an_address_typed_carelessly_leads_to_the_paper(client):
    award = AwardFactory()
    typed = award.serial.lower().replace("-", " ")
    assert client.get(f"/giay/{typed}/").url == f"/giay/{award.serial}/"
    assert client.get("/giay/", {"so": typed}).url == f"/giay/{award.serial}/"


def test_an_unknown_serial_gets_a_clear_sentence(client):
    unknown = client.get(f"/giay/{new_serial(SubjectKind.FAMILY, 2025)}/")
    assert unknown.status_code == 404
    assert "không phải do cổng này cấp" in unknown.content.decode()
    mistyped = client.get("/giay/", {"so": "2025/GD/AAAAA"}, follow=True)
    assert mistyped.status_code == 404
    assert "Hãy so từng chữ với tờ giấy" in mistyped.content.decode()
    assert "2025-GD-AAAAA" in mistyped.content.decode()


def test_no_search_engine_keeps_a_paper_and_no_cache_a_standing(client):
    for response in (
        client.get(AwardFactory().get_absolute_url()),
        client.get("/giay/"),
        client.get("/giay/x/"),
    ):
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]


def test_who_guesses_serials_is_asked_to_wait_and_who_holds_papers_never(client):
    award = AwardFactory()
    for _time in range(30):
        assert client.get(f"/giay/{award.serial}/").status_code == 200
    for _time in range(20):
        assert client.get(f"/giay/{new_serial(SubjectKind.FAMILY, 2025)}/").status_code == 404
    refused = client.get(f"/giay/{award.serial}/")
    assert refused.status_code == 429
    assert award.name not in refused.content.decode()


def test_the_honour_roll_leads_to_the_paper(client):
    award = AwardFactory()
    assert award.get_absolute_url() in client.get("/vinh-danh/").content.decode()


def test_a_page_of_a_paper_asks_few_queries(client, django_assert_max_num_queries):
    award = AwardFactory(place=VillageFactory())
    client.get(award.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(award.get_absolute_url())
