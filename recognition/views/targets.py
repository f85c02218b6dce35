"""`/can-bo/chi-tieu/`: what the plans want to reach, and by when; set by the association."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.accounts.permissions import is_officer
from portal.places.enums import COMMUNE_KINDS, PlaceKind
from portal.places.models import Place

from ..domain.targets import put, withdraw
from ..forms.denominators import TargetForm
from ..models import Target
from ..permissions import may_set_targets
from .books import refuse_unless


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def targets(request: HttpRequest) -> HttpResponse:
    """All targets, and for who may set them the form for another."""
    if not is_officer(request.user):
        raise PermissionDenied(_("This page is for people who hold a role."))
    may_set = may_set_targets(request.user, None) or may_set_targets(request.user, _own_place(request))
    form = TargetForm(request.POST or None, places=_places(request))
    if request.method == "POST" and _put(form, request):
        return redirect("recognition:targets")
    rows = Target.objects.select_related("place").order_by("-year", "place__sort_key", "pk")
    context = {
        "page_title": _("Targets of the plans"),
        "breadcrumbs": _trail(),
        "rows": [(row, may_set_targets(request.user, row.place)) for row in rows],
        "form": form if may_set else None,
    }
    return render(request, "recognition/denominators/targets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target to correct, or with the field `action` "withdraw" to take back."""
    row = get_object_or_404(Target.objects.select_related("place"), pk=pk)
    refuse_unless(may_set_targets(request.user, row.place))
    form = TargetForm(request.POST or None, instance=row, places=_places(request))
    if request.method == "POST" and request.POST.get("action") == "withdraw":
        withdraw(Target.objects.get(pk=pk), request.user)
        messages.success(request, _("The target is taken back."))
        return redirect("recognition:targets")
    if request.method == "POST" and _put(form, request):
        return redirect("recognition:targets")
    title = str(Target.objects.get(pk=pk))
    context = {"page_title": title, "breadcrumbs": _trail(title), "form": form, "row": row}
    return render(request, "recognition/denominators/target.html", context)


def _put(form: TargetForm, request: HttpRequest) -> bool:
    """False with the mistakes in the form. Raises PermissionDenied for a place that the person's role does not reach."""
    if not form.is_valid():
        return False
    refuse_unless(may_set_targets(request.user, form.cleaned_data["place"]))
    try:
        put(form.instance, request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("The target is set."))
    return True


def _own_place(request: HttpRequest) -> Place | None:
    return next((grant.place for grant in request.user.grants.active().filter(role=Role.ORGANISER)), None)


def _places(request: HttpRequest):
    """Provinces and communes of today that the person's role reaches."""
    today = timezone.localdate()
    return places_reached(request.user, [Role.ORGANISER]) & Place.objects.of_kinds(
        (PlaceKind.PROVINCE, *COMMUNE_KINDS), today
    )


def _trail(title: str = "") -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    parts.append((_("Targets of the plans"), reverse("recognition:targets") if title else ""))
    return [*parts, (title, "")] if title else parts
