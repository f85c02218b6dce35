"""The matrix once more through the pages: what the table refuses, no form does, whoever sends it."""

import pytest

from portal.accounts.enums import Role
from recognition.domain import sheets
from recognition.domain.workflow.transitions import TRANSITIONS
from recognition.enums import AssessmentState
from recognition.models.subject import READERS
from recognition.views.assessments import WITHOUT_PAPERS
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory

from .ways import a_round, ready

pytestmark = [pytest.mark.once, pytest.mark.django_db]
ROLES = (*READERS, Role.EDITOR)
READS_NOTHING = (Role.EDITOR,)
ELSEWHERE = (Role.OFFICER, Role.VERIFIER, Role.ORGANISER)


def states_tried(transition):
    """All from which it may be taken, and some from which it may not."""
    others = [AssessmentState.PROPOSED, AssessmentState.RECOGNISED, AssessmentState.VOID]
    return [*sorted(transition.sources), *(each for each in others if each not in transition.sources)]


def sent(row, action):
    codes = sheets.criteria_by_code(row.round.criteria_set)
    boxes = {f"{code}-points": "25" for code in codes}
    return {"version": row.version, "action": action, "reason": "Lý do mẫu", **boxes}


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.mark.parametrize("transition", WITHOUT_PAPERS, ids=lambda each: each.name)
def test_the_page_of_an_assessment_takes_the_steps_of_the_table_and_no_others(client, commune, transition):
    village, round = VillageFactory(parent=commune), a_round(transition, commune)
    people = [(role, True, UserFactory(role=role, place=commune)) for role in ROLES]
    people += [(role, False, UserFactory(role=role, place=CommuneFactory())) for role in ELSEWHERE]
    for state in states_tried(transition):
        row, _facts = ready(transition, state, round, village)
        for role, in_reach, user in sorted(people, key=lambda each: each[0] in transition.roles):
            cell = (transition.name, state, role, in_reach)
            expected = state in transition.sources and role in transition.roles and in_reach
            client.force_login(user)
            response = client.post(row.get_absolute_url(), sent(row, transition.name))
            before = row.state
            row.refresh_from_db()
            if not in_reach or role in READS_NOTHING:
                assert response.status_code == 404, cell
            assert response.status_code in (200, 302, 403, 404), cell
            assert row.state == (transition.target if expected else before), cell
            if expected:
                row, _facts = ready(transition, state, round, village)


@pytest.mark.parametrize(
    "transition", [each for each in TRANSITIONS if each not in WITHOUT_PAPERS], ids=lambda each: each.name
)
def test_steps_that_need_papers_are_not_taken_on_the_page_of_one(client, commune, transition):
    state = sorted(transition.sources)[0]
    village, round = VillageFactory(parent=commune), a_round(transition, commune)
    row, _facts = ready(transition, state, round, village)
    user = UserFactory()
    for role in (Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.ORGANISER):
        user.grants.create(role=role, place=commune)
    client.force_login(user)
    assert client.post(row.get_absolute_url(), sent(row, transition.name)).status_code == 403
    row.refresh_from_db()
    assert row.state == state


def test_the_second_of_two_people_is_told_on_the_page_and_loses_nothing_typed(client, commune):
    transition = next(each for each in TRANSITIONS if each.name == "verify")
    village, round = VillageFactory(parent=commune), a_round(transition, commune)
    row, _facts = ready(transition, AssessmentState.SELF_SCORED, round, village)
    seen = sent(row, "return") | {"reason": "Thiếu giấy khen của cháu"}
    for name in ("verify", "return"):
        client.force_login(UserFactory(role=Role.VERIFIER, place=commune))
        data = seen if name == "return" else sent(row, name)
        response = client.post(row.get_absolute_url(), data)
    page = response.content.decode()
    assert "người khác" in page
    assert "Thiếu giấy khen của cháu" in page
    row.refresh_from_db()
    assert row.state == AssessmentState.VERIFIED
