"""One assessment: three sheets side by side, only the person's own stage to fill in, every step with its reason why not."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from recognition.domain import sheets
from recognition.enums import AssessmentState, RoundState, Stage
from recognition.models import Assessment, Round
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, merge
from tests.factories.recognition import AssessmentFactory, RoundFactory, points_set, scored

pytestmark = pytest.mark.django_db

CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def sign_in(client, round):
    def sign_in(role, place=None):
        user = UserFactory(role=role, place=place or round.place)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def registered(round):
    return AssessmentFactory(round=round, state=AssessmentState.REGISTERED)


@pytest.fixture
def handed_in(round):
    return scored(AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED), stages=[Stage.SELF])


def typed(points, row, *, stage_note="", **more):
    form = {"version": row.version, "action": "save"} | {f"{code}-points": points for code in CODES}
    return form | more


def answers(row, stage):
    return {score.criterion.code: score.said for score in row.scores.filter(stage=stage)}


class TestReading:
    def test_another_communes_assessment_is_not_found(self, client, sign_in):
        sign_in(Role.OFFICER)
        theirs = AssessmentFactory()
        for name in ("assessment", "assessment_figures", "registration_form"):
            address = reverse(f"recognition:{name}", args=[theirs.pk])
            for response in (client.get(address), client.post(address)):
                assert response.status_code in (404, 405), name
                assert theirs.subject.name not in response.text

    def test_who_only_reads_sees_all_sheets_and_no_box(self, client, sign_in, handed_in):
        sign_in(Role.VIEWER)
        page = client.get(handed_in.get_absolute_url()).text
        assert "25 trên 25 điểm" in page
        assert 'name="1.1-points"' not in page
        assert 'name="action"' not in page

    def test_a_reader_changes_nothing(self, client, sign_in, handed_in):
        for role in (Role.VIEWER, Role.AUDITOR, Role.ISSUER, Role.CLERK):
            sign_in(role)
            client.post(handed_in.get_absolute_url(), typed("1", handed_in))
        assert answers(handed_in, "self") == {code: {"points": 25} for code in CODES}
        assert not answers(handed_in, "verifier")

    def test_the_number_of_queries_is_bounded(
        self, client, sign_in, handed_in, django_assert_max_num_queries
    ):
        sign_in(Role.VERIFIER)
        with django_assert_max_num_queries(60):
            client.get(handed_in.get_absolute_url())

    def test_a_merged_commune_is_said_to_be_read_only_for_its_former_officer(
        self, client, sign_in, registered
    ):
        sign_in(Role.OFFICER)
        merge(registered.commune, CommuneFactory(name="Mới"))
        page = client.get(registered.get_absolute_url()).text
        assert "nay là Xã Mới" in page
        assert "không sửa được nữa" in page
        assert 'name="1.1-points"' not in page


class TestFillingIn:
    def test_the_officer_fills_in_the_own_sheet_bit_by_bit(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        form = {"version": registered.version, "action": "save", "1.1-points": "7,5"}
        assert client.post(registered.get_absolute_url(), form).status_code == 302
        assert answers(registered, "self") == {"1.1": {"points": 7.5}}
        registered.refresh_from_db()
        assert (registered.total, registered.passed) == (7.5, None)

    def test_what_cannot_be_read_is_marked_and_the_rest_is_saved(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        form = typed("20", registered) | {"1.2-points": "hai mươi", "2.1-points": "26"}
        page = client.post(registered.get_absolute_url(), form).text
        assert answers(registered, "self") == {"1.1": {"points": 20}, "2.2": {"points": 20}}
        assert "“hai mươi” không phải là số" in page
        assert 'value="hai mươi"' in page
        assert "2.1: điểm phải từ 0 đến 25" in page

    def test_saving_and_handing_in_are_one_press(self, client, sign_in, registered):
        officer = sign_in(Role.OFFICER)
        client.post(registered.get_absolute_url(), typed("20", registered, action="submit"))
        registered.refresh_from_db()
        assert (registered.state, registered.submitted_by, registered.total) == ("self_scored", officer, 80)

    def test_an_incomplete_sheet_is_saved_and_not_handed_in(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        form = {"version": registered.version, "action": "submit", "1.1-points": "20"}
        page = client.post(registered.get_absolute_url(), form).text
        registered.refresh_from_db()
        assert registered.state == "registered"
        assert answers(registered, "self") == {"1.1": {"points": 20}}
        assert "1.2, 2.1, 2.2" in page

    def test_the_verifier_writes_beside_the_own_sheet(self, client, sign_in, handed_in):
        sign_in(Role.VERIFIER)
        form = {"version": handed_in.version, "action": "save", "1.1-points": "22"}
        client.post(handed_in.get_absolute_url(), form)
        page = client.get(handed_in.get_absolute_url()).text
        assert "Thấp hơn 3 điểm" in page
        assert "sheet__cell--wide" in page
        assert answers(handed_in, "self")["1.1"] == {"points": 25}

    def test_agreeing_with_the_rest_keeps_what_differs(self, client, sign_in, handed_in):
        sign_in(Role.VERIFIER)
        form = {"version": handed_in.version, "action": "agree", "1.1-points": "24"}
        client.post(handed_in.get_absolute_url(), form)
        points = {code: said["points"] for code, said in answers(handed_in, "verifier").items()}
        assert points == {"1.1": 24, "1.2": 25, "2.1": 25, "2.2": 25}

    def test_verifying_asks_why_points_differ_so_much(self, client, sign_in, handed_in):
        sign_in(Role.VERIFIER)
        form = typed("25", handed_in, action="verify") | {"1.1-points": "20"}
        page = client.post(handed_in.get_absolute_url(), form).text
        handed_in.refresh_from_db()
        assert handed_in.state == "self_scored"
        assert "1.1" in page
        assert 'name="1.1-note"' in page
        client.post(handed_in.get_absolute_url(), form | {"1.1-note": "Thiếu giấy khen"})
        handed_in.refresh_from_db()
        assert (handed_in.state, handed_in.total) == ("verified", 95)

    def test_the_council_writes_only_what_it_changes_and_always_why(self, client, sign_in, round):
        row = scored(AssessmentFactory(round=round, state=AssessmentState.VERIFIED))
        sign_in(Role.CLERK)
        form = {"version": row.version, "action": "save", "1.1-points": "25", "1.2-points": "24"}
        page = client.post(row.get_absolute_url(), form).text
        assert "1.2: hãy ghi lý do hội đồng quyết định khác" in page
        assert not answers(row, "council")
        client.post(row.get_absolute_url(), form | {"1.2-note": "Theo biên bản họp"})
        assert answers(row, "council") == {"1.2": {"points": 24}}
        row.refresh_from_db()
        assert row.total == 99

    def test_the_submitter_verifies_nothing_and_reads_why(self, client, sign_in, round):
        both = sign_in(Role.VERIFIER)
        row = AssessmentFactory(
            round=round, state=AssessmentState.SELF_SCORED, submitted_by=both, submitted_as="officer"
        )
        scored(row, stages=[Stage.SELF])
        page = client.get(row.get_absolute_url()).text
        assert "Người đã nộp phiếu thì không thẩm định phiếu đó" in page
        assert 'value="verify"' not in page
        client.post(row.get_absolute_url(), typed("1", row, action="verify"))
        assert not answers(row, "verifier")


class TestSteps:
    def test_a_step_with_a_reason_needs_it(self, client, sign_in, handed_in):
        sign_in(Role.VERIFIER)
        form = {"version": handed_in.version, "action": "return"}
        assert "lý do" in client.post(handed_in.get_absolute_url(), form).text
        client.post(handed_in.get_absolute_url(), form | {"reason": "Thiếu minh chứng 2.1"})
        handed_in.refresh_from_db()
        assert (handed_in.state, handed_in.reason) == ("returned", "Thiếu minh chứng 2.1")

    def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        form = typed("20", registered)
        Assessment.objects.update(version=5)
        page = client.post(registered.get_absolute_url(), form).text
        assert "Vừa có người khác" in page or "người khác" in page
        assert 'value="20"' in page
        assert not answers(registered, "self")

    def test_steps_that_stand_on_papers_are_not_taken_here(self, client, sign_in, round):
        row = scored(AssessmentFactory(round=round, state=AssessmentState.VERIFIED))
        sign_in(Role.CLERK)
        response = client.post(row.get_absolute_url(), {"version": row.version, "action": "propose"})
        assert response.status_code == 403

    def test_the_history_tells_who_did_what_in_which_role(self, client, sign_in, registered):
        officer = sign_in(Role.OFFICER)
        client.post(registered.get_absolute_url(), typed("20", registered, action="submit"))
        (event,) = client.get(registered.get_absolute_url()).context["history"]
        assert (event.what, event.who, event.role) == ("đã nộp phiếu tự chấm", officer.full_name, "Cán bộ xã")

    def test_in_a_closed_round_nothing_is_typed(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        Round.objects.update(state=RoundState.CLOSED)
        assert 'name="1.1-points"' not in client.get(registered.get_absolute_url()).text


class TestFigures:
    def ask(self, client, row, **form):
        return client.post(reverse("recognition:assessment_figures", args=[row.pk]), form)

    def test_what_is_typed_is_judged_and_not_written(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        answer = self.ask(client, registered, **typed("20", registered)).json()
        assert (answer["total"], answer["state"], answer["words"]) == ("80", "passed", "Đạt")
        assert answer["groups"] == {"1": "40", "2": "40"}
        assert not answers(registered, "self")

    def test_an_incomplete_sheet_has_a_total_so_far(self, client, sign_in, registered):
        sign_in(Role.OFFICER)
        answer = self.ask(client, registered, **{"1.1-points": "7,5", "1.2-points": "x"}).json()
        assert (answer["total"], answer["state"]) == ("7,5", "unfinished")
        assert "1.2" in answer["errors"]

    def test_where_it_differs_from_the_own_sheet_is_told(self, client, sign_in, handed_in):
        sign_in(Role.VERIFIER)
        answer = self.ask(client, handed_in, **{"1.1-points": "24", "1.2-points": "20"}).json()
        assert answer["total"] == "94"
        assert {code: each["wide"] for code, each in answer["differences"].items()} == {
            "1.1": False,
            "1.2": True,
        }

    def test_a_reader_asks_nothing(self, client, sign_in, registered):
        sign_in(Role.VIEWER)
        assert self.ask(client, registered).status_code == 403


def test_where_evidence_is_asked_for_points_without_it_do_not_count(client, sign_in):
    row = AssessmentFactory(round__criteria_set=points_set(evidence=True), state=AssessmentState.REGISTERED)
    sign_in(Role.OFFICER, row.commune)
    client.post(row.get_absolute_url(), typed("25", row))
    assert "không có minh chứng" in client.get(row.get_absolute_url()).text
    assert sheets.preview(row, Stage.SELF, {code: {"points": 25} for code in CODES}).total == 0
