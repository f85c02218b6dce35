"""`/tu-cham/<token>/`: the own sheet of a household (clan, unit ...), without an account. Whoever holds the address may
fill it in; a wrong one tells nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.web.client_address import client_address
from portal.web.visitors.rate_limit import RateLimit

from ..domain import rounds
from ..domain.workflow import HOUSEHOLD, MovedMeanwhile, Refused, may, move
from ..domain.workflow.transitions import REGISTER, SUBMIT
from ..enums import AWAITING_SELF_SCORE, RoundState, Stage
from ..forms.sheets import SheetForm
from ..models import Assessment
from .assessments import as_json, seen_version
from .evidence import asked_to_prove
from .honour_roll import ask_to_wait

ASKED = RateLimit("own-sheet", 600, 60 * 60)  # an hour; a whole village may share one connection
RELATED = ("round__criteria_set", "subject", "place", "commune", "previous_award")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own_sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Field `action`: "save", "register" or "submit"; what was typed is saved first."""
    if refused := ask_again_later(request):
        return refused
    row = own_row(token)
    form = SheetForm(row, own_stage(row), shown=[Stage.SELF])
    if request.method == "POST":
        row.version = seen_version(request)
        form = SheetForm(row, own_stage(row), request.POST, shown=[Stage.SELF])
        try:
            if _done(request, row, form):
                here = reverse("recognition:household", args=[token])
                return private(redirect(asked_to_prove(request, f"{here}minh-chung/") or here))
        except MovedMeanwhile:
            messages.error(
                request,
                _("Somebody has handed in or changed this sheet meanwhile. This is how it stands now."),
            )
            row.refresh_from_db()
            form = SheetForm(row, own_stage(row), request.POST, shown=[Stage.SELF])
        except Refused as error:
            messages.error(request, str(error))
    return private(_page(request, row, form))


@require_POST
def figures(request: HttpRequest, token: str) -> HttpResponse:
    """What the sheet would come to with what is typed; nothing is written."""
    row = own_row(token)
    if not ASKED.allows(client_address(request)) or not own_stage(row):
        return private(JsonResponse({}, status=429))
    return private(as_json(SheetForm(row, Stage.SELF, request.POST, shown=[Stage.SELF])))


def ask_again_later(request: HttpRequest) -> HttpResponse | None:
    """The answer to a connection that asks too often; None for all others."""
    if ASKED.allows(client_address(request)):
        return None
    why = _("Many pages went to your connection in the last hour. Please try again later.")
    return private(ask_to_wait(request, why))


def own_row(token: str) -> Assessment:
    """Raises Http404."""
    row = Assessment.objects.select_related(*RELATED).filter(household_token=token).first()
    if row is None or row.round.state == RoundState.DRAFT:
        raise Http404
    return row


def own_stage(row: Assessment) -> Stage | None:
    is_open = row.round.state == RoundState.OPEN and row.state in AWAITING_SELF_SCORE
    return Stage.SELF if is_open else None


def _done(request: HttpRequest, row: Assessment, form: SheetForm) -> bool:
    """False when something is left to mend. Raises MovedMeanwhile, Refused."""
    if form.stage and not form.save(None):
        messages.warning(request, _("All but what is marked was saved."))
        return False
    match request.POST.get("action"):
        case "register":
            move(REGISTER, [row], hand=HOUSEHOLD)
            messages.success(request, _("You are registered. Now fill in the sheet, at once or bit by bit."))
        case "submit":
            move(SUBMIT, [row], hand=HOUSEHOLD)
            messages.success(request, _("The sheet is handed in. The commune verifies it next."))
        case _ if form.stage:
            messages.success(request, _("Saved. You can go on later at this same address."))
    return True


def _page(request: HttpRequest, row: Assessment, form: SheetForm) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "page_title": str(row.subject),
        "breadcrumbs": [],
        "assessment": row,
        "sheet": form,
        "deadline": rounds.deadline(row.round, "self_score_by" if form.stage else "register_by", today),
        "may_register": may(None, row, REGISTER, hand=HOUSEHOLD),
        "figures_url": f"{request.path}tinh/" if form.stage else "",
        "token": row.household_token,
        "hide_header_search": True,
    }
    return render(request, "recognition/household/sheet.html", context)


def private(response: HttpResponse) -> HttpResponse:
    """The address is the key: no search engine lists it and no other site is told it. (With "no-referrer" browsers send the
    forms of the page with an origin of null, which the protection against forged requests refuses.)"""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
