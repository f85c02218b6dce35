"""Who may take which step, generated from the one table: every step, from every state, for every role, in reach and out of it.

The assessments are such that only role, reach and state can stand in the way. `may` and `move` must say the same.
"""

import datetime

import pytest

from django.db import transaction as database
from django.utils import timezone

from portal.accounts.enums import PLACE_ROLES, Role
from portal.accounts.models import AuditEvent, Grant, User
from recognition.domain.workflow import CLOCK, HOUSEHOLD, TRANSITIONS, MovedMeanwhile, Refused, may, move
from recognition.enums import AssessmentState
from recognition.models import Assessment
from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory

from .ways import a_round, ready

pytestmark = pytest.mark.django_db
IN_REACH = ("above", "commune", "village", "everywhere")
OUT_OF_REACH = ("other commune", "other village", "ended", "to come", "locked")


@pytest.fixture
def places() -> dict:
    province = ProvinceFactory()
    commune = CommuneFactory(parent=province)
    found = {"above": province, "commune": commune, "other commune": CommuneFactory(parent=province)}
    found |= {"village": VillageFactory(parent=commune), "other village": VillageFactory(parent=commune)}
    return found | {"ended": commune, "to come": commune, "locked": commune, "everywhere": None}


@pytest.fixture
def people(places) -> list[tuple[str, str, User]]:
    """(role, where it was given, person) of every role and every place where it can be given."""
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    periods = {"ended": (today - 9 * day, today - day), "to come": (today + day, None)}
    cells = [
        (role, where)
        for role in Role
        for where in (*IN_REACH, *OUT_OF_REACH)
        if where != "everywhere" or role not in PLACE_ROLES
    ]
    users = User.objects.bulk_create(
        User(username=f"{role}-{where}", full_name="Cán bộ mẫu", is_active=where != "locked")
        for role, where in cells
    )
    Grant.objects.bulk_create(
        Grant(user=user, role=role, place=places[where], valid_from=since, valid_to=until)
        for user, (role, where) in zip(users, cells, strict=True)
        for since, until in [periods.get(where, (today - 9 * day, None))]
    )
    nobody = User.objects.create(username="without-role", full_name="Người mẫu")
    technician = User.objects.create(username="superuser", full_name="Người mẫu", is_superuser=True)
    return [
        *((role, where, user) for user, (role, where) in zip(users, cells, strict=True)),
        ("", "nowhere", nobody),
        ("superuser", "everywhere", technician),
    ]


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda each: each.name)
def test_only_the_roles_of_the_table_take_the_step_in_their_places_from_its_states(
    transition, places, people
):
    round = a_round(transition, places["commune"])
    for state in AssessmentState:
        row, facts = ready(transition, state, round, places["village"])
        for role, where, user in people:
            expected = state in transition.sources and role in transition.roles and where in IN_REACH
            cell = (transition.name, state, role, where)
            assert bool(may(user, row, transition)) == expected, cell
            if where == "commune" or (role in transition.roles and state in transition.sources):
                assert took(transition, row, user, facts) == expected, cell


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda each: each.name)
def test_households_and_the_clock_take_no_steps_but_their_own(transition, places):
    round = a_round(transition, places["commune"])
    for state in AssessmentState:
        row, facts = ready(transition, state, round, places["village"])
        for hand in (HOUSEHOLD, CLOCK):
            expected = state in transition.sources and hand in transition.roles
            assert bool(may(None, row, transition, hand=hand)) == expected, (state, hand)
            assert took(transition, row, None, facts, hand=hand) == expected, (state, hand)


@pytest.mark.parametrize(
    "transition", [each for each in TRANSITIONS if each.needs_reason], ids=lambda each: each.name
)
def test_a_step_that_needs_a_reason_is_not_taken_without_one(transition, places, people):
    state = sorted(transition.sources)[0]
    row, facts = ready(transition, state, a_round(transition, places["commune"]), places["village"])
    user = next(user for role, where, user in people if (role, where) == (transition.roles[0], "commune"))
    object.__setattr__(facts, "reason", "  ")
    assert not took(transition, row, user, facts)


@pytest.mark.parametrize(
    "transition", [each for each in TRANSITIONS if each.bulk], ids=lambda each: each.name
)
def test_one_that_is_out_of_reach_keeps_the_step_from_all(transition, places, people):
    """Together with one of another commune nothing is done at all."""
    state = sorted(transition.sources)[0]
    elsewhere = places["other commune"]
    row, facts = ready(transition, state, a_round(transition, places["commune"]), places["village"])
    stranger, _facts = ready(
        transition, state, a_round(transition, elsewhere), VillageFactory(parent=elsewhere)
    )
    for role, where, user in people:
        if role in transition.roles and where == "commune":
            with pytest.raises(Refused) as refused:
                move(transition, [row, stranger], user, facts=facts)
            assert [each for each, _sentence in refused.value.refusals] == [stranger]
            assert told([row])["states"] == [state]


def took(transition, rows, user, facts, hand="") -> bool:
    """Was it done? All that it did is undone; what was refused must have done nothing."""
    rows = rows if isinstance(rows, list) else [rows]
    with database.atomic():
        before = told(rows)
        try:
            with database.atomic():
                move(transition, rows, user, facts=facts, hand=hand)
        except (MovedMeanwhile, Refused):
            assert told(rows) == before
            return False
        after = told(rows)
        assert after["states"] == [transition.target] * len(rows)
        assert after["events"] == before["events"] + len(rows)
        database.set_rollback(True)
    return True


def told(rows) -> dict:
    found = Assessment.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    return {
        "states": list(found.values_list("state", flat=True)),
        "versions": list(found.values_list("version", flat=True)),
        "events": AuditEvent.objects.count(),
    }


def test_the_table_itself_is_whole():
    """Each state can be reached, each but the last ones can be left, and every step says what it is."""
    reached = {each.target for each in TRANSITIONS} | {AssessmentState.DRAFT}
    assert reached == set(AssessmentState)
    left = set().union(*(each.sources for each in TRANSITIONS))
    assert set(AssessmentState) - left == {
        AssessmentState.LAPSED,
        AssessmentState.REVOKED,
        AssessmentState.VOID,
    }
    assert len({each.name for each in TRANSITIONS}) == len(TRANSITIONS)
    assert all(each.label and each.done and each.roles for each in TRANSITIONS)


def test_only_the_committee_decides_and_only_the_verifier_verifies():
    """What the law fixes, written out once more beside the table (TT 25/2023/TT-BGDĐT; recognition_facts 4)."""
    roles = {name: each.roles for name, each in {each.name: each for each in TRANSITIONS}.items()}
    for name in ("recognise", "refuse", "revoke", "recognise_on_appeal", "refuse_on_appeal"):
        assert roles[name] == (Role.ISSUER,), name
    assert roles["verify"] == (Role.VERIFIER,)
    assert roles["propose"] == roles["publish"] == (Role.CLERK,)
    assert roles["lapse"] == (CLOCK,)
