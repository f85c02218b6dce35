"""`/giay/<serial>/`: whether a paper that somebody holds is what it says, without telling more than it may."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.web.client_address import client_address
from portal.web.qr import qr_svg
from portal.web.visitors.rate_limit import RateLimit

from ..domain.figures import with_places
from ..forms.public import SerialForm
from ..models import Award
from ..models.serial import read_serial
from .waiting import ask_to_wait

GUESSES = RateLimit("award-serial", 20, 60 * 60)  # an hour; only serials that no paper bears are counted


@require_safe
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Where the serial of a paper is typed; `?so=` leads on."""
    form = SerialForm(request.GET if "so" in request.GET else None)
    if form.is_valid():
        typed = form.cleaned_data["so"]
        return redirect("recognition:award", read_serial(typed) or typed.replace("/", "-"))
    context = {"page_title": _("Is this paper genuine?"), "breadcrumbs": _trail(""), "form": form}
    return _unindexed(render(request, "recognition/award_ask.html", context))


@require_safe
@never_cache
def award(request: HttpRequest, serial: str) -> HttpResponse:
    read, address = read_serial(serial), client_address(request)
    if GUESSES.is_spent(address):
        return ask_to_wait(request, _("Many serials that no paper bears were tried from your connection."))
    found = Award.objects.filter(serial=read).select_related("place").first() if read else None
    if found is None:
        GUESSES.allows(address)
        context = {"page_title": _("There is no such paper"), "breadcrumbs": _trail(_("Unknown serial"))}
        context |= {"form": SerialForm(initial={"so": serial}), "is_mistyped": read is None}
        return _unindexed(render(request, "recognition/award_unknown.html", context, status=404))
    if read != serial:
        return redirect(found)
    title = f"{found.get_subject_kind_display()} {found.year}"
    context = {"page_title": title, "breadcrumbs": _trail(found.serial), **_proof(request, found)}
    return _unindexed(render(request, "recognition/award.html", context))


def _proof(request: HttpRequest, found: Award) -> dict:
    [(_award, place)] = with_places([found])
    address = request.build_absolute_uri(found.get_absolute_url())
    return {
        "award": found,
        "place": place,
        "standing": found.standing_on(timezone.localdate()),
        "address": address,
        "qr": qr_svg(address, title=_("QR code of this page")),
    }


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _trail(last: str) -> list[tuple[str, str]]:
    first = [(_("Home"), "/"), (_("Honour roll"), reverse("recognition:honour_roll"))]
    return [
        *first,
        (_("Papers"), reverse("recognition:award_ask") if last else ""),
        *([(last, "")] if last else []),
    ]
