import datetime

import pytest

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from recognition.models import Award
from tests.factories.places import CommuneFactory
from tests.factories.recognition import AwardFactory, CriteriaSetFactory

from .test_award_import import GOOD, HEADER

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = get_user_model().objects.create_superuser(
        "admin", "admin@example.vn", "x", full_name="Người quản trị"
    )
    client.force_login(user)
    return client


@pytest.fixture
def commune():
    return CommuneFactory(name="Đàm Thuỷ", code="01501", valid_from=datetime.date(2025, 7, 1))


def send(client, *rows, dry_run):
    sheet = SimpleUploadedFile("danh-sach.csv", "\n".join([HEADER, *rows]).encode())
    data = {"sheet": sheet} | ({"dry_run": "on"} if dry_run else {})
    return client.post("/admin/recognition/awards/import/", data)


def test_a_check_writes_nothing_and_tells_what_it_would_do(administrator, commune):
    response = send(administrator, GOOD, dry_run=True)
    assert response.context["counts"].created == 1
    assert not Award.objects.exists()


def test_an_import_writes_and_returns_to_the_list(administrator, commune):
    assert send(administrator, GOOD, dry_run=False).status_code == 302
    assert Award.objects.count() == 1


def test_a_bad_sheet_shows_its_rows_and_writes_nothing(administrator, commune):
    response = send(administrator, GOOD, GOOD.replace("Gia đình học tập", "Làng"), dry_run=False)
    assert "Danh hiệu" in response.content.decode()
    assert [error.row for error in response.context["errors"]] == [3]
    assert not Award.objects.exists()


def test_the_list_finds_a_holder_typed_without_accents(administrator):
    AwardFactory(name="Gia đình mẫu Đông")
    AwardFactory(name="Dòng họ mẫu")
    page = administrator.get("/admin/recognition/awards/?name=gia dinh mau dong").content.decode()
    assert "Gia đình mẫu Đông" in page
    assert "Dòng họ mẫu" not in page


def test_the_list_is_exported_as_a_sheet(administrator):
    AwardFactory(name="Gia đình mẫu 07")
    response = administrator.get("/admin/recognition/awards/?export=csv")
    assert "Gia đình mẫu 07" in b"".join(response.streaming_content).decode()


def test_criteria_sets_are_read_and_never_edited(administrator):
    criteria_set = CriteriaSetFactory()
    assert administrator.get(f"/admin/recognition/criteria/inspect/{criteria_set.pk}/").status_code == 200
    assert administrator.get("/admin/recognition/criteria/new/").status_code == 302
    assert administrator.get(f"/admin/recognition/criteria/edit/{criteria_set.pk}/").status_code == 302


@pytest.mark.parametrize("address", ["", "import/", "new/"])
def test_who_signs_in_without_a_role_sees_no_awards(client, address):
    client.force_login(get_user_model().objects.create_user("nobody", full_name="Không vai trò"))
    assert client.get(f"/admin/recognition/awards/{address}").status_code in (302, 403)


def test_an_award_is_read_without_the_keys_that_only_sort_it(administrator):
    award = AwardFactory(name="Gia đình mẫu Đông")
    page = administrator.get(f"/admin/recognition/awards/inspect/{award.pk}/").text
    assert "Gia đình mẫu Đông" in page
    assert award.folded_name not in page
    assert award.sort_name not in page


def edit(administrator, award, **changes):
    names = [
        "subject_kind",
        "name",
        "distinction",
        "year",
        "level",
        "decision_number",
        "issuer",
        "publication_basis",
    ]
    sent = {name: getattr(award, name) for name in names}
    sent |= {"place": award.place_id, "decision_date": f"{award.decision_date:%d/%m/%Y}"}
    return administrator.post(f"/admin/recognition/awards/edit/{award.pk}/", sent | changes)


def test_an_award_is_valid_from_its_decision_on_unless_told_otherwise(administrator):
    award = AwardFactory()
    Award.objects.update(level="1")
    assert edit(administrator, award, level="2").status_code == 302
    award.refresh_from_db()
    assert (award.level, award.valid_from) == ("2", award.decision_date)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"revoked_on": "05/02/2026"}, "phải có ngày và lý do"),
        ({"revoked_reason": "error"}, "phải có ngày và lý do"),
        ({"valid_to": "01/01/2020"}, "có hiệu lực sớm nhất từ ngày quyết định"),
        ({"subject_kind": "citizen"}, "đủ 18 tuổi"),
    ],
)
def test_what_the_database_would_refuse_gets_a_sentence(administrator, changes, says):
    award = AwardFactory()
    response = edit(administrator, award, **changes)
    assert response.status_code == 200
    assert says in response.content.decode()
