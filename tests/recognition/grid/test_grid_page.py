"""The grid as a plain form: everything works with JavaScript off, and nothing that was typed is lost."""

import json

import pytest

from django.test import Client
from django.urls import reverse

from portal.accounts.enums import Role
from recognition.enums import AssessmentState, Stage
from recognition.models import Score
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, points_set, scored

pytestmark = pytest.mark.django_db
CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def url(round, village):
    return reverse("recognition:grid", args=[round.pk, village.pk])


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def as_verifier(verifier):
    client = Client()
    client.force_login(verifier)
    return client


def cells(row, values, seen=None):
    """The fields of a row as the form sends them."""
    fields = {f"cell-{row.pk}-{code}": value for code, value in values.items()}
    said = {row.pk: {code: [text, ""] for code, text in (seen or {}).items()}}
    return fields | {"seen": json.dumps(said), "versions": json.dumps({row.pk: row.version})}


def test_the_form_saves_what_was_typed(as_officer, url, family):
    row = family("Nông Văn Mẫu")
    page = as_officer.get(url).content.decode()
    assert f'name="cell-{row.pk}-1.1"' in page
    assert "Nông Văn Mẫu" in page
    answer = as_officer.post(url, cells(row, dict.fromkeys(CODES, "25")), follow=True)
    assert "Đã lưu 4 ô." in answer.content.decode()
    assert "100 Đạt" in " ".join(answer.content.decode().split())
    assert Score.objects.filter(assessment=row, points=25).count() == 4


def test_a_mistake_stays_in_its_cell_with_a_sentence_beside_it(as_officer, url, family):
    row = family()
    page = as_officer.post(url, cells(row, {"1.1": "99", "1.2": "20"})).content.decode()
    assert f'href="#id_cell-{row.pk}-1_1"' in page
    assert 'value="99"' in page
    assert "1.1: điểm phải từ 0 đến 25." in page
    assert list(Score.objects.values_list("criterion__code", flat=True)) == ["1.2"]


def test_what_another_has_written_meanwhile_is_not_overwritten(as_officer, url, family):
    row = scored(family(), 10, stages=[Stage.SELF])
    page = as_officer.post(url, cells(row, {"1.1": "25"})).content.decode()
    assert "người khác đã sửa ô này. Ô này đang ghi “10”" in page
    assert 'value="25"' in page
    assert Score.objects.get(criterion__code="1.1").points == 10


def test_a_field_that_says_what_it_said_is_not_written_again(as_officer, url, family):
    row = scored(family(), 10, stages=[Stage.SELF])
    before = Score.objects.get(criterion__code="1.1").at
    answer = as_officer.post(url, cells(row, {"1.1": "10"}, seen={"1.1": "10"}), follow=True)
    assert "Không có gì thay đổi." in answer.content.decode()
    assert Score.objects.get(criterion__code="1.1").at == before


def test_twenty_subjects_stand_on_a_page_and_all_of_them_in_the_data_of_the_script(as_officer, url, family):
    for number in range(23):
        family(f"Hộ mẫu {number:02}")
    answer = as_officer.get(url)
    assert len(answer.context["lines"]) == 20
    assert len(answer.context["data"]["rows"]) == 23
    assert len(as_officer.get(f"{url}?page=2").context["lines"]) == 3


def test_a_name_is_found_without_accents(as_officer, url, family):
    family("Nông Văn Đường")
    family("Hoàng Thị Mẫu")
    lines = as_officer.get(f"{url}?ten=duong").context["lines"]
    assert [str(line.row.assessment.subject) for line in lines] == ["Nông Văn Đường"]


def test_drafts_are_registered_and_sheets_handed_in_for_the_whole_village(as_officer, url, family, round):
    drafts = [family(state=AssessmentState.DRAFT) for _ in range(2)]
    answer = as_officer.post(url, {"action": "register"}, follow=True)
    assert "Đã đăng ký 2." in answer.content.decode()
    scored(drafts[0], 25, stages=[Stage.SELF])
    page = as_officer.post(url, {"action": "submit"}).content.decode()
    assert "Đã nộp 1 phiếu." in page
    assert f"{drafts[1].subject}: " in page
    assert "1.1, 1.2, 2.1, 2.2" in page
    assert sorted(round.assessments.values_list("state", flat=True)) == ["registered", "self_scored"]


def test_a_sheet_with_a_mistake_in_the_form_is_not_handed_in(as_officer, url, family):
    row = scored(family(), 25, stages=[Stage.SELF])
    fields = cells(row, {"1.1": "26"}, seen={"1.1": "25"})
    page = as_officer.post(url, fields | {"action": "submit"}).content.decode()
    row.refresh_from_db()
    assert row.state == AssessmentState.REGISTERED
    assert f"{row.subject}: 1.1: điểm phải từ 0 đến 25." in page


def test_who_has_looked_at_an_older_state_is_told(as_officer, url, family):
    row = scored(family(), 25, stages=[Stage.SELF])
    page = as_officer.post(url, {"action": "submit", "versions": json.dumps({row.pk: 7})}).content.decode()
    assert "người khác" in page
    row.refresh_from_db()
    assert row.state == AssessmentState.REGISTERED


