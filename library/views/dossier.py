"""`/ket-noi/`: how other libraries connect with ours, the same as a paper, and the self-test."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.cms.models import SiteDetails
from portal.web.site_address import site_address

from ..domain import self_testing
from ..domain.dossier import HUB, HUB_EMAIL, Dossier, dossier, paper
from ..permissions import may_self_test
from ..self_test_tasks import run_self_test
from .trail import trail

LOOK_AGAIN = 5  # s between two looks at a self-test


@require_safe
@never_cache  # what officers may do stands on it
def connect(request: HttpRequest) -> HttpResponse:
    allowed = may_self_test(request.user)
    waiting = bool(allowed) and self_testing.under_way()
    context = {
        "page_title": _("Connect with the library"),
        "page_description": _("How another library, a data portal or a reading app reads our catalogue."),
        "breadcrumbs": trail((_("Library"), reverse("library:list")), (_("Connect"), "")),
        "dossier": _dossier(request),
        "may_test": bool(allowed),
        "waiting": waiting,
        "look_again": LOOK_AGAIN if waiting else 0,
        "hub": HUB,
        "hub_email": HUB_EMAIL,
    }
    return render(request, "library/connect.html", context)


@require_safe
def connect_paper(request: HttpRequest) -> HttpResponse:
    """`/ket-noi/ho-so.pdf`."""
    response = HttpResponse(paper(_dossier(request)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="ho-so-ket-noi.pdf"'
    return response


@require_POST
def self_test(request: HttpRequest) -> HttpResponse:
    """Only ever of this site itself: an address from outside is nothing that the portal goes and asks."""
    allowed = may_self_test(request.user)
    if not allowed:
        raise PermissionDenied(allowed.reason)
    begun = self_testing.begin(site_address(), request.user)
    if begun:
        run_self_test.enqueue(begun.pk)
    else:
        messages.info(request, _("A self-test is being done already."))
    return redirect(f"{reverse('library:connect')}#tu-kiem-tra")


def _dossier(request: HttpRequest) -> Dossier:
    return dossier(request.build_absolute_uri("/").rstrip("/"), SiteDetails.of(request))
