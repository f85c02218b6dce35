"""Documents that prove something of many: the evidence of a round in a commune, and whom a document covers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.reach import archive_reached
from portal.cms.pagination import links, page_of
from portal.places.models import Place
from portal.text import slug
from portal.web.imports import ImportRefused
from portal.web.spreadsheet import XLSX, listing_xlsx

from ..domain import evidence as keeping
from ..domain.evidence import lists
from ..forms.evidence import NamesForm, VillageChoice
from ..models import Assessment, Evidence, Round
from ..models.subject import READERS
from ..permissions import may_prove_many, those_to_prove
from .books import refuse_unless
from .evidence import chosen, new_form, readable, saved
from .rounds import readable_round, trail

PER_PAGE = 50


@require_safe
@never_cache
@login_required
def of_round(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """What was given in; first what covers many or nobody yet, with `?tat-ca=1` also what proves one sheet only."""
    round, commune = _round_in(request, pk, commune_pk)
    everything = request.GET.get("tat-ca") == "1"
    page = page_of(request, _pieces(request, round, commune, everything), PER_PAGE)
    context = {
        "page_title": _("Evidence in %(place)s") % {"place": commune},
        "breadcrumbs": trail(round, (_("Evidence"), "")),
        "round": round,
        "commune": commune,
        "pieces": page.object_list,
        "everything": everything,
        "sheet": reverse("recognition:round_evidence_sheet", args=[round.pk, commune.pk]),
        "pagination": links(request, page.number, page.paginator.num_pages),
        "may_add": may_prove_many(request.user, round, commune),
    }
    return render(request, "recognition/evidence/of_round.html", context)


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """All that the list shows, as XLSX."""
    round, commune = _round_in(request, pk, commune_pk)
    pieces = _pieces(request, round, commune, everything=request.GET.get("tat-ca") == "1")
    headings = [
        _("Evidence"),
        _("Criterion"),
        _("Kind"),
        _("number of the document"),
        _("dated"),
        _("address"),
        _("Sheets"),
    ]
    rows = (
        [
            str(piece),
            piece.criterion.code,
            piece.get_kind_display(),
            piece.document_number,
            piece.dated,
            piece.link,
            piece.covered,
        ]
        for piece in pieces
    )
    title = _("Evidence in %(place)s") % {"place": commune}
    response = HttpResponse(listing_xlsx(f"{title}, {round}", headings, rows), content_type=XLSX)
    name = f"minh-chung-{slug(commune.label)}-{round.pk}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(request: HttpRequest, round: Round, commune: Place, everything: bool) -> QuerySet[Evidence]:
    """In the order of the criteria; `covered`: how many sheets each proves."""
    pieces = Evidence.objects.visible_to(request.user).filter(round=round, commune=commune)
    pieces = pieces.annotate(covered=Count("covers")).select_related("criterion", "file")
    found = pieces if everything else pieces.exclude(covered=1)
    return found.order_by("criterion__group__position", "criterion__position", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """One document for many: first what it is, then whom it covers."""
    round, commune = _round_in(request, pk, commune_pk)
    refuse_unless(may_prove_many(request.user, round, commune))
    form = new_form(request, round)
    if request.method == "POST" and form.is_valid():
        form.instance.round, form.instance.commune = round, commune
        if saved(form, [], request.user):
            return redirect("recognition:evidence_cover", form.instance.pk)
    here = reverse("recognition:round_evidence", args=[round.pk, commune.pk])
    context = {
        "page_title": _("One document for many"),
        "breadcrumbs": trail(round, (_("Evidence"), here), (_("One document for many"), "")),
        "lead": _("First what it is; then you say whom it covers."),
        "form": form,
    }
    return render(request, "recognition/evidence/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom else it covers: `?xom=` ticked from a village, or by a list of names, looked at before it counts.

    Fields of the POST: `names`, a list; or `ho`, those ticked; or `action` "village", all that are shown.
    """
    piece = readable(request, pk)
    refuse_unless(may_prove_many(request.user, piece.round, piece.commune))
    candidates = _candidates(request, piece)
    villages = Place.objects.filter(pk__in={row.place_id for row in candidates}).order_by("sort_key", "pk")
    choice = VillageChoice(request.GET if "xom" in request.GET else None, villages=villages)
    village = choice.cleaned_data["xom"] if choice.is_bound and choice.is_valid() else None
    shown = [row for row in candidates if village and row.place_id == village.pk]
    form, matches = NamesForm(), None
    if request.method == "POST" and request.FILES:
        form, matches = _matched(request, candidates)
    elif request.method == "POST":
        whole_village = request.POST.get("action") == "village"
        if _covered(request, piece, shown if whole_village else chosen(request, candidates)):
            return redirect(request.get_full_path() if whole_village else piece)
    context = {
        "page_title": _("Whom does it cover?"),
        "breadcrumbs": trail(
            piece.round, (str(piece), piece.get_absolute_url()), (_("Whom does it cover?"), "")
        ),
        "piece": piece,
        "choice": choice,
        "village": village,
        "shown": shown,
        "form": form,
        "matches": matches,
        "open": len(candidates),
    }
    return render(request, "recognition/evidence/cover.html", context)


def _candidates(request: HttpRequest, piece: Evidence) -> list[Assessment]:
    """Those of the round and commune that it does not cover yet and whose sheets are the person's to prove."""
    visible = Assessment.objects.visible_to(request.user).filter(round=piece.round, commune=piece.commune)
    rows = (
        visible.exclude(evidence=piece)
        .select_related("subject", "place", "round")
        .order_by("subject__sort_name")
    )
    return those_to_prove(request.user, rows)


def _matched(request: HttpRequest, candidates) -> tuple[NamesForm, lists.Matches | None]:
    form = NamesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return form, lists.match(lists.read(form.cleaned_data["names"]), candidates)
        except ImportRefused as refused:
            for error in refused.errors:
                form.add_error("names", str(error))
    return form, None


def _covered(request: HttpRequest, piece: Evidence, rows: list[Assessment]) -> bool:
    if not rows:
        messages.warning(request, _("Nobody was chosen."))
        return False
    try:
        count = keeping.cover(piece, rows, request.user)
    except keeping.NotNow as error:
        messages.error(request, str(error))
        return False
    told = ngettext("It covers %(count)s sheet more.", "It covers %(count)s sheets more.", count)
    messages.success(request, told % {"count": count})
    return True


def _round_in(request: HttpRequest, pk: int, commune_pk: int) -> tuple[Round, Place]:
    """Raises Http404 for a commune of the round in which no role of the person reaches anything."""
    round = readable_round(request, pk)
    commune = get_object_or_404(round.communes, pk=commune_pk)
    reaches = archive_reached(request.user, READERS).filter(pk=commune.pk).exists()
    if (
        not reaches
        and not Assessment.objects.visible_to(request.user).filter(round=round, commune=commune).exists()
    ):
        raise Http404
    return round, commune
