import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from portal.places.models import Place
from tests.factories.accounts import UserFactory
from tests.factories.places import REFORM, CommuneFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def page(commune):
    return reverse("recognition:villages", args=[commune.pk])


@pytest.fixture
def desk(client, commune):
    client.force_login(UserFactory(role=Role.OFFICER, place=commune))
    return client


def names(commune):
    today = timezone.localdate()
    return sorted(village.label_on(today) for village in Place.objects.within(commune, today))


def test_a_village_is_entered_by_hand(desk, page, commune):
    desk.post(page, {"kind": "Xóm", "name": "Bản Giốc", "since": "01/01/2026"})
    assert names(commune) == ["Xóm Bản Giốc"]
    assert "Xóm Bản Giốc" in desk.get(page).text


def test_a_list_is_entered_whole_or_not_at_all(desk, page, commune):
    good = SimpleUploadedFile("a.csv", "Loại,Tên\nxóm,Bản Giốc\nthôn,Bản Mom\n".encode())
    bad = SimpleUploadedFile("b.csv", "Loại,Tên\nxóm,Kéo Nà\nbuôn,Sai\n".encode())
    desk.post(page, {"file": good, "since": "01/01/2026"})
    assert "3" in str(
        desk.post(page, {"file": bad, "since": "01/01/2026"}).context["sheet_form"].errors["file"]
    )
    assert names(commune) == ["Thôn Bản Mom", "Xóm Bản Giốc"]


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"kind": "Buôn"}, {"since": "32/01/2026"}, {"since": ""}, {"name": "x" * 101}]
)
def test_what_is_wrong_is_said_and_nothing_is_written(desk, page, commune, typed):
    right = {"kind": "Xóm", "name": "Bản Giốc", "since": "01/01/2026"}
    assert desk.post(page, right | typed).context["form"].errors
    assert names(commune) == []


def test_no_village_is_older_than_its_commune(client):
    young = CommuneFactory(valid_from=REFORM)
    client.force_login(UserFactory(role=Role.OFFICER, place=young))
    typed = {"kind": "Xóm", "name": "Bản Giốc", "since": "30/06/2025"}
    assert (
        client.post(reverse("recognition:villages", args=[young.pk]), typed).context["form"].errors["since"]
    )
    assert names(young) == []


def test_only_its_own_officers_change_the_villages_of_a_commune(client, page, commune):
    VillageFactory(parent=commune, name="Bản Cũ")
    typed = {"kind": "Xóm", "name": "Bản Lạ", "since": "01/01/2026"}
    for role, status in ((Role.VERIFIER, 403), (Role.VIEWER, 403)):
        client.force_login(UserFactory(role=role, place=commune))
        assert "Bản Cũ" in client.get(page).text
        assert client.post(page, typed).status_code == status
    client.force_login(UserFactory(role=Role.OFFICER, place=CommuneFactory()))
    assert client.get(page).status_code == 404
    assert client.post(page, typed).status_code == 404
    assert names(commune) == ["Xóm Bản Cũ"]
