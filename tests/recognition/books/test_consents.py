"""Consent to publish a name: who records it, what it allows, and that taking it back hides the name at once."""

import datetime

import pytest

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.domain import consents
from recognition.domain.books import keeping
from recognition.domain.books.keeping import NotInTheBooks
from recognition.enums import SubjectKind
from recognition.models import Consent
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AwardFactory, ConsentFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def family(commune):
    return SubjectFactory(place=VillageFactory(parent=commune), name="Gia đình có giấy")


@pytest.fixture
def officer(commune):
    return UserFactory(role=Role.OFFICER, place=commune)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page_of(subject):
    return reverse("recognition:book_consents", args=[subject.pk])


def paper(**changes):
    return {"given_by": "Người Ký Mẫu", "given_on": "05/02/2026", "document": "Phiếu mẫu số 1", **changes}


def roll(client):
    return client.get("/vinh-danh/").content.decode()


def test_a_consent_lets_the_titles_be_named_and_its_withdrawal_hides_them_at_once(desk, family):
    award = AwardFactory(subject=family, name=family.name, publication_basis="")
    assert family.name not in roll(desk)
    assert desk.post(page_of(family), paper()).status_code == 302
    assert family.name in roll(desk)
    award.refresh_from_db()
    assert award.publication_basis == "Đồng ý của Người Ký Mẫu ngày 05/02/2026: Phiếu mẫu số 1"
    desk.post(page_of(family), {"action": "withdraw"})
    assert family.name not in roll(desk)
    assert family.name not in desk.get(award.get_absolute_url()).content.decode()
    assert Consent.objects.get().withdrawn_on == timezone.localdate()


def test_both_stand_in_the_audit_trail_and_on_the_page_of_the_subject(desk, family, officer):
    desk.post(page_of(family), paper())
    desk.post(page_of(family), {"action": "withdraw"})
    actions = list(AuditEvent.objects.order_by("number").values_list("action", "actor"))
    assert actions == [("consent.recorded", officer.pk), ("consent.withdrawn", officer.pk)]
    shown = desk.get(reverse("recognition:book_subject", args=[family.pk])).content.decode()
    assert "Ghi sự đồng ý công khai tên" in shown
    assert "Rút sự đồng ý công khai tên" in shown


def test_withdrawal_also_hides_a_title_of_a_list_and_of_what_was_merged(family, officer):
    other = SubjectFactory(place=family.place, name="Gia đình nhập hai lần")
    ConsentFactory(subject=other)
    of_list = AwardFactory(name=family.name, place=family.place, subject=None)
    of_other = AwardFactory(name=other.name, place=other.place, subject=other)
    namesake_elsewhere = AwardFactory(name=family.name)
    keeping.merge(other, family, officer)
    consents.withdraw(family, officer)
    for award in (of_list, of_other, namesake_elsewhere):
        award.refresh_from_db()
    assert (of_list.publication_basis, of_other.publication_basis) == ("", "")
    assert namesake_elsewhere.publication_basis


def test_nothing_is_withdrawn_twice(family, officer):
    with pytest.raises(NotInTheBooks):
        consents.withdraw(family, officer)


def test_a_child_is_never_published_and_nothing_typed_is_lost(desk, family):
    citizen = SubjectFactory(place=family.place, kind=SubjectKind.CITIZEN, name="Công dân mẫu")
    refused = desk.post(page_of(citizen), paper())
    assert "Không bao giờ công khai tên trẻ em" in refused.content.decode()
    assert "Phiếu mẫu số 1" in refused.content.decode()
    assert not Consent.objects.exists()
    assert desk.post(page_of(citizen), paper(of_age="on")).status_code == 302
    assert consents.publications([citizen])[citizen.pk]["of_age"] is True


def test_of_a_family_nobody_asks_for_the_age(desk, family):
    assert "of_age" not in desk.get(page_of(family)).context["form"].fields


def test_a_paper_of_tomorrow_or_without_its_place_is_refused(desk, family):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert (
        "Ngày này chưa đến"
        in desk.post(page_of(family), paper(given_on=f"{tomorrow:%d/%m/%Y}")).content.decode()
    )
    assert desk.post(page_of(family), paper(document="")).status_code == 200
    assert desk.post(page_of(family), paper(document="CCCD 004123456789")).status_code == 200
    assert not Consent.objects.exists()


def test_the_titles_about_to_be_given_are_named_by_the_consents_in_force(family):
    silent, taken_back = SubjectFactory(), SubjectFactory()
    consent = ConsentFactory(subject=family)
    ConsentFactory(subject=taken_back, withdrawn_on=datetime.date(2025, 4, 1))
    assert consents.publications([family, silent, taken_back]) == {
        family.pk: {"publication_basis": str(consent), "of_age": True}
    }


def test_who_has_left_the_books_may_still_take_the_consent_back(desk, family, officer):
    ConsentFactory(subject=family)
    keeping.close(family, "Chuyển đi", officer)
    with pytest.raises(ValidationError):
        consents.record(ConsentFactory.build(subject=family), officer)
    assert desk.get(page_of(family)).context["form"] is None
    desk.post(page_of(family), {"action": "withdraw"})
    assert not Consent.objects.in_force().exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.CLERK, Role.ISSUER, Role.VERIFIER])
@pytest.mark.parametrize("sent", [paper(), {"action": "withdraw"}])
def test_who_only_reads_the_books_records_and_withdraws_nothing(client, family, commune, role, sent):
    consent = ConsentFactory(subject=family) if "action" in sent else None
    client.force_login(UserFactory(role=role, place=commune))
    read = client.get(page_of(family))
    assert read.status_code == 200
    assert "<button" not in read.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert client.post(page_of(family), sent).status_code == 403
    assert list(Consent.objects.in_force()) == ([consent] if consent else [])


def test_an_officer_of_another_commune_finds_no_such_page(client, family):
    client.force_login(UserFactory(role=Role.OFFICER))
    assert client.get(page_of(family)).status_code == 404
    assert client.post(page_of(family), paper()).status_code == 404


def test_the_page_of_a_subject_leads_to_the_papers_of_its_titles(desk, family):
    award = AwardFactory(subject=family, name=family.name)
    shown = desk.get(reverse("recognition:book_subject", args=[family.pk])).content.decode()
    assert award.get_absolute_url() in shown
    assert award.serial in shown
