"""Entering, checking and correcting how many there are, as officers and the association do it in the browser."""

import datetime

import pytest

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from portal.places.enums import ChangeKind
from portal.places.models import PlaceChange
from recognition.models import Denominator
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import CommuneFactory
from tests.factories.recognition import AwardFactory, DenominatorFactory, SubjectFactory

from .entering import PAPER, check, enter, name, page, text_of

pytestmark = pytest.mark.django_db


class TestEntering:
    def test_an_officer_enters_numbers_of_the_commune_and_its_villages(
        self, client, officer, commune, village
    ):
        enter(client, officer, commune, {(commune,): "1.234", (village,): "56"})
        assert dict(Denominator.objects.values_list("place", "value")) == {commune.pk: 1234, village.pk: 56}
        row = Denominator.objects.get(place=commune)
        assert (row.entered_by, row.locked_at, row.as_of) == (officer, None, datetime.date(2025, 11, 30))
        assert AuditEvent.objects.filter(action="denominator.entered").count() == 2

    def test_what_is_not_locked_is_corrected_in_place(self, client, officer, commune):
        enter(client, officer, commune, {(commune,): "100"})
        enter(client, officer, commune, {(commune,): "101"})
        assert Denominator.objects.get().value == 101

    @pytest.mark.parametrize("typed", ["0", "-3", "1,5", "trăm", "99999999999"])
    def test_what_is_no_number_of_households_is_refused_and_stays_on_the_page(
        self, client, officer, commune, typed
    ):
        response = enter(client, officer, commune, {(commune,): typed})
        assert response.status_code == 200
        assert f'value="{typed}"' in text_of(response)
        assert response.context["form"].errors
        assert not Denominator.objects.exists()

    def test_a_number_without_its_paper_is_refused(self, client, officer, commune):
        response = enter(client, officer, commune, {(commune,): "100"}, source_document=" ")
        assert "source_document" in response.context["form"].errors
        assert not Denominator.objects.exists()

    def test_a_number_is_not_as_of_a_day_to_come(self, client, officer, commune):
        response = enter(client, officer, commune, {(commune,): "100"}, as_of="01/01/2100")
        assert name(commune) in response.context["form"].errors

    def test_a_change_of_more_than_fifteen_per_cent_asks_for_a_reason(self, client, officer, commune):
        DenominatorFactory(place=commune, year=2024, value=100)
        response = enter(client, officer, commune, {(commune,): "116"})
        assert "quá 15" in text_of(response)
        enter(client, officer, commune, {(commune,): "115"})
        enter(client, officer, commune, {(commune,): "120"}, reason="Tách hộ")
        assert Denominator.objects.get(year=2025).reason == "Tách hộ"

    def test_another_number_for_a_locked_one_needs_a_reason_and_is_a_row_of_its_own(
        self, client, officer, commune
    ):
        locked = DenominatorFactory(place=commune, value=100)
        assert "nêu lý do" in text_of(enter(client, officer, commune, {(commune,): "101"}))
        enter(client, officer, commune, {(commune,): "101"}, reason="Đếm lại")
        row = Denominator.objects.get(value=101)
        assert (row.supersedes, row.is_locked) == (locked, False)
        locked.refresh_from_db()
        assert (locked.value, locked.replaced_at) == (100, None)

    def test_the_books_and_the_decisions_are_shown_beside_the_number(self, client, officer, commune, village):
        SubjectFactory.create_batch(3, place=village)
        AwardFactory(place=village)
        client.force_login(officer)
        assert "trong sổ 3, đã công nhận 1" in text_of(client.get(page(commune)))

    def test_more_holders_than_there_are_is_told(self, client, officer, commune, village):
        AwardFactory.create_batch(3, place=village)
        enter(client, officer, commune, {(commune,): "2"})
        assert "nhiều hơn tổng số" in text_of(client.get(page(commune)))

    def test_who_keeps_a_merged_commune_enters_the_years_of_those_it_was_made_of(self, client):
        reform = datetime.date(2025, 7, 1)
        old = CommuneFactory(name="Chí Viễn", valid_to=datetime.date(2025, 6, 30))
        new = CommuneFactory(name="Đàm Thuỷ", valid_from=reform)
        PlaceChange.objects.create(
            source=old, target=new, kind=ChangeKind.MERGE, date=reform, legal_basis="Mẫu"
        )
        client.force_login(UserFactory(role=Role.OFFICER, place=new))
        client.post(page(new, 2024), PAPER | {name(old): "80"})
        assert Denominator.objects.get().place == old


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.VIEWER, Role.ORGANISER])
    def test_others_read_and_enter_nothing(self, client, commune, role):
        user = UserFactory(role=role, place=commune)
        assert enter(client, user, commune, {(commune,): "100"}).status_code == 403
        assert client.get(page(commune)).status_code == 200
        assert "<button" not in text_of(client.get(page(commune))).split("<main")[1].split("numbers")[-1]
        assert not Denominator.objects.exists()

    def test_a_village_secretary_enters_no_numbers_of_the_commune(self, client, commune, village):
        user = UserFactory(role=Role.OFFICER, place=village)
        assert enter(client, user, commune, {(commune,): "100"}).status_code == 403

    def test_another_commune_is_not_found(self, client, officer):
        other = CommuneFactory()
        assert enter(client, officer, other, {(other,): "100"}).status_code == 404
        assert client.get(page(other)).status_code == 404
        assert client.get(f"/can-bo/mau-so/{other.pk}/bang/").status_code == 404

    def test_an_officer_does_not_check(self, client, officer, commune):
        row = DenominatorFactory(place=commune, open=True)
        assert check(client, officer, commune, row).status_code == 403

    def test_nobody_checks_what_they_entered_themselves(self, client, officer, commune):
        GrantFactory(user=officer, role=Role.ORGANISER, place=None)
        enter(client, officer, commune, {(commune,): "100"})
        response = check(client, officer, commune, Denominator.objects.get())
        assert "phải có người khác kiểm tra" in text_of(response)
        assert not Denominator.objects.locked().exists()

    def test_an_organiser_of_another_place_does_not_check(self, client, commune):
        row = DenominatorFactory(place=commune, open=True)
        user = UserFactory(role=Role.ORGANISER, place=CommuneFactory())
        assert check(client, user, commune, row).status_code == 404


