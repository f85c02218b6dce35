"""The pages of the evidence, and above all who gets which file."""

import pytest

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.enums import Role
from portal.web.imports.table import read_content
from portal.web.spreadsheet import listing_xlsx
from recognition.domain import evidence as keeping
from recognition.domain import sheets
from recognition.domain.evidence import files
from recognition.enums import AssessmentState
from recognition.models import Evidence
from tests.factories import files as made
from tests.factories.accounts import UserFactory
from tests.factories.cms import picture_bytes
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def officer(round, client):
    user = UserFactory(role=Role.OFFICER, place=round.place)
    client.force_login(user)
    return user


@pytest.fixture
def row(round):
    return AssessmentFactory(round=round, state=AssessmentState.REGISTERED)


@pytest.fixture
def criterion(round):
    return sheets.criteria_by_code(round.criteria_set)["1.2"]


@pytest.fixture
def document(row, officer, criterion):
    """A PDF that covers the row."""
    kept, kind, name = files.keep(ContentFile(made.text_pdf(), "Danh sách khen.pdf"))
    found = Evidence(
        round=row.round, commune=row.commune, criterion=criterion, file=kept, kind=kind, file_name=name
    )
    return keeping.add(found, [row], officer)


def door(document):
    return reverse("recognition:evidence_file", args=[document.pk])


def test_a_photo_taken_on_the_phone_is_kept_for_the_criterion_of_the_page(client, officer, row, criterion):
    address = f"{reverse('recognition:evidence_add', args=[row.pk])}?tieu-chi=1.2"
    page = client.get(address).content.decode()
    assert 'capture="environment"' in page
    assert f'<option value="{criterion.pk}" selected>' in page
    photo = SimpleUploadedFile("IMG_1.jpg", picture_bytes(gps=True))
    response = client.post(address, {"criterion": criterion.pk, "note": "Giấy khen", "photo": photo})
    found = Evidence.objects.get()
    assert response.url == f"{row.get_absolute_url()}#c-1.2"
    assert (found.kind, found.criterion, list(found.assessments.all())) == ("photo", criterion, [row])
    shown = client.get(door(found))
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"].startswith("inline")
    assert b"Exif" not in b"".join(shown.streaming_content)


def test_the_text_is_sent_first_and_the_photo_later(client, officer, row, criterion):
    client.post(
        reverse("recognition:evidence_add", args=[row.pk]), {"criterion": criterion.pk, "note": "Giấy khen"}
    )
    found = Evidence.objects.get()
    assert found.kind == "attestation"
    client.post(found.get_absolute_url(), {"photo": SimpleUploadedFile("IMG_1.jpg", picture_bytes())})
    found.refresh_from_db()
    assert (found.kind, found.note) == ("photo", "Giấy khen")
    assert "Thêm ảnh hoặc tệp" not in client.get(found.get_absolute_url()).content.decode()


def test_a_refused_file_loses_nothing_that_was_typed(client, officer, row, criterion):
    sent = {
        "criterion": criterion.pk,
        "note": "Giấy khen của trường",
        "file": SimpleUploadedFile("x.pdf", b"MZ"),
    }
    page = client.post(reverse("recognition:evidence_add", args=[row.pk]), sent).content.decode()
    assert "Giấy khen của trường" in page
    assert "chương trình" in page
    assert not Evidence.objects.exists()


def test_nothing_at_all_proves_nothing(client, officer, row, criterion):
    page = client.post(reverse("recognition:evidence_add", args=[row.pk]), {"criterion": criterion.pk})
    assert "Chỉ cần một trong số đó" in page.content.decode()


def test_the_file_is_for_keeping_and_a_browser_runs_nothing_of_it(client, document):
    response = client.get(door(document))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.VIEWER])
def test_who_may_not_see_the_assessment_gets_neither_the_file_nor_a_word(client, document, role, row):
    client.force_login(UserFactory(role=role, place=CommuneFactory()))
    for name in ("evidence", "evidence_file", "evidence_cover"):
        assert client.get(reverse(f"recognition:{name}", args=[document.pk])).status_code == 404
    assert client.post(reverse("recognition:evidence_take_off", args=[document.pk])).status_code == 404
    assert client.get(reverse("recognition:evidence_add", args=[row.pk])).status_code == 404
    there = [document.round_id, document.commune_id]
    assert client.get(reverse("recognition:round_evidence", args=there)).status_code == 404
    client.logout()
    assert client.get(door(document)).status_code == 302
    assert not Evidence.objects.visible_to(AnonymousUser()).exists()


