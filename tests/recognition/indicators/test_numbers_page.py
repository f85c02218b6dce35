"""The public page of the figures: what it says, what it never says."""

import datetime
import re
from decimal import Decimal

import pytest

from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.places.domain import seed
from portal.places.models import Place
from portal.web.imports.table import read_bytes, read_content
from recognition.enums import SubjectKind
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import (
    AssessmentFactory,
    AwardFactory,
    DenominatorFactory,
    RoundFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

BEFORE = datetime.date(2025, 6, 30)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def commune():
    """Six families of ten households are recognised, of seven who registered."""
    TargetFactory()
    commune = CommuneFactory(name="Đàm Thuỷ")
    village = VillageFactory(name="Bản Giốc", parent=commune)
    AwardFactory.create_batch(6, place=village)
    DenominatorFactory(place=commune, value=10)
    held = RoundFactory(year=2025, place=commune)
    AssessmentFactory.create_batch(7, round=held, place=village, state="registered")
    return commune


def test_it_shows_both_rates_with_their_denominators_and_what_is_missing(client, commune):
    page = text_of(client.get("/so-lieu/?nam=2025"))
    assert "Trên tổng số – số hộ: <strong>60,0 % (thiếu 1 hộ)</strong>, 6 trên 10" in page
    assert "Trên số đăng ký: <strong>85,7 %</strong>, 6 trên 7" in page
    assert "chỉ tiêu 70 % đến hết năm 2025" in page
    assert "có mẫu số của 1/1 xã" in page
    assert "Niên giám mẫu" in page


def test_what_nobody_has_declared_is_missing_and_never_nought(client, commune):
    page = text_of(client.get("/so-lieu/?nam=2025&danh_hieu=dong-ho"))
    assert "chưa có mẫu số" in page
    assert not re.search(r"(?<!\d)0,0 %", page)


def test_villages_of_a_commune_are_sums_and_name_nobody(client, commune):
    DenominatorFactory(place=Place.objects.get(name="Bản Giốc"), value=9)
    named = AwardFactory(place=Place.objects.get(name="Bản Giốc"), name="Nhà ông Mẫu Văn A")
    AwardFactory(place=commune)
    response = client.get(f"/so-lieu/?nam=2025&xa={commune.pk}")
    page = text_of(response)
    assert "Xóm Bản Giốc" in page
    assert "77,8 %" in page
    assert "Của chung xã" in page
    assert named.name not in page
    assert sum(each.figure.recognised for each in response.context["shown"]) == 8


def test_provisional_figures_are_hatched_and_told(client, commune):
    assert "tạm tính" not in text_of(client.get("/so-lieu/?nam=2025")).split("<main")[1]
    DenominatorFactory(place=CommuneFactory(), open=True)
    page = text_of(client.get("/so-lieu/?nam=2025")).split("<main")[1]
    assert "tạm tính" in page
    assert 'fill="url(#provisional)"' in page


def test_samples_are_told(client, commune):
    assert "dữ liệu mẫu" not in text_of(client.get("/so-lieu/?nam=2025"))
    AwardFactory(place=commune, is_sample=True)
    assert "dữ liệu mẫu" in text_of(client.get("/so-lieu/?nam=2025"))


def test_either_map_and_the_drawing_of_the_communes_of_today(client):
    seed.load()
    old = Place.objects.by_code("01501", BEFORE)
    AwardFactory(place=old, year=2024)
    DenominatorFactory(place=old, year=2024, value=2)
    before = client.get("/so-lieu/?nam=2024&ban_do=2025-06-30")
    today = client.get("/so-lieu/?nam=2024")
    assert (len(before.context["shown"]), len(today.context["shown"])) == (161, 56)
    for response in (before, today):
        assert response.context["together"].figure.over_total.percent == 50
        assert [area.value_text for area in response.context["map"].areas if area.value_text] == ["50,0"]
        assert "<svg" in text_of(response)


def test_a_commune_of_another_map_leads_back_to_all_communes(client):
    seed.load()
    old = Place.objects.by_code("01501", BEFORE)
    AwardFactory(place=old, year=2024)
    found = client.get(f"/so-lieu/?nam=2024&xa={old.pk}")
    assert (found.context["row"], len(found.context["shown"])) == (None, 56)
    before = client.get(f"/so-lieu/?nam=2024&xa={old.pk}&ban_do=2025-06-30")
    assert before.context["row"].commune.label == "Xã Chí Viễn"


def test_the_sheet_holds_what_the_list_shows(client, commune):
    response = client.get("/so-lieu/bang/?nam=2025&danh_hieu=gia-dinh")
    rows = read_content(
        read_bytes(ContentFile(response.content, "so-lieu.xlsx")), is_heading=lambda cells: "Xã" in cells
    )
    [first, together] = [row for _number, row in rows]
    assert (first["Xã"], first["Đã công nhận"], first["Đã đăng ký"], first["Số hộ"]) == (
        "Xã Đàm Thuỷ",
        6,
        7,
        10,
    )
    assert Decimal(str(first["Công nhận trên số đăng ký, %"])) == Decimal("85.71")
    assert (together["Xã"], together["Còn thiếu"]) == ("Cộng", 1)


def test_citizens_without_a_family_or_unit_are_told(client, commune):
    AwardFactory(place=commune, subject_kind=SubjectKind.CITIZEN)
    assert "1 công dân học tập chưa tính" in text_of(client.get("/so-lieu/?nam=2025"))


@pytest.mark.parametrize(
    "query",
    ["nam=1800", "nam=x", "danh_hieu=x", "ban_do=hom-qua", "ban_do=2001-01-01", "xa=0", "xa=999999", "xa=x"],
)
def test_a_question_that_cannot_be_is_a_404(client, commune, query):
    assert client.get(f"/so-lieu/?{query}").status_code == 404
    assert client.get(f"/so-lieu/bang/?{query}").status_code == 404


def test_an_empty_portal_shows_an_empty_page(client):
    assert client.get("/so-lieu/").status_code == 200


def test_the_page_costs_the_same_however_many_communes_there_are(client):
    counts = []
    for _more in range(2):
        for _commune in range(3):
            AwardFactory(place=CommuneFactory())
        client.get("/so-lieu/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/so-lieu/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
