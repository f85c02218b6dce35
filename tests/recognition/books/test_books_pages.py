"""The officers' pages of the books: what each may do there, and that nothing of one commune reaches another's officer."""

import pytest

from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent
from recognition.enums import SubjectKind, SubjectState
from recognition.models import BookUpload, Subject
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import SubjectFactory
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db


class TestReading:
    def test_the_only_commune_is_opened_at_once(self, desk, commune):
        response = desk.get(address("all_books"))
        assert response.url == address("books", commune.pk)

    def test_the_corner_of_the_officer_leads_to_the_books(self, desk, commune):
        assert address("books", commune.pk) in desk.get("/can-bo/").text

    def test_a_name_is_found_without_accents(self, desk, commune, family, village):
        SubjectFactory(place=village, name="Nông Thị Mẫu")
        page = desk.get(address("books", commune.pk), {"q": "hoang van"}).text
        assert "Hoàng Văn Mẫu" in page
        assert "Nông Thị Mẫu" not in page

    def test_village_and_kind_narrow_the_list(self, desk, commune, family, village):
        other = SubjectFactory(place=VillageFactory(parent=commune), name="Nhà Xóm Kia")
        clan = SubjectFactory(place=village, name="Họ Mẫu", kind=SubjectKind.CLAN)
        page = desk.get(address("books", commune.pk), {"xom": village.pk, "loai": "family"}).text
        assert family.name in page
        assert other.name not in page
        assert clan.name not in page

    @pytest.mark.parametrize("query", [{"xom": "0"}, {"xom": "x"}, {"loai": "x"}, {"page": "9"}])
    def test_what_cannot_be_asked_for_is_not_found(self, desk, commune, query):
        assert desk.get(address("books", commune.pk), query).status_code == 404

    def test_the_number_of_queries_does_not_grow_with_the_rows(
        self, desk, commune, village, django_assert_max_num_queries
    ):
        SubjectFactory.create_batch(3, place=village)
        with django_assert_max_num_queries(40) as few:
            desk.get(address("books", commune.pk))
        SubjectFactory.create_batch(20, place=village)
        with django_assert_max_num_queries(len(few)):
            desk.get(address("books", commune.pk))


class TestScope:
    """One officer, another's commune."""

    @pytest.fixture
    def theirs(self, stranger):
        return stranger.place.at(timezone.localdate()).parent

    def test_no_page_of_another_commune_opens(self, desk, stranger, theirs):
        upload = BookUpload.objects.create(
            commune=theirs, day=timezone.localdate(), name="x", uploaded_by=UserFactory()
        )
        for each in (
            address("books", theirs.pk),
            address("book_add", theirs.pk),
            address("book_doubles", theirs.pk),
            address("book_sheet", theirs.pk),
            address("book_hand_in", theirs.pk),
            address("book_upload", upload.pk),
            address("book_subject", stranger.pk),
        ):
            response = desk.get(each)
            assert response.status_code == 404, each
            assert stranger.name not in response.text

    def test_nothing_of_another_commune_can_be_changed(self, desk, commune, family, stranger):
        before = list(Subject.objects.order_by("pk").values())
        desk.post(address("book_subject", stranger.pk), {"name": "x", "place": family.place_id})
        desk.post(address("book_state", stranger.pk), {"action": "close", "reason": "x"})
        desk.post(address("book_doubles", commune.pk), {"kept": family.pk, "other": stranger.pk})
        desk.post(address("book_subject", family.pk), {"name": family.name, "place": stranger.place_id})
        desk.post(
            address("book_add", commune.pk), {"kind": "family", "name": "x", "place": stranger.place_id}
        )
        assert list(Subject.objects.order_by("pk").values()) == before

    def test_no_list_sheet_or_search_shows_another_commune(self, desk, commune, family, stranger):
        for query in ({}, {"q": "hoang"}, {"q": "xa khac"}):
            assert stranger.name not in desk.get(address("books", commune.pk), query).text
        sheet = desk.get(address("book_sheet", commune.pk)).content
        assert sheet == b"" or stranger.name.encode() not in sheet

    def test_the_officer_of_a_village_keeps_that_village_alone(self, client, commune, family):
        other = SubjectFactory(place=VillageFactory(parent=commune), name="Nhà Xóm Kia")
        client.force_login(UserFactory(role=Role.OFFICER, place=family.place))
        page = client.get(address("books", commune.pk)).text
        assert family.name in page
        assert other.name not in page
        assert client.get(address("book_subject", other.pk)).status_code == 404
        assert client.get(address("book_add", commune.pk)).status_code == 403

    @pytest.mark.parametrize("role", [Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.VIEWER, Role.AUDITOR])
    def test_other_roles_read_and_change_nothing(self, client, commune, family, role):
        client.force_login(UserFactory(role=role, place=commune))
        assert family.name in client.get(address("books", commune.pk)).text
        assert address("book_add", commune.pk) not in client.get(address("books", commune.pk)).text
        assert client.get(address("book_add", commune.pk)).status_code == 403
        assert client.get(address("book_hand_in", commune.pk)).status_code == 403
        assert client.get(address("book_doubles", commune.pk)).status_code == 403
        response = client.post(address("book_state", family.pk), {"action": "close", "reason": "x"})
        assert response.status_code == 403
        family.refresh_from_db()
        assert family.state == SubjectState.LIVE

    def test_whoever_is_not_signed_in_signs_in_first(self, client, commune, family):
        for each in (address("all_books"), address("books", commune.pk), address("book_subject", family.pk)):
            assert "/can-bo/dang-nhap" in client.get(each).url or "next=" in client.get(each).url


