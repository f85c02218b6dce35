"""The 24 invariants that the database itself holds, by their numbers in the design, each attacked with raw SQL.

Whoever writes past the models - a script, a repair by hand, a defect of ours - is refused on PostgreSQL and on SQLite alike.
"""

import datetime

import pytest

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.places.models import Place
from recognition.enums import AssessmentState, DecisionKind, Stage
from recognition.models import Assessment, Award, Criterion, Decision, Score, Subject
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory
from tests.factories.recognition import (
    AssessmentFactory,
    AwardFactory,
    DecisionFactory,
    DenominatorFactory,
    RoundFactory,
    SubjectFactory,
    scored,
)

pytestmark = pytest.mark.django_db
NOTHING = "0" * 64


@pytest.fixture
def ids() -> dict:
    commune, other = CommuneFactory(code="01501"), CommuneFactory(code="01502")
    round = RoundFactory(place=commune)
    drafted = AssessmentFactory(round=round)
    handed_in = scored(AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED), stages=[Stage.SELF])
    officer = UserFactory()
    verified = AssessmentFactory(
        round=round,
        state=AssessmentState.VERIFIED,
        submitted_by=officer,
        submitted_as="officer",
        verified_by=UserFactory(),
    )
    recognised = AssessmentFactory(round=round, state=AssessmentState.RECOGNISED)
    subject = SubjectFactory()
    award = AwardFactory(subject=subject)
    audit.record(commune, 2026, [Deed("x", "x:1"), Deed("y", "x:1")], Actor(officer))
    score = Score.objects.filter(assessment=handed_in).first()
    return {
        "commune": commune.pk,
        "other": other.pk,
        "former": CommuneFactory(code="01503", valid_to=datetime.date(2029, 12, 31)).pk,
        "drafted": drafted.pk,
        "subject_of_handed_in": handed_in.subject_id,
        "handed_in": handed_in.pk,
        "verified": verified.pk,
        "officer": officer.pk,
        "recognised": recognised.pk,
        "decision": recognised.decision_id,
        "draft_decision": DecisionFactory(round=round, state="draft", document_hash="").pk,
        "score": score.pk,
        "criterion": score.criterion_id,
        "award": award.pk,
        "other_award": AwardFactory(subject=subject, year=award.year - 1).pk,
        "denominator": DenominatorFactory(place=commune).pk,
        "second_denominator": DenominatorFactory(place=other).pk,
    }


VERSION = """INSERT INTO places_placeversion
  (place_id, code, name, name_key, sort_key, kind, parent_id, valid_from, valid_to, legal_basis)
  SELECT {place}, '{code}', 'x', 'x', 'x', kind, parent_id, {since}, {until}, '' FROM places_placeversion
  WHERE place_id = {{commune}}"""
CHANGE = """INSERT INTO places_placechange (source_id, target_id, kind, date, share, legal_basis, note)
  VALUES ({{commune}}, {target}, 'merge', '2025-07-01', {share}, 'x', '')"""
ASSESSMENT = "UPDATE recognition_assessment SET {change} WHERE id = {{{which}}}"
SCORE = "UPDATE recognition_score SET {change} WHERE id = {{score}}"
DECISION = "UPDATE recognition_decision SET {change} WHERE id = {{draft_decision}}"
AWARD = "UPDATE recognition_award SET {change} WHERE id = {{award}}"
DENOMINATOR = "UPDATE recognition_denominator SET {change} WHERE id = {{denominator}}"


def assessment(change, which="handed_in"):
    return ASSESSMENT.format(change=change, which=which)


def score(change):
    return SCORE.format(change=change)


def decision(change):
    return DECISION.format(change=change)