def test_the_verifier_agrees_with_the_own_sheets_and_confirms_the_village(as_verifier, url, family, verifier):
    rows = [scored(family(state=AssessmentState.SELF_SCORED), 25, stages=[Stage.SELF]) for _ in range(2)]
    as_verifier.post(url, cells(rows[0], {"1.1": "20"}))
    as_verifier.post(url, {"action": "take-over"})
    page = as_verifier.post(url, {"action": "verify"}).content.decode()
    assert "Đã thẩm định 1 phiếu." in page
    assert f"{rows[0].subject}: " in page
    note = {f"note-{rows[0].pk}-1.1": "Thiếu giấy khen"}
    fields = cells(rows[0], {"1.1": "20"}, seen={"1.1": "20"}) | note
    as_verifier.post(url, fields | {"action": "verify"})
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.verified_by) == (AssessmentState.VERIFIED, verifier)
    assert (
        Score.objects.get(assessment=rows[0], stage=Stage.VERIFIER, criterion__code="1.1").note
        == "Thiếu giấy khen"
    )


def test_the_officer_does_not_open_the_sheets_of_the_verifier(as_officer, url, family):
    family(state=AssessmentState.SELF_SCORED)
    assert as_officer.get(f"{url}?phieu=tham-dinh").status_code == 403
    assert as_officer.post(url, {"action": "verify"}, follow=True).status_code == 200
    assert not Score.objects.exists()


def test_rows_that_are_not_to_be_written_on_say_why(as_officer, url, family):
    row = family(state=AssessmentState.VERIFIED)
    page = as_officer.get(url).content.decode()
    assert f'name="cell-{row.pk}-1.1"' not in page
    assert "đã thẩm định" in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, Role.ISSUER, Role.AUDITOR])
def test_who_only_reads_does_not_come_in(client, url, round, role):
    client.force_login(UserFactory(role=role, place=round.place))
    assert client.get(url).status_code == 403


def test_another_commune_is_not_there(client, url, family, village):
    family("Nông Văn Mẫu")
    other = UserFactory(role=Role.OFFICER)
    client.force_login(other)
    assert client.get(url).status_code == 404
    own_round = RoundFactory(place=other.grants.get().place)
    assert client.get(reverse("recognition:grid", args=[own_round.pk, village.pk])).status_code == 404


def test_a_village_secretary_sees_no_other_village_of_the_commune(as_officer, round, family, url):
    family()
    next_door = VillageFactory(parent=round.place)
    AssessmentFactory(round=round, place=next_door)
    assert as_officer.get(url).status_code == 200
    assert as_officer.get(reverse("recognition:grid", args=[round.pk, next_door.pk])).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"seen": "no JSON"},
        {"seen": "[1]"},
        {"seen": '{"1": 5}'},
        {"seen": '{"1": {"1.1": [1, 2]}}'},
        {"versions": '{"x": 1}'},
        {"versions": '{"1": "1"}'},
        {f"cell-{'9' * 40}-1.1": "5"},
        {"cell-1-": "5", "cell--1.1": "5", "cell-": "5"},
        {"action": "take-over:x"},
        {"action": "nothing known"},
    ],
)
def test_a_form_that_no_page_of_ours_sends_does_no_harm(as_officer, url, family, fields):
    family()
    assert as_officer.post(url, fields).status_code in (200, 302, 400)
    assert not Score.objects.exists()


def test_a_whole_village_is_shown_in_a_handful_of_queries(
    as_officer, url, round, village, django_assert_max_num_queries
):
    round.criteria_set = points_set(criteria=20, most=5)
    round.save()
    for _ in range(60):
        AssessmentFactory(round=round, place=village, state=AssessmentState.REGISTERED)
    with django_assert_max_num_queries(48):
        answer = as_officer.get(url, headers={"accept-encoding": "gzip"})
    assert len(answer.content) < 40_000  # bytes on the line


@pytest.mark.parametrize(
    ("role", "leads_on"), [(Role.OFFICER, True), (Role.VERIFIER, True), (Role.VIEWER, False)]
)
def test_the_round_leads_to_the_grid_where_somebody_fills_in_sheets(
    client, url, round, family, role, leads_on
):
    family()
    client.force_login(UserFactory(role=role, place=round.place))
    page = client.get(round.get_absolute_url()).content.decode()
    assert (f'href="{url}"' in page) == leads_on


def test_one_row_alone_takes_over_last_year(as_officer, url, family, round):
    last_year = RoundFactory(year=round.year - 1, place=round.place, criteria_set=round.criteria_set)
    rows = [family() for _ in range(2)]
    for row in rows:
        before = family(subject=row.subject, round=last_year, state=AssessmentState.SELF_SCORED)
        scored(before, 9, stages=[Stage.SELF])
    assert f'value="take-over:{rows[1].pk}"' in as_officer.get(url).content.decode()
    as_officer.post(url, {"action": f"take-over:{rows[1].pk}"})
    taken = Score.objects.filter(assessment__round=round)
    assert set(taken.values_list("assessment", "points")) == {(rows[1].pk, 9)}
