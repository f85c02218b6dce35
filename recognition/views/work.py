"""`/can-bo/viec/`: what waits for this person, most urgent first, and a look for a household by its name."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.enums import Role

from ..domain.work import InPlace, Waiting, waiting_for
from ..enums import AssessmentState, Stage
from ..forms.rounds import NameForm
from ..models import Assessment
from .grid import grid_address

MOST_FOUND = 50
BY_COUNCIL = (Role.CLERK, Role.ISSUER)  # done with the papers of the commune, not one by one
FILLED_IN = {
    AssessmentState.REGISTERED: Stage.SELF,
    AssessmentState.RETURNED: Stage.SELF,
    AssessmentState.SELF_SCORED: Stage.VERIFIER,
}


@require_safe
@never_cache
@login_required
def work(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.GET or None)
    name = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "page_title": _("What waits for you"),
        "breadcrumbs": [
            (_("Home"), "/"),
            (_("Officers' corner"), reverse("officer_home")),
            (_("What waits for you"), ""),
        ],
        "form": form,
        "name": name,
        "found": _named(request.user, name) if name else (),
        "jobs": [
            (each, [(place, _address(each, place)) for place in each.places])
            for each in waiting_for(request.user, timezone.localdate())
        ],
    }
    return render(request, "recognition/work/work.html", context)


def _named(user, name: str):
    visible = Assessment.objects.visible_to(user).named_like(name)
    return visible.select_related("subject", "place", "round").order_by("-round__year", "subject__sort_name")[
        :MOST_FOUND
    ]


def _address(waiting: Waiting, where: InPlace) -> str:
    """Where the job is done: for many at once where that is possible."""
    job = waiting.job
    if job.role in BY_COUNCIL:
        return reverse("recognition:round_commune", args=[waiting.round.pk, where.commune.pk])
    if stage := FILLED_IN.get(job.state):
        return grid_address(waiting.round, where.place, stage)
    query = f"xa={where.commune.pk}&xom={where.place.pk}&trang_thai={job.state.value}"
    return f"{reverse('recognition:round_list', args=[waiting.round.pk])}?{query}"