class TestKeeping:
    def test_one_is_entered_and_the_trail_tells_by_whom(self, desk, officer, commune, village):
        desk.post(
            address("book_add", commune.pk),
            {"kind": "family", "name": "  Nông   Văn Mẫu ", "distinction": "", "place": village.pk},
        )
        [subject] = Subject.objects.all()
        assert (subject.name, subject.place) == ("Nông Văn Mẫu", village)
        event = AuditEvent.objects.get(object=subject.audit_name)
        assert (event.action, event.actor) == ("subject.entered", officer)
        assert AuditChain.objects.get().place == commune

    @pytest.mark.parametrize(
        "data", [{"name": ""}, {"name": "Nhà 004012345678"}, {"name": "HOÀNG VĂN MẪU"}, {"place": ""}]
    )
    def test_what_cannot_be_entered_is_said_and_stays_typed(self, desk, commune, family, data):
        typed = {
            "kind": "family",
            "name": "Tên đã gõ",
            "place": family.place_id,
            "distinction": "tổ đã gõ",
        } | data
        if data == {"name": "HOÀNG VĂN MẪU"}:
            typed["distinction"] = ""
        page = desk.post(address("book_add", commune.pk), typed)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert typed["name"] in page.text
        assert Subject.objects.count() == 1

    def test_a_corrected_name_keeps_the_one_before_in_its_history(self, desk, family):
        typed = {"name": "Hoàng Văn Đúng", "distinction": "", "place": family.place_id}
        desk.post(address("book_subject", family.pk), typed)
        page = desk.get(address("book_subject", family.pk)).text
        assert "Hoàng Văn Đúng" in page
        assert "Hoàng Văn Mẫu" in page
        assert audit.verify(AuditChain.objects.get()) is None

    def test_what_is_closed_leaves_the_list_and_comes_back(self, desk, commune, family):
        desk.post(address("book_state", family.pk), {"action": "close", "reason": "Chuyển đi nơi khác"})
        assert family.name not in desk.get(address("books", commune.pk)).text
        assert "Chuyển đi nơi khác" in desk.get(address("book_subject", family.pk)).text
        desk.post(address("book_state", family.pk), {"action": "reopen"})
        assert family.name in desk.get(address("books", commune.pk)).text

    def test_without_a_reason_nothing_is_closed(self, desk, family):
        desk.post(address("book_state", family.pk), {"action": "close", "reason": " "})
        family.refresh_from_db()
        assert family.state == SubjectState.LIVE

    def test_a_closed_one_does_not_come_back_over_another_of_its_name(self, desk, family):
        desk.post(address("book_state", family.pk), {"action": "close", "reason": "Chuyển đi"})
        SubjectFactory(place=family.place, name=family.name)
        desk.post(address("book_state", family.pk), {"action": "reopen"})
        family.refresh_from_db()
        assert family.state == SubjectState.CLOSED