class TestChecking:
    def test_the_association_locks_what_it_has_checked(self, client, organiser, commune, village):
        first = DenominatorFactory(place=commune, open=True)
        second = DenominatorFactory(place=village, open=True)
        check(client, organiser, commune, first)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.checked_by, first.is_locked, second.is_locked) == (organiser, True, False)
        assert AuditEvent.objects.filter(action="denominator.locked").count() == 1

    def test_a_correction_takes_the_place_of_what_was_locked(self, client, organiser, commune):
        old = DenominatorFactory(place=commune, value=100)
        new = DenominatorFactory(place=commune, value=105, open=True, supersedes=old, reason="Đếm lại")
        response = check(client, organiser, commune, new)
        old.refresh_from_db()
        assert old.replaced_at is not None
        assert list(Denominator.objects.locked()) == [new]
        assert "100 → 105" in text_of(response)

    def test_a_number_that_was_corrected_meanwhile_is_not_locked(self, client, organiser, commune):
        row = DenominatorFactory(place=commune, value=100, open=True)
        seen = Denominator.objects.get(pk=row.pk)
        Denominator.objects.filter(pk=row.pk).update(value=200)
        response = check(client, organiser, commune, seen)
        assert "vừa sửa" in text_of(response)
        assert not Denominator.objects.locked().exists()

    def test_fewer_than_hold_the_title_is_not_locked(self, client, organiser, commune, village):
        AwardFactory.create_batch(3, place=village)
        row = DenominatorFactory(place=commune, value=2, open=True)
        assert "nhiều hơn tổng số" in text_of(check(client, organiser, commune, row))
        assert not Denominator.objects.locked().exists()
