"""`/can-bo/dot-xet/<round>/xa/<commune>/`: what of a round happens in a commune from the village meeting on."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ...domain.council import entries, meetings, notices
from ...enums import AssessmentState
from ...models import Appeal, Assessment, CouncilSession, Decision, PublicNotice, VillageMeeting
from ...permissions import is_clerk_of, may_serve_council, may_write_minutes
from .doors import readable_commune, readable_round, trail


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest, round_pk: int, commune_pk: int) -> HttpResponse:
    round = readable_round(request, round_pk)
    commune = readable_commune(request, round, commune_pk)
    rows = Assessment.objects.visible_to(request.user).filter(round=round, commune=commune)
    places = rows.order_by().values("place")
    waiting = meetings.villages_with_work(round, commune).filter(pk__in=places)
    context = {
        "page_title": _("From the meeting to the decision"),
        "page_lead": f"{round}, {commune}",
        "breadcrumbs": trail(round, commune),
        "round": round,
        "commune": commune,
        "states": _states(rows),
        "meetings": VillageMeeting.objects.visible_to(request.user)
        .filter(round=round, place__in=places)
        .select_related("place"),
        "sessions": CouncilSession.objects.visible_to(request.user)
        .filter(round=round, commune=commune)
        .select_related("commune"),
        "notices": PublicNotice.objects.visible_to(request.user).filter(round=round, commune=commune),
        "to_hang_out": notices.waiting(round, commune).count(),
        "decisions": Decision.objects.visible_to(request.user).filter(round=round, commune=commune),
        "to_decide": len(entries.ready(round, commune)) if is_clerk_of(request.user, commune) else 0,
        "appeals": Appeal.objects.filter(assessment__in=rows.order_by().values("pk")).select_related(
            "assessment__subject"
        ),
        "may_serve": may_serve_council(request.user, round, commune),
        "waiting": [place for place in waiting if may_write_minutes(request.user, round, place)]
        if round.village_meeting
        else [],
    }
    return render(request, "recognition/council/overview.html", context)


def _states(rows) -> list[tuple[str, int]]:
    """[(state in words, how many)] in the order of the way."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [(state.label, counted[state]) for state in AssessmentState if state in counted]
