"""The minutes of village meetings: writing, correcting, reading, printing them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.places.models import Place

from ...domain.council import meetings
from ...forms.meetings import MeetingForm, VotesForm
from ...models import Assessment, VillageMeeting
from ...permissions import may_write_minutes
from ..books import refuse_unless
from .doors import NOT_POSSIBLE, add_errors, readable_round, trail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def write(request: HttpRequest, round_pk: int, place_pk: int) -> HttpResponse:
    """New minutes of a village in which somebody waits for its meeting."""
    round = readable_round(request, round_pk)
    visible = Assessment.objects.visible_to(request.user).filter(round=round, place=place_pk)
    first = visible.select_related("commune", "place").first()
    place = get_object_or_404(Place, pk=first and first.place_id)
    refuse_unless(may_write_minutes(request.user, round, place))
    return _form(request, VillageMeeting(round=round, place=place), first.commune)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    refuse_unless(may_write_minutes(request.user, meeting.round, meeting.place))
    if not meetings.can_be_corrected(meeting):
        messages.warning(
            request, _("By these minutes something was verified already, so they stay as they are.")
        )
        return redirect("recognition:meeting", meeting.pk)
    return _form(request, meeting, _commune(meeting))


@require_safe
@never_cache
@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as they are signed: for the screen and for paper."""
    meeting = _meeting(request, pk)
    allowed = may_write_minutes(request.user, meeting.round, meeting.place)
    votes = meetings.votes_of(meeting)
    context = {
        "page_title": _("Minutes of the meeting of %(place)s") % {"place": meeting.place},
        "breadcrumbs": trail(meeting.round, _commune(meeting), (pgettext("council", "Minutes"), "")),
        "meeting": meeting,
        "votes": votes,
        "carried": sum(vote.carried for vote in votes),
        "may_correct": allowed and meetings.can_be_corrected(meeting),
    }
    return render(request, "recognition/council/meeting.html", context)


def _form(request: HttpRequest, meeting: VillageMeeting, commune: Place) -> HttpResponse:
    rows, earlier = meetings.to_be_voted_on(meeting.round, meeting.place), None
    if meeting.pk:
        earlier = {vote.assessment_id: _as_typed(vote, meeting) for vote in meeting.votes.all()}
    form = MeetingForm(request.POST or None, instance=meeting)
    table = VotesForm(request.POST or None, rows=rows, earlier=earlier)
    if request.method == "POST" and form.is_valid() and table.is_valid():
        try:
            meetings.write(form.instance, table.votes, request.user)
        except NOT_POSSIBLE as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The minutes are written."))
            return redirect("recognition:meeting", form.instance.pk)
    context = {
        "page_title": _("Meeting of %(place)s") % {"place": meeting.place},
        "breadcrumbs": trail(
            meeting.round, commune, (_("Meeting of %(place)s") % {"place": meeting.place}, "")
        ),
        "form": form,
        "table": table,
    }
    return render(request, "recognition/council/meeting_form.html", context)


def _as_typed(vote, meeting: VillageMeeting) -> meetings.Vote:
    """All who attended stays empty, so that a corrected number of them carries over."""
    return meetings.Vote(None if vote.votes_for == meeting.attending else vote.votes_for, vote.note)


def _meeting(request: HttpRequest, pk: int) -> VillageMeeting:
    visible = VillageMeeting.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("round", "place", "written_by"), pk=pk)


def _commune(meeting: VillageMeeting) -> Place:
    vote = meeting.votes.select_related("assessment__commune").first()
    return vote.assessment.commune if vote else meeting.place
