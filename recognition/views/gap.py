"""`/can-bo/dot-xet/<pk>/con-thieu/`: what a round lacks to the target, by village; whom a little would help; where most is
lost. For officers: names are those that the person may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.domain.reach import archive_reached
from portal.places.models import Place
from portal.text import slug
from portal.web.spreadsheet import XLSX, listing_xlsx

from ..domain.books.communes import villages_of
from ..domain.indicators import wording
from ..domain.indicators.gap import WEAKEST, gap
from ..domain.indicators.heat import by_criterion, criteria_in_order, heat_map
from ..enums import Indicator, SubjectKind
from ..models import Assessment, Round
from ..models.subject import READERS
from .communes import choice_of
from .council.doors import readable_commune, readable_communes, readable_round, trail


@require_safe
@never_cache
@login_required
def gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """The communes of the round; a single one is opened at once."""
    round = readable_round(request, pk)
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home")), (str(round), "")]
    communes, title = readable_communes(request, round), _("How many are missing?")
    return choice_of(
        request, communes, "recognition:gap", round.pk, title=title, breadcrumbs=parts, lead=str(round)
    )


@require_safe
@never_cache
@login_required
def commune_gap(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    round = readable_round(request, pk)
    commune = readable_commune(request, round, commune_pk)
    rows, places = _rows(request, round, commune), _places(request, commune)
    found = gap(round, rows, commune, places)
    cells = heat_map(rows.registered(), round.criteria_set)
    criteria = criteria_in_order(round.criteria_set)
    context = {
        "page_title": _("How many are missing?"),
        "breadcrumbs": trail(round, commune, (_("How many are missing?"), "")),
        "round": round,
        "commune": commune,
        "gap": found,
        "missing": _in_words(round, found.missing),
        "lines": [(line, _in_words(round, line.missing)) for line in found.lines],
        "weakest": _weakest(rows, round, criteria),
        "criteria": criteria,
        "heat": [
            (place, [cells.get((place.pk, criterion.pk)) for criterion in criteria])
            for place in places
            if any((place.pk, criterion.pk) in cells for criterion in criteria)
        ],
    }
    return render(request, "recognition/gap/gap.html", context)


@require_safe
@never_cache
@login_required
def gap_sheet(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """The near misses as XLSX."""
    round = readable_round(request, pk)
    commune = readable_commune(request, round, commune_pk)
    found = gap(round, _rows(request, round, commune), commune, _places(request, commune))
    headings = [
        _("Name"),
        _("Village"),
        _("Points"),
        _("Points short"),
        _("Most is lost at"),
        _("Points lost there"),
    ]
    rows = (
        [str(each.assessment.subject), str(each.assessment.place), each.assessment.total, each.short_by]
        + ([each.criterion.code, each.lost] if each.criterion else ["", None])
        for each in found.near
    )
    title = _("Nearly there: %(round)s, %(commune)s") % {"round": round, "commune": commune}
    response = HttpResponse(listing_xlsx(title, headings, rows), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="gan-dat-{slug(commune.label)}-{round.year}.xlsx"'
    )
    return response


def _rows(request: HttpRequest, round: Round, commune: Place):
    return Assessment.objects.visible_to(request.user).filter(round=round, commune=commune)


def _places(request: HttpRequest, commune: Place) -> list[Place]:
    """The villages of the commune that the person reaches, and the commune itself; of a former one those of its last day."""
    day = timezone.localdate()
    if commune.at(day) is None and (latest := commune.latest()):
        day = latest.valid_to
    reached = archive_reached(request.user, READERS)
    places = Place.objects.filter(
        pk__in=[commune.pk, *villages_of(commune, day).values_list("pk", flat=True)]
    )
    return list(places.filter(pk__in=reached.values("pk")).order_by("sort_key", "pk"))


def _in_words(round: Round, count: int | None) -> str:
    if count is None or round.subject_kind == SubjectKind.CITIZEN:
        return ""
    return wording.missing(Indicator(round.subject_kind), count) if count else _("target reached")


def _weakest(rows, round: Round, criteria) -> list[tuple]:
    """[(criterion, heat)] where those who do not pass lose most."""
    cells = by_criterion(heat_map(rows.registered().filter(passed=False), round.criteria_set))
    lost = sorted(cells.items(), key=lambda item: item[1].reached - item[1].most)
    named = {criterion.pk: criterion for criterion in criteria}
    return [
        (named[pk], heat, heat.most - heat.reached) for pk, heat in lost[:WEAKEST] if heat.most > heat.reached
    ]
