"""The training of officers: what a person has done, the list for who oversees a commune, and certificates."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import is_officer
from portal.cms.models import SiteDetails
from portal.places.models import Place
from portal.web.spreadsheet import XLSX

from ..domain import training
from ..domain.certificate import certificate_pdf
from ..domain.training_report import communes_overseen, lines, may_oversee, trainings_begun, workbook
from ..models import Completion, LearningPath
from ..quiz import mark
from .trail import trail

QUIZ_PLACE = "#kiem-tra"


@require_safe
@never_cache
@login_required
def my_training(request: HttpRequest) -> HttpResponse:
    """`/thu-vien/tap-huan/`: a person's own training, and the communes that they oversee."""
    trainings = training.paths() if is_officer(request.user) else []
    context = {
        "page_title": _("Training of officers"),
        "breadcrumbs": _trail((_("Training"), "")),
        "standings": trainings_begun(request.user, trainings),
        "completions": Completion.objects.filter(user=request.user),
        "communes": communes_overseen(request.user, timezone.localdate()),
    }
    return render(request, "library/training.html", context)


@require_safe
@never_cache
@login_required
def commune_training(request: HttpRequest, pk: int) -> HttpResponse:
    """`/thu-vien/tap-huan/xa/<place>/`, and as a sheet with `?dang=xlsx`: for who oversees that commune only."""
    today = timezone.localdate()
    commune = get_object_or_404(Place.objects.with_versions(), pk=pk)
    if not (allowed := may_oversee(request.user, commune, today)):
        raise PermissionDenied(allowed.reason)
    if request.GET.get("dang") == "xlsx":
        response = HttpResponse(workbook(commune, today), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="tap-huan-{pk}.xlsx"'
        return response
    label = commune.label_on(today)
    context = {
        "page_title": _("Training in %(place)s") % {"place": label},
        "breadcrumbs": _trail((_("Training"), reverse("library:training")), (label, "")),
        "lines": lines(commune, today),
    }
    return render(request, "library/training_of_a_commune.html", context)


@require_POST
@login_required
def step(request: HttpRequest, pk: int, step: UUID) -> HttpResponse:
    """Field `action`: "done", or "not-done" to take it back."""
    path = _training(request, pk)
    try:
        if request.POST.get("action") == "not-done":
            training.untick(request.user, path, step)
        else:
            reached = training.tick(request.user, path, step, association=_association(request))
            _congratulate(request, reached)
    except training.NoSuchStep as error:
        raise Http404 from error
    return redirect(f"{path.get_url(request)}#{step}")


@require_POST
@login_required
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The fields of the questions, as `library.quiz` names them; the page of the path shows what was right."""
    path = _training(request, pk)
    quiz = mark([question.value for question in path.quiz], request.POST)
    if not quiz.questions or not quiz.handed_in:
        raise Http404
    reached = training.answer(request.user, path, quiz, association=_association(request))
    _congratulate(request, reached)
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return redirect(f"{path.get_url(request)}?{sent.urlencode()}{QUIZ_PLACE}")


@require_safe
@never_cache
@login_required
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF, for the person whose it is."""
    completion = get_object_or_404(Completion, code=code, user=request.user)
    address = request.build_absolute_uri(completion.get_absolute_url())
    response = HttpResponse(certificate_pdf(completion, address), content_type="application/pdf")
    name = f"chung-nhan-{completion.serial}-{completion.year}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@never_cache
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-vien/chung-nhan/<code>`, for everybody who holds the paper: that it is valid, and what stands on it."""
    completion = Completion.objects.filter(code=code).first()
    context = {
        "page_title": _("The certificate is valid") if completion else _("There is no such certificate"),
        "breadcrumbs": _trail((_("Certificate"), "")),
        "completion": completion,
    }
    response = render(request, "library/certificate.html", context, status=200 if completion else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _training(request: HttpRequest, pk: int) -> LearningPath:
    """Raises Http404 for what is no training of today, PermissionDenied for who is no officer."""
    path = get_object_or_404(LearningPath.objects.trainings(), pk=pk)
    if not is_officer(request.user):
        raise PermissionDenied
    return path


def _association(request: HttpRequest) -> str:
    return SiteDetails.of(request).association_name


def _congratulate(request: HttpRequest, reached: training.Standing) -> None:
    if reached.is_complete:
        messages.success(request, _("You have completed this training. Your certificate is ready."))


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return trail((_("Library"), reverse("library:list")), *steps)