def test_a_village_officer_gets_what_covers_one_of_their_families_only(client, document, row, round):
    client.force_login(UserFactory(role=Role.OFFICER, place=row.place))
    assert client.get(door(document)).status_code == 200
    client.force_login(UserFactory(role=Role.OFFICER, place=VillageFactory(parent=round.place)))
    assert client.get(door(document)).status_code == 404


def test_a_viewer_of_the_commune_reads_and_changes_nothing(client, document, row):
    client.force_login(UserFactory(role=Role.VIEWER, place=row.commune))
    page = client.get(document.get_absolute_url()).content.decode()
    assert str(row.subject) in page
    assert "Bỏ khỏi" not in page
    assert client.get(reverse("recognition:evidence_add", args=[row.pk])).status_code == 403
    assert client.get(reverse("recognition:evidence_cover", args=[document.pk])).status_code == 403
    client.post(reverse("recognition:evidence_take_off", args=[document.pk]), {"ho": row.pk})
    assert document.covers.count() == 1


def test_a_document_is_taken_off_and_goes_with_the_last_sheet(client, document, row):
    client.post(reverse("recognition:evidence_take_off", args=[document.pk]), {"ho": row.pk})
    assert not Evidence.objects.exists()


def test_one_document_is_spread_over_a_village_and_over_a_list(client, officer, round, criterion):
    village = VillageFactory(name="Nà Mẫu", parent=round.place)
    families = [
        AssessmentFactory(
            round=round,
            place=village,
            subject=SubjectFactory(name=name, place=village),
            state=AssessmentState.REGISTERED,
        )
        for name in ("Nông Văn Một", "Nông Văn Hai", "Nông Văn Ba")
    ]
    other = AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    shared = reverse("recognition:round_evidence_add", args=[round.pk, round.place_id])
    sent = {"criterion": criterion.pk, "document_number": "05/DS-TH", "note": "Danh sách học sinh"}
    response = client.post(shared, sent)
    found = Evidence.objects.get()
    assert response.url == reverse("recognition:evidence_cover", args=[found.pk])

    sheet = listing_xlsx("Danh sách", ["Chủ hộ", "Xóm"], [["NONG VAN MOT", "Nà Mẫu"], ["Ai Đó", ""]])
    preview = client.post(response.url, {"names": SimpleUploadedFile("ds.xlsx", sheet)}).content.decode()
    assert f'value="{families[0].pk}" checked' in preview
    assert "Ai Đó" in preview
    assert found.covers.count() == 0  # nothing before a word of the officer
    client.post(response.url, {"ho": [families[0].pk]})
    assert list(found.assessments.all()) == [families[0]]

    of_village = f"{response.url}?xom={village.pk}"
    page = client.get(of_village).content.decode()
    assert "Cả xóm (2)" in page
    assert str(other.subject) not in page
    client.post(of_village, {"action": "village"})
    assert set(found.assessments.all()) == set(families)
    listed = client.get(reverse("recognition:round_evidence", args=[round.pk, round.place_id]))
    assert "Danh sách học sinh" in listed.content.decode()


def test_boxes_of_another_commune_cannot_be_ticked_from_outside(client, document, officer):
    stranger = AssessmentFactory(state=AssessmentState.REGISTERED)
    client.post(reverse("recognition:evidence_cover", args=[document.pk]), {"ho": [stranger.pk]})
    client.post(reverse("recognition:evidence_take_off", args=[document.pk]), {"ho": [stranger.pk]})
    assert [each.assessment_id for each in document.covers.all()] == [document.assessments.get().pk]


def test_a_criterion_of_another_set_cannot_be_chosen(client, officer, row):
    strange = sheets.criteria_by_code(RoundFactory().criteria_set)["1.1"]
    client.post(
        reverse("recognition:evidence_add", args=[row.pk]), {"criterion": strange.pk, "note": "Giấy khen"}
    )
    assert not Evidence.objects.exists()


