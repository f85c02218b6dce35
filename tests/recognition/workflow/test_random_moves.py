"""Random people taking random steps, with and without the papers: whatever they try, no assessment gets where it must not be."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from django.db import transaction
from django.db.models import Count, F

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent
from recognition.domain import registration, sheets
from recognition.domain.workflow import CLOCK, HOUSEHOLD, TRANSITIONS, MovedMeanwhile, Refused, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import APPEAL, VOID, WITHDRAW
from recognition.enums import AFTER_VERIFICATION, DECIDED, AppealState, DecisionState, Outcome, Stage
from recognition.models import Assessment, Award
from recognition.permissions import may_fill_in
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import RoundFactory, SubjectFactory

from .ways import papers

pytestmark = pytest.mark.django_db
FAMILIES, EXAMPLES, STEPS = 2, 30, 12
HANDS = (HOUSEHOLD, CLOCK)
ROLES = (Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.ORGANISER)
PEOPLE = (*ROLES, "officer and verifier", "stranger", "nobody", *HANDS)
rows = st.integers(0, FAMILIES - 1)


class RandomMoves(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.example = transaction.atomic()
        self.example.__enter__()
        self.round = RoundFactory()
        commune = self.round.place
        village = VillageFactory(parent=commune)
        self.subjects = [SubjectFactory(place=village) for _family in range(FAMILIES)]
        self.people = {role: UserFactory(role=role, place=commune) for role in ROLES}
        both = UserFactory(role=Role.OFFICER, place=commune)
        GrantFactory(user=both, role=Role.VERIFIER, place=commune)
        self.people |= {"officer and verifier": both, "nobody": UserFactory()}
        self.people["stranger"] = UserFactory(role=Role.OFFICER)
        for role in ROLES[1:]:
            GrantFactory(user=self.people["stranger"], role=role, place=RoundFactory().place)
        registration.put_on_list(self.round, self.subjects, both)
        self.taken = 0
        self.step_from = None

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def row(self, number):
        """The one that takes part now, else the one that was declared void last."""
        found = Assessment.objects.filter(subject=self.subjects[number]).order_by("-pk")
        return found.exclude(state="void").first() or found.first()

    @rule(
        number=rows, stage=st.sampled_from(Stage), person=st.sampled_from(PEOPLE), points=st.integers(0, 25)
    )
    def fills_in(self, number, stage, person, points):
        row = self.row(number)
        if person in HANDS or not may_fill_in(self.people[person], row, stage):
            return
        codes = sheets.criteria_by_code(self.round.criteria_set)
        answers = {code: {"points": points} for code in codes}
        sheets.put(row, stage, answers, self.people[person], notes=dict.fromkeys(codes, "Đã xem lại"))

    def fills_in_if_possible(self, row, stage, user, points):
        if may_fill_in(user, row, stage):
            codes = sheets.criteria_by_code(self.round.criteria_set)
            sheets.put(row, stage, {code: {"points": points} for code in codes}, user)

    @rule(
        number=rows,
        transition=st.sampled_from(TRANSITIONS),
        person=st.sampled_from(PEOPLE),
        with_papers=st.booleans(),
        stale=st.booleans(),
    )
    def anybody_tries_anything(self, number, transition, person, with_papers, stale):
        self.tries(self.row(number), transition, person, with_papers, stale)

    @rule(number=rows, points=st.sampled_from([15, 25, 25]), choices=st.lists(st.integers(0, 9), max_size=8))
    def those_whose_turn_it_is_go_on(self, number, points, choices):
        """Sheets filled in, papers in hand: so that the tries of anybody begin from every state."""
        for choice in choices:
            row = self.row(number)
            self.fills_in_if_possible(row, Stage.SELF, self.people[Role.OFFICER], points)
            self.fills_in_if_possible(row, Stage.VERIFIER, self.people[Role.VERIFIER], points)
            onward = [
                each for each in TRANSITIONS if row.state in each.sources and each not in (WITHDRAW, VOID)
            ]
            if onward:
                transition = onward[choice % len(onward)]
                self.tries(self.row(number), transition, transition.roles[0], True, False)

    def tries(self, row, transition, person, with_papers, stale):
        row.version -= stale
        before = row.state
        if transition == APPEAL and row.appeals.filter(state=AppealState.OPEN).exists():
            with_papers = False  # the database keeps a second appeal from being written
        try:
            with transaction.atomic():
                facts = Facts(reason="Lý do mẫu", **(papers(transition, row) if with_papers else {}))
                hand = {"hand": person} if person in HANDS else {}
                move(transition, [row], self.people.get(person), facts=facts, **hand)
        except (Refused, MovedMeanwhile):
            return
        self.taken += 1
        assert not stale
        assert before in transition.sources
        assert person in transition.roles or (
            person == "officer and verifier" and {Role.OFFICER, Role.VERIFIER} & set(transition.roles)
        )
        assert Assessment.objects.get(pk=row.pk).state == transition.target

    @rule(number=rows)
    def is_put_on_the_list_again(self, number):
        registration.put_on_list(self.round, [self.subjects[number]], self.people[Role.OFFICER])

    @invariant()
    def each_family_takes_part_once(self):
        taking_part = Assessment.objects.exclude(state="void").values("round", "subject")
        assert not taking_part.annotate(times=Count("pk")).filter(times__gt=1).exists()

    @invariant()
    def what_is_decided_has_an_issued_decision_and_nothing_else_has(self):
        everything = Assessment.objects.all()
        assert not everything.filter(state__in=DECIDED).exclude(decision__state=DecisionState.ISSUED).exists()
        assert not everything.exclude(state__in=DECIDED).exclude(decision=None).exists()

    @invariant()
    def nobody_verified_their_own_sheet(self):
        assert not Assessment.objects.filter(verified_by=F("submitted_by")).exists()
        late = Assessment.objects.filter(state__in=[*AFTER_VERIFICATION, *DECIDED])
        assert not late.filter(verified_by=None).exists()
        assert not late.filter(submitted_at=None).exists()

    @invariant()
    def who_is_recognised_passed_and_the_council_was_for_it(self):
        for row in Assessment.objects.filter(state="recognised").prefetch_related("council_items", "appeals"):
            upheld = any(appeal.state == "upheld" for appeal in row.appeals.all())
            voted = any(item.outcome == Outcome.PASS for item in row.council_items.all())
            assert upheld or (row.passed and voted)

    @invariant()
    def a_family_holds_one_award_a_year(self):
        in_force = Award.objects.in_force().exclude(subject=None).values("subject", "year")
        assert not in_force.annotate(times=Count("pk")).filter(times__gt=1).exists()

    @invariant()
    def every_step_stands_in_the_audit_trail(self):
        steps = AuditEvent.objects.filter(action__startswith="assessment.")
        assert steps.count() == self.taken
        assert [audit.verify(chain) for chain in AuditChain.objects.all()] == [
            None
        ] * AuditChain.objects.count()


def test_random_moves_of_random_people_reach_no_forbidden_state():
    run_state_machine_as_test(
        RandomMoves,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
