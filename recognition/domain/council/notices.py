"""The list that hangs out before the decision, and what people say to it."""

import datetime
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.places.models import Place
from portal.web.visitors.messages import is_from_a_person
from portal.web.visitors.rate_limit import RateLimit
from recognition.domain.workflow import move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import PUBLISH
from recognition.enums import DECIDED, AssessmentState, FeedbackState, Outcome
from recognition.models import Assessment, CouncilItem, NoticeFeedback, PublicNotice, Round

from .naming import names_to_show
from .trail import note

OPINIONS = RateLimit("notice-opinion", limit=5, seconds=3600)
LONGEST = 90  # days
CONTACTS_KEPT = datetime.timedelta(days=90)  # after the end of a notice


def waiting(round: Round, commune: Place) -> QuerySet[Assessment]:
    """What the council has voted on and what does not hang out yet."""
    return round.assessments.awaiting_notice().filter(commune=commune)


def earliest_end(round: Round, opens_on: datetime.date) -> datetime.date:
    """The last day of a notice that is just long enough; both days count."""
    return opens_on + datetime.timedelta(days=round.notice_days - 1)


@transaction.atomic
def hang_out(notice: PublicNotice, user) -> PublicNotice:
    """Take the list as it stands now and put all of it under public notice. Raises ValidationError, Refused.

    Those that the council was not for stand in the snapshot, since they are decided too; they are shown to nobody.
    """
    notice.full_clean(exclude=["snapshot"])
    _refuse_days(notice)
    rows = list(waiting(notice.round, notice.commune).select_related("subject", "place"))
    if not rows:
        raise ValidationError(
            _("There is nothing that the council has voted on and that does not hang out yet.")
        )
    notice.snapshot, notice.is_sample = list(_snapshot(rows)), notice.round.is_sample
    notice.save()
    move(PUBLISH, rows, user, facts=Facts(notice=notice))
    facts = {
        "opens_on": notice.opens_on.isoformat(),
        "closes_on": notice.closes_on.isoformat(),
        "rows": len(rows),
    }
    note(notice.round, notice.commune, user, Role.CLERK, "notice.hung_out", notice, **facts)
    return notice


@transaction.atomic
def prolong(notice: PublicNotice, closes_on: datetime.date, user) -> None:
    """Let it hang longer, while it hangs. Raises ValidationError."""
    row = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if timezone.localdate() > row.closes_on:
        raise ValidationError(_("The notice is over. Hang out a new one if needed."))
    if closes_on <= row.closes_on:
        raise ValidationError(_("It hangs until %(day)s already.") % {"day": _day(row.closes_on)})
    row.closes_on = closes_on
    _refuse_days(row, began=True)
    row.save(update_fields=["closes_on"])
    until = {"closes_on": closes_on.isoformat()}
    note(notice.round, notice.commune, user, Role.CLERK, "notice.prolonged", row, **until)


def hangs_out(notice: PublicNotice, today: datetime.date) -> bool:
    return notice.opens_on <= today <= notice.closes_on


def shown(notice: PublicNotice) -> list[dict]:
    """The lines that everybody may read: numbered as on the paper, without those that the council was not for and those that
    were taken off since."""
    named = Assessment.objects.filter(pk__among=[line["assessment"] for line in notice.snapshot])
    still = set(named.filter(state__in=[AssessmentState.IN_NOTICE, *DECIDED]).values_list("pk", flat=True))
    return [line for line in notice.snapshot if line.get("number") and line["assessment"] in still]


def speak_up(notice: PublicNotice, data: Mapping, address: str) -> NoticeFeedback | None:
    """Keep what somebody at the network `address` says to it; None for what a program sends.

    Raises ValidationError when it does not hang out, messages.Refused past five an hour.
    """
    if not hangs_out(notice, timezone.localdate()):
        raise ValidationError(_("The notice is over, so no opinion can be sent any more."))
    if not is_from_a_person(data, OPINIONS, address):
        return None
    lines = {line["number"]: line["assessment"] for line in shown(notice)}
    return NoticeFeedback.objects.create(
        notice=notice,
        assessment_id=lines.get(data.get("number")),
        text=data["text"],
        contact=data.get("contact", ""),
    )


@transaction.atomic
def answer(feedback: NoticeFeedback, reply: str, user) -> None:
    """The first answer stays. Raises ValidationError without words, or when somebody has answered meanwhile."""
    row = NoticeFeedback.objects.select_for_update().get(pk=feedback.pk)
    if row.state != FeedbackState.OPEN:
        raise ValidationError(_("Somebody has answered it meanwhile."))
    if not reply.strip():
        raise ValidationError(_("Write the answer, or what was done."))
    row.state, row.reply = FeedbackState.ANSWERED, reply.strip()
    row.save(update_fields=["state", "reply"])
    notice = feedback.notice
    note(notice.round, notice.commune, user, Role.CLERK, "opinion.answered", row)


def forget_contacts(today: datetime.date) -> None:
    """Ways to reach people are kept no longer than an answer needs; to be called once a day."""
    answered = NoticeFeedback.objects.filter(
        state=FeedbackState.ANSWERED, notice__closes_on__lt=today - CONTACTS_KEPT
    )
    answered.exclude(contact="").update(contact="")


def with_opinions(user) -> list[tuple[PublicNotice, int]]:
    """Notices on which an opinion waits for this clerk, with how many."""
    reached = reached_to_act(user, [Role.CLERK]).order_by().values("pk")
    waiting = Count("feedback", filter=Q(feedback__state=FeedbackState.OPEN))
    found = PublicNotice.objects.filter(commune__in=reached).annotate(waiting=waiting).filter(waiting__gt=0)
    return [(notice, notice.waiting) for notice in found.select_related("commune").defer("snapshot")]


def _snapshot(rows: Iterable[Assessment]):
    """By village and name; numbered are those that the council was for."""
    rows = sorted(rows, key=lambda row: (row.place.sort_key, row.subject.sort_name, row.pk))
    names = names_to_show([row.subject for row in rows])
    for_it, number = _voted_for(rows), 0
    several = len({row.result for row in rows if row.pk in for_it}) > 1  # else it says nothing of anybody
    for row in rows:
        carried = row.pk in for_it
        number += carried
        yield {
            "assessment": row.pk,
            "number": number if carried else None,
            "shown": names[row.subject_id] if carried else "",
            "village": str(row.place),
            "result": row.result if carried and several else "",
        }


def _voted_for(rows: Iterable[Assessment]) -> set[int]:
    items = CouncilItem.objects.filter(assessment__among=[row.pk for row in rows]).order_by(
        "session__held_on", "pk"
    )
    return {
        pk
        for pk, outcome in dict(items.values_list("assessment", "outcome")).items()
        if outcome == Outcome.PASS
    }


def _refuse_days(notice: PublicNotice, began: bool = False) -> None:
    errors = []
    if not began and notice.opens_on < timezone.localdate():
        errors.append(_("The notice cannot begin before today."))
    if notice.closes_on < (least := earliest_end(notice.round, notice.opens_on)):
        errors.append(
            _("This round asks for %(days)s days of notice: until %(day)s at least.")
            % {"days": notice.round.notice_days, "day": _day(least)}
        )
    if (notice.closes_on - notice.opens_on).days >= LONGEST:
        errors.append(_("A notice hangs out for %(days)s days at most.") % {"days": LONGEST})
    if errors:
        raise ValidationError(errors)


def _day(day: datetime.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
