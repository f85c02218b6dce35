import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.places.enums import ChangeKind
from portal.places.models import PlaceChange
from recognition.domain.figures import awards_by_commune, newest_awards
from recognition.enums import SubjectKind
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AwardFactory

pytestmark = pytest.mark.django_db

REFORM = datetime.date(2025, 7, 1)


@pytest.fixture
def merger():
    """Chí Viễn went into the new Đàm Thuỷ, which took over its code."""
    old = CommuneFactory(name="Chí Viễn", code="01501", valid_to=datetime.date(2025, 6, 30))
    new = CommuneFactory(name="Đàm Thuỷ", code="01501", valid_from=REFORM)
    PlaceChange.objects.create(
        source=old, target=new, kind=ChangeKind.MERGE, date=REFORM, legal_basis="1657/NQ-UBTVQH15"
    )
    return old, new


@pytest.fixture(autouse=True)
def nobody_has_asked_before():
    cache.clear()


def award_before(place, **kwargs):
    return AwardFactory(place=place, year=2024, decision_date=datetime.date(2024, 12, 16), **kwargs)


def names(response):
    return [award.name for award, _place in response.context["awards"]]


def test_an_award_stands_under_its_commune_of_then_and_of_now(client, merger):
    old, new = merger
    award_before(old, name="Gia đình mẫu 01")
    page = client.get("/vinh-danh/").content.decode()
    assert "Xã Chí Viễn" in page
    assert "Xã Đàm Thuỷ" in page


def test_the_roll_of_the_new_commune_holds_what_its_forerunners_earned(client, merger):
    old, new = merger
    award_before(old, name="Gia đình mẫu 01")
    award_before(VillageFactory(parent=old), name="Gia đình mẫu 02")
    AwardFactory(place=new, name="Gia đình mẫu 03")
    AwardFactory(name="Gia đình mẫu 04")
    of_new = client.get("/vinh-danh/", {"xa": new.pk})
    of_old = client.get("/vinh-danh/", {"xa": old.pk})
    assert sorted(names(of_new)) == ["Gia đình mẫu 01", "Gia đình mẫu 02", "Gia đình mẫu 03"]
    assert sorted(names(of_old)) == ["Gia đình mẫu 01", "Gia đình mẫu 02"]


def test_title_and_year_narrow_the_roll(client):
    AwardFactory(name="A", year=2025)
    AwardFactory(name="B", year=2025, subject_kind=SubjectKind.CLAN)
    AwardFactory(name="C", year=2024)
    assert names(client.get("/vinh-danh/?danh_hieu=dong-ho")) == ["B"]
    assert names(client.get("/vinh-danh/?nam=2024")) == ["C"]


def test_a_holder_without_a_basis_is_counted_and_never_named(client):
    hidden = AwardFactory(name="Gia đình giấu tên", publication_basis="")
    page = client.get("/vinh-danh/")
    assert hidden.name not in page.content.decode()
    assert page.context["summary"] == {"total": 1, "unnamed": 1, "samples": 0}
    assert newest_awards(5) == []


def test_a_revoked_award_leaves_the_roll_and_the_figures(client):
    award = AwardFactory(revoked_on=datetime.date(2026, 1, 1))
    assert award.name not in client.get("/vinh-danh/").content.decode()
    assert awards_by_commune() == {}


def test_figures_are_summed_by_the_commune_of_today(merger):
    old, new = merger
    award_before(old)
    award_before(VillageFactory(parent=old))
    AwardFactory(place=new, publication_basis="")
    assert awards_by_commune() == {"01501": 3}
    assert awards_by_commune(2024) == {"01501": 2}


def test_a_village_counts_for_the_commune_it_belongs_to_today(merger):
    old, new = merger
    village = VillageFactory(parent=old, valid_to=datetime.date(2025, 6, 30))
    village.versions.create(name="Xóm mới", kind="xom", parent=new, valid_from=REFORM)
    award_before(village)
    [(_award, place)] = newest_awards(1)
    assert (place.commune, place.now, place.codes_now) == ("Xã Chí Viễn", "Xã Đàm Thuỷ", ("01501",))


def test_the_roll_costs_the_same_however_long_it_is(client, merger):
    old, _new = merger
    counts = []
    for _more in range(2):
        for _award in range(5):
            award_before(old)
            AwardFactory(place=CommuneFactory(parent=old.versions.get().parent))
        client.get("/vinh-danh/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/vinh-danh/")
        counts.append(len(queries))
        statements = [query["sql"] for query in queries]
        assert len(statements) == len(set(statements))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    "query", ["nam=abc", "nam=1999", "xa=0", "xa=x", "danh_hieu=lang", "page=99", "page=x"]
)
def test_a_question_that_cannot_be_is_a_404(client, query):
    AwardFactory()
    assert client.get(f"/vinh-danh/?{query}").status_code == 404


def test_awards_never_reach_the_search_index():
    from portal.search.models import OutboxRow

    AwardFactory()
    assert not OutboxRow.objects.filter(prefix__contains="award").exists()


def sheet(client, **asked):
    response = client.get("/vinh-danh/bang/", asked)
    assert response.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()[3:]


def test_the_sheet_of_the_roll_holds_what_the_page_shows_and_no_more(client, merger):
    old, new = merger
    award_before(old, name="Gia đình mẫu 01")
    award_before(old, name="Gia đình giấu tên", publication_basis="")
    AwardFactory(place=new, name="Gia đình mẫu 03", year=2025)
    AwardFactory(name="Gia đình bị thu hồi", revoked_on=datetime.date(2026, 1, 1))
    rows = sheet(client, nam=2024)
    assert len(rows) == 1
    assert rows[0][0] == "Gia đình mẫu 01"
    assert rows[0][2:9] == [
        2024,
        "",
        "",
        "Xã Chí Viễn",
        "Xã Đàm Thuỷ",
        "MẪU-01/QĐ-UBND",
        datetime.date(2024, 12, 16),
    ]
    assert len(sheet(client)) == 2
    assert "/vinh-danh/bang/?nam=2024" in client.get("/vinh-danh/?nam=2024").content.decode()


def test_a_roll_longer_than_a_sheet_asks_to_choose(client, monkeypatch):
    monkeypatch.setattr("recognition.domain.honour_roll.LONGEST_SHEET", 1)
    AwardFactory.create_batch(2)
    answer = client.get("/vinh-danh/bang/?danh_hieu=gia-dinh")
    assert answer.url == "/vinh-danh/?danh_hieu=gia-dinh"
    page = client.get(answer.url).content.decode()
    assert "tối đa 1 tên" in page
    assert "/vinh-danh/bang/" not in page


def test_who_takes_sheet_after_sheet_is_asked_to_wait(client):
    for _time in range(30):
        assert client.get("/vinh-danh/bang/").status_code == 200
    refused = client.get("/vinh-danh/bang/")
    assert refused.status_code == 429
    assert "thử lại sau một giờ" in refused.content.decode()
