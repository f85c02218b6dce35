"""The own sheet of a household, without an account: its address opens it, and nothing else."""

import pytest

from portal.accounts.models import AuditEvent
from recognition.enums import AssessmentState, RoundState
from recognition.models import Assessment, Round
from recognition.views import household
from tests.factories.recognition import AssessmentFactory, scored

pytestmark = pytest.mark.django_db

CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def row():
    return AssessmentFactory(state=AssessmentState.REGISTERED)


def address(row):
    return f"/tu-cham/{row.household_token}/"


def typed(row, points="20", **more):
    form = {"version": row.version, "action": "save"} | {f"{code}-points": points for code in CODES}
    return form | more


def test_it_is_filled_in_bit_by_bit_and_handed_in(client, row):
    client.post(address(row), {"version": 0, "action": "save", "1.1-points": "20"})
    assert 'value="20"' in client.get(address(row)).text
    client.post(address(row), typed(row, action="submit"))
    row.refresh_from_db()
    assert (row.state, row.submitted_as, row.submitted_by, row.total) == (
        "self_scored",
        "household",
        None,
        80,
    )
    page = client.get(address(row)).text
    assert 'name="1.1-points"' not in page
    assert "Phiếu đã nộp. Tiếp theo xã thẩm định." in page
    assert AuditEvent.objects.get().role == "household"


def test_one_on_the_list_registers_itself(client):
    row = AssessmentFactory(state=AssessmentState.DRAFT)
    assert "chưa đăng ký" in client.get(address(row)).text
    client.post(address(row), {"version": 0, "action": "register"})
    row.refresh_from_db()
    assert row.state == "registered"


def test_an_incomplete_sheet_is_saved_and_not_handed_in(client, row):
    page = client.post(address(row), {"version": 0, "action": "submit", "1.1-points": "20"}).text
    row.refresh_from_db()
    assert row.state == "registered"
    assert "1.2, 2.1, 2.2" in page
    assert row.scores.count() == 1


def test_a_returned_sheet_says_why(client):
    row = scored(AssessmentFactory(state=AssessmentState.RETURNED, reason="Thiếu giấy khen của cháu lớn"))
    page = client.get(address(row)).text
    assert "Thiếu giấy khen của cháu lớn" in page
    assert 'name="1.1-points"' in page


def test_what_the_verifier_wrote_is_not_shown(client):
    row = scored(AssessmentFactory(state=AssessmentState.VERIFIED), points=24)
    Assessment.objects.update(total=11)
    page = client.get(address(row)).text
    assert page.count("24 trên 25 điểm") == 4
    assert "Thẩm định</p>" not in page
    assert "<strong data-total>96</strong>" in page


@pytest.mark.parametrize("token", ["x", "A" * 22, "../can-bo"])
def test_a_wrong_address_tells_nothing(client, row, token):
    assert client.get(f"/tu-cham/{token}/").status_code == 404
    assert client.post(f"/tu-cham/{token}/", typed(row, action="submit")).status_code == 404


def test_nothing_of_another_household_stands_on_it(client, row):
    other = AssessmentFactory(round=row.round, place=row.place, state=AssessmentState.REGISTERED)
    page = client.get(address(row)).text
    assert other.subject.name not in page
    assert other.household_token not in page
    client.post(address(row), typed(row))
    assert not other.scores.exists()


@pytest.mark.parametrize("action", ["verify", "withdraw", "return", "recognise", "void", "agree"])
def test_a_household_takes_no_other_step(client, row, action):
    client.post(address(row), typed(row, action=action, reason="x"))
    row.refresh_from_db()
    assert row.state == "registered"


def test_after_the_round_is_closed_it_is_only_read(client, row):
    Round.objects.update(state=RoundState.CLOSED)
    assert 'name="1.1-points"' not in client.get(address(row)).text
    client.post(address(row), typed(row, action="submit"))
    assert not row.scores.exists()


def test_the_address_is_told_to_nobody(client, row):
    response = client.get(address(row))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_one_connection_does_not_ask_without_end(client, row, monkeypatch):
    monkeypatch.setattr(household, "ASKED", type(household.ASKED)("own-sheet-test", 2, 60))
    assert [client.get(address(row)).status_code for _time in range(3)] == [200, 200, 429]


def test_what_is_typed_is_judged_while_typing(client, row):
    answer = client.post(f"{address(row)}tinh/", typed(row)).json()
    assert (answer["total"], answer["state"]) == ("80", "passed")
    assert not row.scores.exists()
