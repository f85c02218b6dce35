"""Putting a village on the list of a round, and the forms that are handed out on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.places.models import Place
from portal.web.qr import qr_svg

from ..domain import registration
from ..domain.books.communes import commune_of
from ..domain.workflow import move_those_possible
from ..domain.workflow.transitions import REGISTER
from ..enums import AssessmentState, RoundState
from ..forms.rounds import EnlistForm
from ..models import Assessment, Round, Subject
from ..permissions import may_keep_books
from .assessments import readable_assessment
from .books import refuse_unless
from .rounds import readable_round, trail

SHOWN = 5  # reasons told at once


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def enlist(request: HttpRequest, pk: int, village_pk: int) -> HttpResponse:
    """All of a village, or those chosen, come on the list in one go; they may be registered with it."""
    round, village = readable_round(request, pk), _own_place(request, village_pk)
    if round.state != RoundState.OPEN or not _takes_part(round, village):
        raise Http404
    subjects = _not_on_list(request, round, village)
    data = request.POST if request.method == "POST" else None
    form = EnlistForm(data, subjects=subjects, levels=registration.levels_of(round))
    if request.method == "POST" and form.is_valid():
        rows = registration.put_on_list(
            round, form.chosen(), request.user, level=form.cleaned_data.get("level", "")
        )
        _tell(request, len(rows))
        if form.cleaned_data["register"]:
            _register(request, rows)
        return redirect(f"{reverse('recognition:round_list', args=[round.pk])}?xom={village.pk}")
    context = {
        "page_title": _("On the list: %(place)s") % {"place": village},
        "breadcrumbs": trail(round, (str(village), "")),
        "round": round,
        "form": form,
        "count": len(subjects),
    }
    return render(request, "recognition/rounds/enlist.html", context)


@require_safe
@never_cache
@login_required
def one_form(request: HttpRequest, pk: int) -> HttpResponse:
    row = readable_assessment(request, pk)
    refuse_unless(may_keep_books(request.user, row.place))
    return _forms(request, row.round, [row], str(row.subject))


@require_safe
@never_cache
@login_required
def forms_of_village(request: HttpRequest, pk: int, village_pk: int) -> HttpResponse:
    """A sheet of paper for each that is on the list and not registered yet, in the order of the names."""
    round, village = readable_round(request, pk), _own_place(request, village_pk)
    rows = Assessment.objects.visible_to(request.user).select_related("subject", "place", "commune")
    rows = rows.filter(round=round, place=village, state=AssessmentState.DRAFT)
    return _forms(request, round, rows, str(village))


def _forms(request: HttpRequest, round: Round, rows, name: str) -> HttpResponse:
    title = _("Registration forms: %(name)s") % {"name": name}
    context = {
        "page_title": title,
        "breadcrumbs": trail(round, (name, "")),
        "round": round,
        "groups": round.criteria_set.groups.all(),
        "criteria_address": request.build_absolute_uri(round.criteria_set.get_absolute_url()),
        "forms": [_form(request, row) for row in rows],
    }
    response = render(request, "recognition/rounds/forms.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


def _form(request: HttpRequest, row: Assessment) -> dict:
    address = request.build_absolute_uri(reverse("recognition:household", args=[row.household_token]))
    return {
        "assessment": row,
        "address": address,
        "code": qr_svg(address, title=_("The address of the own sheet")),
    }


def _own_place(request: HttpRequest, pk: int) -> Place:
    """A place that the person's role as an officer reaches. Raises Http404."""
    return get_object_or_404(reached_to_act(request.user, [Role.OFFICER]).with_versions(), pk=pk)


def _takes_part(round: Round, place: Place) -> bool:
    return round.communes.contains(commune_of(place, timezone.localdate()))


def _not_on_list(request: HttpRequest, round: Round, village: Place) -> list[Subject]:
    on_list = round.assessments.exclude(state=AssessmentState.VOID)
    subjects = Subject.objects.visible_to(request.user).live().filter(place=village, kind=round.subject_kind)
    return list(subjects.filter(~Exists(on_list.filter(subject=OuterRef("pk")))))


def _register(request: HttpRequest, rows) -> None:
    count, told = move_those_possible(REGISTER, rows, request.user)
    if count:
        sentence = ngettext("%(count)s is registered.", "%(count)s are registered.", count)
        messages.success(request, sentence % {"count": count})
    for sentence in dict.fromkeys(sentence for _row, sentence in told[:SHOWN]):
        messages.warning(request, sentence)


def _tell(request: HttpRequest, count: int) -> None:
    sentence = ngettext("%(count)s is on the list now.", "%(count)s are on the list now.", count)
    messages.success(request, sentence % {"count": count})
