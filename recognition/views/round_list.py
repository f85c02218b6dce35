"""`/can-bo/dot-xet/<number>/danh-sach/`: who takes part in a round, narrowed, as a sheet, and one step for many of them."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.cms.pagination import links, page_of
from portal.places.models import Place
from portal.web.spreadsheet import XLSX, listing_xlsx

from ..domain import sheets
from ..domain.communes import heirs_of, locate, of_commune
from ..domain.workflow import Refused, move_those_possible
from ..domain.workflow.transitions import REGISTER, SUBMIT, VERIFY, Transition
from ..enums import RoundState, Stage
from ..forms.rounds import RoundListFilter
from ..models import Assessment, Round
from ..permissions import those_to_fill_in
from .rounds import readable_round, trail

PER_PAGE = 100
SHOWN = 20  # reasons told at once
AGREE = "agree"  # the verifier agrees with the own sheets and verifies
STEPS = {step.name: step for step in (REGISTER, SUBMIT, VERIFY)} | {AGREE: VERIFY}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a round the address asks for."""

    round: Round
    form: RoundListFilter
    rows: QuerySet[Assessment]


@require_safe
@never_cache
@login_required
def round_list(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(request, readable_round(request, pk), request.GET)
    page = page_of(request, asked.rows, PER_PAGE)
    commune_now = _communes_now(asked)
    context = {
        "page_title": _("Who takes part"),
        "breadcrumbs": trail(asked.round, (_("Who takes part"), "")),
        "round": asked.round,
        "form": asked.form,
        "rows": [(row, commune_now(row)) for row in page.object_list],
        "count": page.paginator.count,
        "pagination": links(request, page.number, page.paginator.num_pages),
        "query": request.GET.urlencode(),
        "steps": _steps(request.user, asked.round),
        "forms_of": _registers_in(request.user, asked.form.cleaned_data.get("xom")),
    }
    return render(request, "recognition/rounds/list.html", context)


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the list shows for these choices."""
    asked = _asked(request, readable_round(request, pk), request.GET)
    headings = [
        _("Name"),
        _("Village"),
        _("Commune"),
        _("Commune of today"),
        _("State"),
        _("Total"),
        _("Result"),
        _("Registered"),
        _("Self-scored"),
        pgettext("column", "Verified"),
    ]
    commune_now = _communes_now(asked)
    rows = (
        [
            str(row.subject),
            str(row.place),
            str(row.commune),
            commune_now(row),
            row.get_state_display(),
            row.total,
            row.result,
            row.registered_at,
            row.submitted_at,
            row.verified_at,
        ]
        for row in asked.rows.iterator(2000)
    )
    response = HttpResponse(listing_xlsx(asked.round.title, headings, rows), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="dot-xet-{asked.round.pk}-{timezone.localdate():%Y%m%d}.xlsx"'
    )
    return response


@require_POST
@login_required
def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `step`, and who: `pick` ("number:version" of each, as it was seen), or `everybody` that the address asks for."""
    asked = _asked(request, readable_round(request, pk), request.GET)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    back = redirect(f"{reverse('recognition:round_list', args=[pk])}?{request.GET.urlencode()}")
    rows = _chosen(request, asked, step)
    if not rows:
        messages.warning(request, _("None of those chosen can take this step; tick some that can."))
        return back
    if request.POST["step"] == AGREE:
        sheets.agree(those_to_fill_in(request.user, rows, Stage.VERIFIER), request.user)
    try:
        _tell(request, step, *move_those_possible(step, rows, request.user))
    except Refused as error:
        raise PermissionDenied(str(error)) from error
    return back


def _asked(request: HttpRequest, round: Round, data) -> Asked:
    """Raises Http404 for a choice that cannot be."""
    seen = Assessment.objects.visible_to(request.user).filter(round=round)
    today = timezone.localdate()
    communes = set(seen.order_by().values_list("commune", flat=True).distinct())
    heirs = heirs_of(communes, today)
    chosen = _number(data.get("xa")) or (min(communes) if len(communes | heirs) == 1 else 0)
    villages = seen.filter(of_commune(chosen, today) if chosen else Q(place=_number(data.get("xom"))))
    form = RoundListFilter(
        data,
        communes=Place.objects.filter(pk__in=communes | heirs),
        heirs=heirs,
        villages=Place.objects.filter(pk__in=villages.order_by().values("place")),
    )
    if not form.is_valid():
        raise Http404
    return Asked(round, form, _narrowed(seen, form.cleaned_data))


def _communes_now(asked: Asked):
    """-> row -> the commune of today where that of the round is gone, else ""."""
    day = asked.round.register_by
    communes = asked.rows.order_by().values_list("commune", flat=True).distinct()
    located = locate(((commune, day) for commune in communes), timezone.localdate())
    return lambda row: located[row.commune_id, day].now


def _narrowed(rows: QuerySet[Assessment], wanted: dict) -> QuerySet[Assessment]:
    rows = rows.select_related("subject", "place", "commune", "round")
    if wanted["q"]:
        rows = rows.named_like(wanted["q"])
    if wanted.get("xa"):
        rows = rows.filter(of_commune(wanted["xa"].pk, timezone.localdate()))
    if wanted["xom"]:
        rows = rows.filter(place=wanted["xom"])
    return rows.filter(state=wanted["trang_thai"]) if wanted["trang_thai"] else rows


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _chosen(request: HttpRequest, asked: Asked, step: Transition) -> list[Assessment]:
    """Those that the step is open to; each ticked one as it was seen."""
    open_to = asked.rows.filter(state__in=step.sources)
    if request.POST.get("everybody"):
        return list(open_to)
    seen = {
        _number(pk): _number(version)
        for pk, _colon, version in (each.partition(":") for each in request.POST.getlist("pick"))
    }
    rows = list(open_to.filter(pk__in=seen))
    for row in rows:
        row.version = seen[row.pk]
    return rows


def _registers_in(user, village: Place | None) -> Place | None:
    """The village that the list is of, for whoever hands out its registration forms."""
    return village if village and reached_to_act(user, [Role.OFFICER]).contains(village) else None


def _steps(user, round: Round) -> list[tuple[str, str]]:
    """[(name, words)] of those that a role of the person takes, for many at once."""
    if round.state != RoundState.OPEN:
        return []
    held = set(user.grants.active().values_list("role", flat=True))
    steps = []
    if Role.OFFICER in held:
        steps += [(REGISTER.name, REGISTER.label), (SUBMIT.name, _("Hand in the sheets"))]
    if Role.VERIFIER in held:
        steps += [(AGREE, _("Agree with the own sheets and verify")), (VERIFY.name, _("Verify as filled in"))]
    return steps


def _tell(request: HttpRequest, step: Transition, count: int, told) -> None:
    if count:
        messages.success(request, _("%(count)s: %(done)s.") % {"count": count, "done": step.done})
    if told:
        sentence = ngettext("%(count)s could not:", "%(count)s could not:", len(told)) % {"count": len(told)}
        reasons = [f"{row.subject} – {why}" for row, why in told[:SHOWN]]
        messages.warning(request, " ".join([sentence, *reasons, *(["…"] if len(told) > SHOWN else [])]))