def test_the_page_of_a_document_asks_as_much_for_thirty_families_as_for_one(client, document, officer):
    village = VillageFactory(parent=document.commune)
    rows = [
        AssessmentFactory(round=document.round, place=village, state=AssessmentState.REGISTERED)
        for _ in range(30)
    ]
    counts = []
    for more in (rows[:1], rows[1:]):
        keeping.cover(document, more, officer)
        with CaptureQueriesContext(connection) as asked:
            client.get(document.get_absolute_url())
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_the_sheet_shows_what_proves_each_criterion_and_leads_on_after_saving(
    client, document, row, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        page = client.get(row.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in page
    assert "thêm minh chứng (1.2)" in page.lower()  # in the history
    response = client.post(
        row.get_absolute_url(), {"version": row.version, "1.1-points": "20", "prove": "1.1"}
    )
    assert response.url == f"{reverse('recognition:evidence_add', args=[row.pk])}?tieu-chi=1.1"
    assert row.scores.get().points == 20


def test_before_anybody_takes_part_the_page_of_the_evidence_is_empty(client, officer, round):
    page = client.get(reverse("recognition:round_evidence", args=[round.pk, round.place_id]))
    assert "Chưa có văn bản chung nào" in page.content.decode()


class TestHousehold:
    @pytest.fixture
    def address(self, row):
        return reverse("recognition:household_evidence", args=[row.household_token])

    def test_it_gives_in_a_photo_looks_at_it_and_takes_it_off_without_an_account(
        self, client, row, criterion, address
    ):
        photo = SimpleUploadedFile("IMG_1.jpg", picture_bytes(gps=True))
        client.post(address, {"criterion": criterion.pk, "note": "Giấy khen", "photo": photo})
        found = row.evidence.get()
        assert (found.kind, found.added_by) == ("photo", None)
        own = [row.household_token, found.pk]
        shown = client.get(reverse("recognition:household_evidence_file", args=own))
        assert shown["Content-Type"] == "image/jpeg"
        assert "Giấy khen" in client.get(address).content.decode()
        client.post(reverse("recognition:household_evidence_take_off", args=own))
        assert not row.evidence.exists()

    def test_it_gets_no_document_of_the_officers_and_takes_none_off(self, client, document, row):
        """A list of the school names other families too."""
        client.logout()
        own = [row.household_token, document.pk]
        assert client.get(reverse("recognition:household_evidence_file", args=own)).status_code == 404
        assert client.post(reverse("recognition:household_evidence_take_off", args=own)).status_code == 404

    def test_it_gets_nothing_of_another_household(self, client, row, criterion, address):
        client.post(address, {"criterion": criterion.pk, "note": "Giấy khen"})
        other = AssessmentFactory(round=row.round, state=AssessmentState.REGISTERED)
        strange = [other.household_token, row.evidence.get().pk]
        assert client.get(reverse("recognition:household_evidence_file", args=strange)).status_code == 404
        assert (
            client.post(reverse("recognition:household_evidence_take_off", args=strange)).status_code == 404
        )

    def test_it_adds_nothing_to_a_sheet_that_was_handed_in(self, client, round, criterion):
        row = AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED)
        address = reverse("recognition:household_evidence", args=[row.household_token])
        assert client.post(address, {"criterion": criterion.pk, "note": "Muộn"}).status_code == 404
        assert not Evidence.objects.exists()

    def test_the_sheet_leads_to_it_after_saving(self, client, row, address):
        sheet = reverse("recognition:household", args=[row.household_token])
        assert 'name="prove"' in client.get(sheet).content.decode()
        response = client.post(sheet, {"version": row.version, "1.1-points": "20", "prove": "1.1"})
        assert response.url == f"{address}?tieu-chi=1.1"
        assert row.scores.get().points == 20


def test_the_list_is_a_sheet_too_with_what_it_shows(client, officer, row, document):
    there = [row.round_id, row.commune_id]
    assert (
        reverse("recognition:round_evidence_sheet", args=there)
        in client.get(f"{reverse('recognition:round_evidence', args=there)}?tat-ca=1").text
    )
    address = reverse("recognition:round_evidence_sheet", args=there)
    assert names_in(client.get(address)) == []
    assert names_in(client.get(f"{address}?tat-ca=1")) == [str(document)]


def names_in(response):
    read = read_content(response.content, is_heading=lambda cells: "Minh chứng" in cells)
    return [cells["Minh chứng"] for _row, cells in read]
