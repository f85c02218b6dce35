"""What must hold before a step. Each guard looks at all assessments of the step together and yields those it refuses,
with a sentence. `facts` is None when only a button asks: what hangs on the papers of the step is then left open."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recognition.domain import sheets
from recognition.domain.validity import last_day
from recognition.enums import (
    AppealState,
    AssessmentState,
    DecisionKind,
    DecisionState,
    FeedbackState,
    Outcome,
    RoundState,
    SessionState,
    Stage,
    SubjectState,
)
from recognition.models import (
    Appeal,
    Assessment,
    CouncilItem,
    MeetingVote,
    NoticeFeedback,
    PublicNotice,
    Subject,
)

from .facts import Facts

Rows = Sequence[Assessment]
Refusals = Iterator[tuple[Assessment, str]]


def round_is_open(rows: Rows, facts: Facts | None) -> Refusals:
    for row in rows:
        if row.round.state != RoundState.OPEN:
            yield row, _("The round “%(round)s” is not open.") % {"round": row.round}


def subject_is_live(rows: Rows, facts: Facts | None) -> Refusals:
    Subject.objects.attach_to(rows)
    for row in rows:
        if row.subject.state != SubjectState.LIVE:
            yield row, _("“%(name)s” is no longer in the books.") % {"name": row.subject}


def registration_is_open(rows: Rows, facts: Facts | None) -> Refusals:
    today = timezone.localdate()
    for row in rows:
        if today > row.round.register_by:
            yield row, _("Registration ended on %(day)s.") % {"day": _day(row.round.register_by)}


def own_sheet_is_complete(rows: Rows, facts: Facts | None) -> Refusals:
    yield from sheets.problems(rows, Stage.SELF)


def village_has_met(rows: Rows, facts: Facts | None) -> Refusals:
    asked = [row for row in rows if row.round.village_meeting]
    voted = set(
        MeetingVote.objects.filter(assessment__among=[row.pk for row in asked]).values_list(
            "assessment", flat=True
        )
    )
    for row in asked:
        if row.pk not in voted:
            yield row, _("The meeting of the village has not voted on it yet.")


def verified_sheet_is_complete(rows: Rows, facts: Facts | None) -> Refusals:
    yield from sheets.problems(rows, Stage.VERIFIER)


def differences_are_explained(rows: Rows, facts: Facts | None) -> Refusals:
    for row, codes in sheets.unexplained(rows):
        yield row, _("Write why the points of %(codes)s differ so much.") % {"codes": ", ".join(codes)}


def council_has_voted(rows: Rows, facts: Facts | None) -> Refusals:
    if facts is None:
        return
    session = facts.session
    for row in rows:
        if session is None or session.state != SessionState.CLOSED:
            yield row, _("The session of the council is not closed yet.")
        elif (session.round_id, session.commune_id) != (row.round_id, row.commune_id):
            yield row, _("The session belongs to another round or commune.")
        elif row.pk not in facts.items:
            yield row, _("The council has not voted on it.")


def council_kept_the_vetoes(rows: Rows, facts: Facts | None) -> Refusals:
    if facts is None:
        return
    for row in rows:
        item = facts.items.get(row.pk)
        if item is not None and item.outcome == Outcome.PASS and not row.passed:
            yield row, _("By the criteria it does not pass, so the council cannot vote it through.")


def stands_in_the_notice(rows: Rows, facts: Facts | None) -> Refusals:
    if facts is None:
        return
    notice = facts.notice
    named = {each["assessment"] for each in notice.snapshot} if notice else set()
    for row in rows:
        if row.pk not in named or notice.round_id != row.round_id:
            yield row, _("The public notice does not name it.")


def notice_is_over(rows: Rows, facts: Facts | None) -> Refusals:
    today, notices = timezone.localdate(), _latest_notices(rows)
    for row in rows:
        notice = notices.get(row.pk)
        if notice is None:
            yield row, _("It has not been under public notice.")
        elif today <= notice.closes_on:
            yield row, _("The public notice runs until %(day)s.") % {"day": _day(notice.closes_on)}
        elif (notice.closes_on - notice.opens_on).days + 1 < row.round.notice_days:
            yield (
                row,
                _("The public notice was shorter than %(days)s days.") % {"days": row.round.notice_days},
            )


def opinions_are_answered(rows: Rows, facts: Facts | None) -> Refusals:
    waiting = NoticeFeedback.objects.filter(
        state=FeedbackState.OPEN, notice__round__in={row.round_id for row in rows}
    )
    open_on = set(waiting.values_list("notice", "assessment"))
    notices = _latest_notices(rows) if open_on else {}
    for row in rows:
        notice = notices.get(row.pk)
        if notice and ((notice.pk, row.pk) in open_on or (notice.pk, None) in open_on):
            yield row, _("An opinion on the public notice has not been answered yet.")


def council_was_for_it(rows: Rows, facts: Facts | None) -> Refusals:
    items = CouncilItem.objects.filter(assessment__among=[row.pk for row in rows]).order_by(
        "session__held_on", "pk"
    )
    outcomes = dict(items.values_list("assessment", "outcome"))
    for row in rows:
        if outcomes.get(row.pk) != Outcome.PASS or not row.passed:
            yield row, _("The council did not vote for it.")


class ByDecision:
    """An issued decision of the right kind names it."""

    def __init__(self, kind: DecisionKind):
        self.kind = kind

    def __call__(self, rows: Rows, facts: Facts | None) -> Refusals:
        if facts is None:
            return
        decision = facts.decision
        issued = decision is not None and decision.state == DecisionState.ISSUED
        named = {each["assessment"] for each in decision.rows} if issued else set()
        for row in rows:
            if not issued or decision.kind != self.kind:
                yield row, _("There is no issued decision for it yet.")
            elif row.pk not in named:
                yield row, _("The decision does not name it.")


recognised_by_decision = ByDecision(DecisionKind.RECOGNISE)
revoked_by_decision = ByDecision(DecisionKind.REVOKE)
amended_by_decision = ByDecision(DecisionKind.AMEND)


def within_the_days_to_appeal(rows: Rows, facts: Facts | None) -> Refusals:
    today = timezone.localdate()
    for row in rows:
        until = row.decision.issued_on + timedelta(days=row.round.appeal_days)
        if today > until:
            yield row, _("An appeal was possible until %(day)s.") % {"day": _day(until)}


def appeal_is_filed(rows: Rows, facts: Facts | None) -> Refusals:
    if facts is not None:
        yield from _without_appeal(rows, facts, AppealState.OPEN, _("Write on what ground it appeals."))
        for row in rows:
            if facts.appeal is not None and facts.appeal.against != row.state:
                yield row, _("The appeal is against something else.")


def appeal_is_rejected(rows: Rows, facts: Facts | None) -> Refusals:
    if facts is not None:
        yield from _without_appeal(
            rows, facts, AppealState.REJECTED, _("The association has not rejected the appeal.")
        )


def appeal_is_upheld(rows: Rows, facts: Facts | None) -> Refusals:
    states = _last_appeals(rows)
    for row in rows:
        if row.pk not in states or states[row.pk].state != AppealState.UPHELD:
            yield row, _("The association has not upheld the appeal.")


def appealed_a_refusal(rows: Rows, facts: Facts | None) -> Refusals:
    yield from _against(rows, AssessmentState.REFUSED)


def appealed_a_recognition(rows: Rows, facts: Facts | None) -> Refusals:
    yield from _against(rows, AssessmentState.RECOGNISED)


def validity_is_over(rows: Rows, facts: Facts | None) -> Refusals:
    today = timezone.localdate()
    for row in rows:
        until = last_day(row.decision.issued_on, row.round.criteria_set.validity_months)
        if until is None or today <= until:
            yield row, _("The title is still valid.")


def _latest_notices(rows: Rows) -> dict[int, PublicNotice]:
    """The last notice that names each; rows that none names are left out."""
    wanted, found = {row.pk for row in rows}, {}
    for notice in PublicNotice.objects.filter(round__in={row.round_id for row in rows}).order_by(
        "opens_on", "pk"
    ):
        found.update((each["assessment"], notice) for each in notice.snapshot if each["assessment"] in wanted)
    return found


def _last_appeals(rows: Rows) -> dict[int, Appeal]:
    appeals = Appeal.objects.filter(assessment__among=[row.pk for row in rows]).order_by("pk")
    return {appeal.assessment_id: appeal for appeal in appeals}


def _without_appeal(rows: Rows, facts: Facts, state: AppealState, sentence: str) -> Refusals:
    for row in rows:
        appeal = facts.appeal
        if appeal is None or appeal.assessment_id != row.pk or appeal.state != state:
            yield row, sentence


def _against(rows: Rows, state: AssessmentState) -> Refusals:
    appeals = _last_appeals(rows)
    for row in rows:
        if row.pk not in appeals or appeals[row.pk].against != state:
            yield row, _("The appeal is against something else.")


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
