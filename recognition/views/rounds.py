"""`/can-bo/dot-xet/`: the rounds, prepared, opened and closed by the association, and how far each has come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.cms.pagination import links, page_of

from ..domain import registration, rounds
from ..domain.registration import CannotOpen
from ..domain.standing import Standing
from ..enums import RoundState, SubjectKind
from ..forms.rounds import PostponeForm, RoundForm
from ..models import Round
from ..permissions import may_organise, places_filled_in_by
from .books import refuse_unless

PER_PAGE = 30


@require_safe
@never_cache
@login_required
def all_rounds(request: HttpRequest) -> HttpResponse:
    found = Round.objects.visible_to(request.user).select_related("place", "criteria_set")
    page, today = page_of(request, found, PER_PAGE), timezone.localdate()
    context = {
        "page_title": _("Rounds"),
        "breadcrumbs": trail(),
        "rounds": [(round, _next_deadline(round, today)) for round in page.object_list],
        "pagination": links(request, page.number, page.paginator.num_pages),
        "kinds": SubjectKind if may_organise(request.user) else (),
    }
    return render(request, "recognition/rounds/all.html", context)


@require_safe
@never_cache
@login_required
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come; of several communes first each of them, of one its villages."""
    round, today = readable_round(request, pk), timezone.localdate()
    standing = Standing(round, request.user, today)
    communes = standing.communes()
    commune = _chosen(request, communes)
    lines = standing.villages(commune.place) if commune else communes
    context = {
        "page_title": round.title,
        "breadcrumbs": trail(round, (commune.label, "")) if commune and len(communes) > 1 else trail(round),
        "round": round,
        "deadlines": rounds.deadlines(round, today),
        "commune": commune,
        "commune_asked": commune is not None and len(communes) > 1,
        "lines": lines,
        "states": standing.states(lines),
        "may_organise": may_organise(request.user, round.place),
        "own": _places_to_enlist(request, round, lines) if commune else (),
        "grids": _grids(request, lines) if commune else (),
    }
    return render(request, "recognition/rounds/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_round(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft for one title, filled in as last time."""
    kind = SubjectKind.from_slug(slug)
    if kind is None:
        raise Http404
    refuse_unless(may_organise(request.user))
    today = timezone.localdate()
    places = rounds.places_to_hold(request.user, today)
    form = RoundForm(
        request.POST or None,
        instance=Round(subject_kind=kind),
        initial=rounds.as_last_time(kind, places, today.year),
        places=places,
        sets=rounds.sets_to_score(kind),
    )
    return _draft_page(request, form, _("New round: %(title)s") % {"title": kind.label})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = _organised_round(request, pk, RoundState.DRAFT)
    places = rounds.places_to_hold(request.user, timezone.localdate())
    sets = rounds.sets_to_score(round.subject_kind)
    form = RoundForm(request.POST or None, instance=round, places=places, sets=sets)
    return _draft_page(request, form, _("Edit the draft"))


@require_POST
@login_required
def discard_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = _organised_round(request, pk, RoundState.DRAFT)
    try:
        rounds.discard_draft(round)
        messages.success(request, _("The draft “%(round)s” is discarded.") % {"round": round.title})
    except ValidationError as error:
        messages.error(request, _sentence(error))
    return redirect("recognition:rounds")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = _organised_round(request, pk, RoundState.DRAFT)
    if request.method == "POST":
        try:
            registration.open_round(round, request.user)
            messages.success(request, _("The round is open: subjects can be put on the list now."))
        except (CannotOpen, ValidationError) as error:
            messages.error(request, _sentence(error))
        return redirect(round)
    communes = registration.communes_within(round.place, timezone.localdate())
    return _confirmation(request, round, "open", _("Open the round"), communes=communes)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = _organised_round(request, pk, RoundState.OPEN)
    if request.method == "POST":
        try:
            registration.close_round(round, request.user)
            messages.success(request, _("The round is closed."))
        except CannotOpen as error:
            messages.error(request, str(error))
        return redirect(round)
    under_way = round.assessments.live().filter(decision=None).count()
    return _confirmation(request, round, "close", _("Close the round"), under_way=under_way)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def postpone_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = _organised_round(request, pk, RoundState.OPEN)
    form = PostponeForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        try:
            if rounds.postpone(round, form.cleaned_data, request.user):
                messages.success(request, _("The deadlines are moved."))
            return redirect(round)
        except ValidationError as error:
            form.add_error(None, error)
    title = _("Move deadlines later")
    context = {"page_title": title, "breadcrumbs": trail(round, (title, "")), "round": round, "form": form}
    return render(request, "recognition/rounds/postpone.html", context)


def readable_round(request: HttpRequest, pk: int) -> Round:
    """Raises Http404 for one that the person may not see, as for one that does not exist."""
    visible = Round.objects.visible_to(request.user).select_related("place", "criteria_set")
    return get_object_or_404(visible, pk=pk)


def trail(round: Round | None = None, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    parts.append((_("Rounds"), reverse("recognition:rounds") if round else ""))
    if round:
        parts.append((round.title, round.get_absolute_url() if rest else ""))
    return [*parts, *rest]


def _organised_round(request: HttpRequest, pk: int, state: RoundState) -> Round:
    """Raises PermissionDenied for who is not its organiser, Http404 when it is in another state."""
    round = readable_round(request, pk)
    refuse_unless(may_organise(request.user, round.place))
    if round.state != state:
        raise Http404
    return round


def _chosen(request: HttpRequest, communes):
    """The commune that the address names, or the only one. Raises Http404 for one that the person does not reach."""
    if asked := request.GET.get("xa"):
        chosen = next((line for line in communes if str(line.place) == asked), None)
        if chosen is None:
            raise Http404
        return chosen
    return communes[0] if len(communes) == 1 else None


def _places_to_enlist(request: HttpRequest, round: Round, lines) -> set[int]:
    """The villages of which the person may put subjects on the list now."""
    if round.state != RoundState.OPEN:
        return set()
    reached = places_reached(request.user, [Role.OFFICER]).filter(pk__in=[line.place for line in lines])
    return set(reached.order_by().values_list("pk", flat=True))


def _grids(request: HttpRequest, lines) -> set[int]:
    """The villages on the list whose sheets the person fills in side by side."""
    return places_filled_in_by(request.user, [line.place for line in lines if line.total])


def _next_deadline(round: Round, today):
    """The first that has not passed; None of a round that is not open or is past them all."""
    if round.state != RoundState.OPEN:
        return None
    return next((each for each in rounds.deadlines(round, today) if not each.is_over), None)


def _draft_page(request: HttpRequest, form: RoundForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            round = rounds.keep_draft(form.instance)
            messages.success(request, _("The draft is kept. Nobody takes part before you open the round."))
            return redirect(round)
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {
        "page_title": title,
        "breadcrumbs": trail(form.instance if form.instance.pk else None, (title, "")),
        "form": form,
        "kind": SubjectKind(form.instance.subject_kind),
        "no_set": not form.fields["criteria_set"].queryset.exists(),
    }
    return render(request, "recognition/rounds/draft.html", context)


def _confirmation(request: HttpRequest, round: Round, action: str, title: str, **facts) -> HttpResponse:
    context = {
        "page_title": title,
        "breadcrumbs": trail(round, (title, "")),
        "round": round,
        "action": action,
        "deadlines": rounds.deadlines(round, timezone.localdate()),
        **facts,
    }
    return render(request, "recognition/rounds/confirm.html", context)


def _sentence(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