ATTACKS = {  # name: (the rule that refuses it, what is tried)
    "1 one live code for a place": (
        "places_version_one_place_a_code",
        VERSION.format(place="{former}", code="01501", since="'2030-01-01'", until="NULL"),
    ),
    "2 dates in order": (
        "places_version_period",
        VERSION.format(place="{other}", code="09999", since="'1990-01-02'", until="'1990-01-01'"),
    ),
    "3 one version of a place on a day": (
        "places_version_one_at_a_time",
        VERSION.format(place="{commune}", code="09999", since="'2024-01-01'", until="NULL"),
    ),
    "4 no place follows itself": ("places_change_two_places", CHANGE.format(target="{commune}", share=1)),
    "5 a share is more than nothing": ("places_change_share", CHANGE.format(target="{other}", share=0)),
    "5 a share is no more than all": ("places_change_share", CHANGE.format(target="{other}", share=1.01)),
    "6 a subject takes part once": (
        "assessment_one_a_round",
        assessment("subject_id = {subject_of_handed_in}", "drafted"),
    ),
    "7 recognised by a decision": (
        "assessment_decided_by_a_decision",
        assessment("decision_id = NULL", "recognised"),
    ),
    "7 refused by a decision": (
        "assessment_decided_by_a_decision",
        assessment("state = 'refused', decision_id = NULL", "recognised"),
    ),
    "7 no decision before it is decided": (
        "assessment_decided_by_a_decision",
        assessment("decision_id = {decision}", "verified"),
    ),
    "7 in a state that there is": ("assessment_state_is_known", assessment("state = 'honoured'")),
    "8 the verifier is another": (
        "assessment_verifier_is_not_the_submitter",
        assessment("verified_by_id = submitted_by_id", "verified"),
    ),
    "8 verified by somebody": (
        "assessment_verifier_is_known",
        assessment("verified_by_id = NULL", "verified"),
    ),
    "9 void for a reason": ("assessment_leaves_with_a_reason", assessment("state = 'void', reason = ''")),
    "9 withdrawn for a reason": (
        "assessment_leaves_with_a_reason",
        assessment("state = 'withdrawn', reason = ''"),
    ),
    "9 returned for a reason": (
        "assessment_leaves_with_a_reason",
        assessment("state = 'returned', reason = ''"),
    ),
    "10 handed in by somebody": ("assessment_submitter_is_known", assessment("submitted_as = ''")),
    "10 handed in by an officer with a name": (
        "assessment_submitter_is_known",
        assessment("submitted_as = 'officer', submitted_by_id = NULL"),
    ),
    "10 handed in at a time": ("assessment_submitter_is_known", assessment("submitted_at = NULL")),
    "10 registered at a time": ("assessment_registered_at_a_time", assessment("registered_at = NULL")),
    "11 one score for a criterion": (
        "recognition_score_one_a_criterion",
        """INSERT INTO recognition_score
      (assessment_id, stage, criterion_id, points, max_points, answer, na_reason, note, at)
      SELECT assessment_id, stage, criterion_id, 1, max_points, NULL, '', '', at FROM recognition_score
      WHERE id = {score}""",
    ),
    "12 not more than the most points": (
        "recognition_score_points_up_to_the_most",
        score("points = max_points + 1"),
    ),
    "12 not less than nothing": ("recognition_score_points_up_to_the_most", score("points = -1")),
    "12 no points without the most of them": (
        "recognition_score_points_up_to_the_most",
        score("max_points = NULL"),
    ),
    "13 does not apply, hence no points": (
        "recognition_score_says_one_thing",
        score("na_reason = 'Không có'"),
    ),
    "13 no points, hence a reason": ("recognition_score_says_one_thing", score("points = NULL")),
    "14 a stage that there is": ("recognition_score_stage_is_known", score("stage = 'chief'")),
    "15 the most points are those of the criterion": (
        "recognition_score_points_of_criterion",
        score("max_points = max_points + 50"),
    ),
    "15 nor is the criterion changed beside them": (
        "recognition_published",
        "UPDATE recognition_criterion SET max_points = 99 WHERE id = {criterion}",
    ),
    "16 issued on a day": (
        "recognition_decision_issued_whole",
        decision(f"state = 'issued', issued_on = NULL, document_hash = '{NOTHING}'"),
    ),
    "16 issued with the hash of its paper": (
        "recognition_decision_issued_whole",
        decision("state = 'issued', document_hash = 'abc'"),
    ),
    "16 issued with a number": (
        "recognition_decision_issued_whole",
        decision(f"state = 'issued', number = '', document_hash = '{NOTHING}'"),
    ),
    "16 issued, hence unchanged": (
        "recognition_decision_is_issued",
        "UPDATE recognition_decision SET signer_name = 'x' WHERE id = {decision}",
    ),
    "16 issued, hence never deleted": (
        "recognition_decision_is_issued",
        "DELETE FROM recognition_decision WHERE id = {decision}",
    ),
    "17 a number once a year and commune": (
        "recognition_decision_number_once",
        decision("number = (SELECT number FROM recognition_decision AS other WHERE other.id = {decision})"),
    ),
    "18 one award in force for a subject and year": (
        "award_of_subject_once_a_year",
        AWARD.format(change="year = year - 1"),
    ),
    "19 revoked for a reason": (
        "award_revoked_for_a_reason",
        AWARD.format(change="revoked_on = '2099-01-01', revoked_reason = ''"),
    ),
    "19 a reason only when revoked": (
        "award_revoked_for_a_reason",
        AWARD.format(change="revoked_reason = 'error'"),
    ),
    "20 one locked denominator": (
        "recognition_denominator_one_locked",
        DENOMINATOR.format(change="place_id = {other}"),
    ),
    "21 from a document": (
        "recognition_denominator_has_a_source",
        DENOMINATOR.format(change="source_document = ''"),
    ),
    "21 locked by somebody else": (
        "recognition_denominator_checked_by_another",
        DENOMINATOR.format(change="checked_by_id = entered_by_id"),
    ),
    "22 what was assessed stays: subject": (
        "foreign key",
        "DELETE FROM recognition_subject WHERE id = {subject_of_handed_in}",
    ),
    "22 what was assessed stays: criterion": (
        "recognition_published",
        "DELETE FROM recognition_criterion WHERE id = {criterion}",
    ),
    "22 what was assessed stays: place": ("foreign key", "DELETE FROM places_place WHERE id = {commune}"),
    "22 who put their name to it stays": ("foreign key", "DELETE FROM accounts_user WHERE id = {officer}"),
    "23 no event is changed": (
        "accounts_audit_append_only",
        "UPDATE accounts_auditevent SET action = 'z' WHERE number = 1",
    ),
    "24 no event is deleted": (
        "accounts_audit_append_only",
        "DELETE FROM accounts_auditevent WHERE number = 2",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses(attack, ids):
    rule, sql = ATTACKS[attack]
    with pytest.raises(
        IntegrityError, match=rf"(?i){rule}|UNIQUE constraint failed"
    ):  # SQLite names no indices
        run(sql.format(**ids))


def run(sql):
    """As somebody at the console of the database would, up to the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount  # it was aimed at something
        connection.check_constraints()


def test_all_invariants_are_attacked():
    assert {int(name.split()[0]) for name in ATTACKS} == set(range(1, 25))


def test_24_postgresql_does_not_empty_the_trail_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER accounts_audit_truncate")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("TRUNCATE accounts_auditevent")


@pytest.mark.parametrize("model", [Subject, Criterion, Decision, Place])
def test_22_nor_do_the_models_let_go_what_was_assessed(model, ids):
    row = Assessment.objects.get(pk=ids["recognised"])
    scored(AssessmentFactory(round=row.round, state=AssessmentState.REGISTERED), stages=[Stage.SELF])
    kept = {
        Subject: row.subject,
        Criterion: Criterion.objects.get(pk=ids["criterion"]),
        Decision: row.decision,
        Place: row.commune,
    }[model]
    with pytest.raises((ProtectedError, IntegrityError)), transaction.atomic():
        kept.delete()


def test_a_revoked_award_leaves_room_for_the_next(ids):
    """18 holds for awards in force: after an appeal the same title may be given again for the same year."""
    revoked = Award.objects.get(pk=ids["award"])
    revoked.revoked_on, revoked.revoked_reason = revoked.decision_date, "appeal"
    revoked.save()
    AwardFactory(subject=revoked.subject, year=revoked.year, place=revoked.place, name=revoked.name)
    assert Award.objects.in_force().filter(subject=revoked.subject, year=revoked.year).count() == 1


def test_a_decision_that_revokes_says_why():
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(kind=DecisionKind.REVOKE, reason="")
