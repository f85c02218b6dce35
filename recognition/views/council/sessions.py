"""Sessions of the council: preparing one, its agenda and votes, closing it, its minutes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.places.models import Place

from ...domain.council import agenda, sessions
from ...enums import Outcome, SessionState
from ...forms.council import CouncilVotesForm, SessionForm, seats_form
from ...models import CouncilSession
from ...permissions import may_serve_council
from ..books import refuse_unless
from .doors import NOT_POSSIBLE, add_errors, readable_commune, readable_round, sentences, trail


@require_POST
@login_required
def prepare(request: HttpRequest, round_pk: int, commune_pk: int) -> HttpResponse:
    round = readable_round(request, round_pk)
    commune = readable_commune(request, round, commune_pk)
    refuse_unless(may_serve_council(request.user, round, commune))
    return redirect("recognition:council", sessions.prepare(round, commune, request.user).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is prepared, its form and agenda for the clerk; once closed, the minutes."""
    session = _session(request, pk)
    allowed = may_serve_council(request.user, session.round, session.commune)
    is_open = session.state == SessionState.OPEN
    form = SessionForm(request.POST or None, instance=session)
    seats = seats_form(request.POST or None, session.members.all())
    if request.method == "POST":
        refuse_unless(allowed)
        if form.is_valid() and seats.is_valid() and _written(form, seats):
            messages.success(request, _("The session is written down."))
            return redirect("recognition:council", session.pk)
    context = _context(session) | {
        "members": session.members.all(),
        "form": form if allowed and is_open else None,
        "seats": seats,
        "problems": sessions.problems(session) if is_open else [],
        "waiting": agenda.waiting(session).count() if is_open else 0,
        "villages": _villages(session),
        "items": [] if is_open else _minutes(session),
    }
    return render(request, "recognition/council/session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def votes(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """The votes on those of one village."""
    session = _session(request, pk)
    refuse_unless(may_serve_council(request.user, session.round, session.commune))
    if session.state != SessionState.OPEN:
        return redirect("recognition:council", session.pk)
    place = get_object_or_404(Place, pk=place_pk, pk__in=session.items.values("assessment__place"))
    form = CouncilVotesForm(request.POST or None, items=agenda.items_of(session, place))
    if request.method == "POST" and form.is_valid():
        try:
            agenda.write(session, form.votes)
        except NOT_POSSIBLE as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The votes are written down."))
            return redirect("recognition:council", session.pk)
    title = _("Votes on %(place)s") % {"place": place}
    context = _context(session, (title, "")) | {"page_title": title, "form": form}
    return render(request, "recognition/council/votes.html", context)


@require_POST
@login_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "fill" the agenda, "refresh" it, "close" the session, "discard" it."""
    session = _session(request, pk)
    refuse_unless(may_serve_council(request.user, session.round, session.commune))
    action = request.POST.get("action")
    try:
        if action == "discard":
            sessions.discard(session, request.user)
            messages.success(request, _("The session is discarded."))
            return redirect("recognition:round_commune", session.round_id, session.commune_id)
        messages.success(request, _done(action, session, request.user))
    except NOT_POSSIBLE as error:
        for sentence in sentences(error):
            messages.error(request, sentence)
    return redirect("recognition:council", session.pk)


def _done(action: str | None, session: CouncilSession, user) -> str:
    if action == "close":
        count = sessions.close(session, user)
        done = ngettext(
            "The session is closed, with %(count)s vote.",
            "The session is closed, with %(count)s votes.",
            count,
        )
        return done % {"count": count}
    if action == "refresh":
        agenda.refresh(session)
        return _("The agenda is up to date.")
    count = agenda.fill(session)
    return ngettext("Put on the agenda: %(count)s.", "Put on the agenda: %(count)s.", count) % {
        "count": count
    }


def _written(form: SessionForm, seats) -> bool:
    """False with the mistakes in the form."""
    try:
        sessions.write(form.instance, [each.seat for each in seats if each.seat])
    except NOT_POSSIBLE as error:
        add_errors(form, error)
        return False
    return True


def _villages(session: CouncilSession) -> list[dict]:
    """What is on the agenda of each village: how many, how many of them recognised."""
    passed = Count("pk", filter=Q(outcome=Outcome.PASS))
    counted = session.items.values("assessment__place").annotate(all=Count("pk"), passed=passed).order_by()
    places = Place.objects.in_bulk([each["assessment__place"] for each in counted])
    rows = [
        each | {"place": places[each["assessment__place"]], "failed": each["all"] - each["passed"]}
        for each in counted
    ]
    return sorted(rows, key=lambda row: row["place"].sort_key)


def _minutes(session: CouncilSession) -> list[tuple[str, list]]:
    """[(outcome in words, the items)]: those to be recognised first."""
    items = list(agenda.items_of(session))
    parts = [(outcome.label, [item for item in items if item.outcome == outcome]) for outcome in Outcome]
    return [part for part in parts if part[1]]


def _context(session: CouncilSession, *rest: tuple[str, str]) -> dict:
    title = _("Session of the council of %(place)s") % {"place": session.commune}
    own = (title, session.get_absolute_url() if rest else "")
    return {
        "page_title": title,
        "breadcrumbs": trail(session.round, session.commune, own, *rest),
        "session": session,
    }


def _session(request: HttpRequest, pk: int) -> CouncilSession:
    visible = CouncilSession.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("round", "commune"), pk=pk)
