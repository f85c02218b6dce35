"""`/can-bo/so/muc/<pk>/dong-y/`: whether the name of a subject may stand on the honour roll, and the papers for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..domain import consents as domain
from ..domain.books.keeping import NotInTheBooks
from ..enums import SubjectState
from ..forms.books import ConsentForm
from ..models import Consent
from ..permissions import may_keep_books
from .books import readable_subject, refuse_unless, trail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "withdraw", else a consent is recorded."""
    subject, commune = readable_subject(request, pk)
    allowed = may_keep_books(request.user, subject.place)
    withdrawing = request.POST.get("action") == "withdraw"
    form = ConsentForm(
        request.POST if request.method == "POST" and not withdrawing else None, subject=subject
    )
    if request.method == "POST":
        refuse_unless(allowed)
        if _withdrawn(request, subject) if withdrawing else _recorded(request, form):
            return redirect("recognition:book_consents", subject.pk)
    papers = list(Consent.objects.of(subject))
    in_force = [each for each in papers if each.withdrawn_on is None]
    context = {
        "page_title": _("Publishing the name: %(subject)s") % {"subject": subject},
        "breadcrumbs": trail(
            commune,
            (str(subject), reverse("recognition:book_subject", args=[subject.pk])),
            (_("Publishing the name"), ""),
        ),
        "subject": subject,
        "papers": papers,
        "in_force": in_force,
        "may_withdraw": allowed and in_force,
        "form": form if allowed and not in_force and subject.state == SubjectState.LIVE else None,
    }
    return render(request, "recognition/books/consents.html", context)


def _recorded(request: HttpRequest, form: ConsentForm) -> bool:
    """False with the mistakes in the form."""
    try:
        if not form.is_valid():
            return False
        domain.record(form.instance, request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("The consent is recorded. The name may stand on the honour roll."))
    return True


def _withdrawn(request: HttpRequest, subject) -> bool:
    try:
        domain.withdraw(subject, request.user)
        messages.success(request, _("The consent is withdrawn. The name has left the honour roll."))
    except NotInTheBooks:
        messages.warning(request, _("Somebody has changed it meanwhile."))
    return True
