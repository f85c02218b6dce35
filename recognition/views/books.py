"""`/can-bo/so/`: the books of a commune, for its officers to keep and for others with a role there to read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.cms.pagination import links, page_of
from portal.places.models import Place

from ..domain.books import keeping
from ..domain.books.communes import commune_of, communes_read_by, villages_of
from ..domain.books.look_alikes import look_alikes
from ..domain.history import history
from ..enums import SubjectState
from ..forms.books import BooksFilter, CloseForm, SubjectForm
from ..models import Consent, Subject
from ..permissions import may_keep_books
from .communes import choice_of

PER_PAGE = 50


@require_safe
@never_cache
@login_required
def all_books(request: HttpRequest) -> HttpResponse:
    """The communes whose books the person may open; a single one is opened at once."""
    communes = communes_read_by(request.user, timezone.localdate())
    return choice_of(request, communes, "recognition:books", title=_("The books"), breadcrumbs=trail())


@require_safe
@never_cache
@login_required
def books(request: HttpRequest, commune_pk: int) -> HttpResponse:
    commune = readable_commune(request, commune_pk)
    form = BooksFilter(request.GET, commune=commune)
    if not form.is_valid():
        raise Http404
    found = asked_for(subjects_of(request, commune), form.cleaned_data)
    page = page_of(request, found.select_related("place"), PER_PAGE)
    context = {
        "page_title": _("Books of %(place)s") % {"place": commune},
        "breadcrumbs": trail(commune),
        "commune": commune,
        "form": form,
        "subjects": page.object_list,
        "count": page.paginator.count,
        "pagination": links(request, page.number, page.paginator.num_pages),
        "query": request.GET.urlencode(),
        "may_keep": may_keep_books(request.user, commune),
    }
    return render(request, "recognition/books/books.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add(request: HttpRequest, commune_pk: int) -> HttpResponse:
    commune = readable_commune(request, commune_pk)
    refuse_unless(may_keep_books(request.user, commune))
    form = SubjectForm(request.POST or None, places=_places(commune))
    if request.method == "POST" and _entered(form, request.user):
        messages.success(request, _("“%s” is in the books now.") % form.instance)
        return redirect("recognition:book_add", commune.pk)
    context = {
        "page_title": _("Enter in the books"),
        "breadcrumbs": trail(commune, (_("Enter"), "")),
        "form": form,
        "commune": commune,
    }
    return render(request, "recognition/books/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what is known of it, what was done to it, and for its officers the way to correct it."""
    subject, commune = readable_subject(request, pk)
    may_keep = may_keep_books(request.user, subject.place) if subject.state == SubjectState.LIVE else None
    form = SubjectForm(request.POST or None, instance=subject, places=_places(commune))
    if request.method == "POST":
        refuse_unless(may_keep_books(request.user, subject.place))
        if may_keep and _entered(form, request.user):
            messages.success(request, _("The books are corrected."))
            return redirect("recognition:book_subject", subject.pk)
    context = {
        "page_title": Subject.objects.get(pk=pk).name,
        "breadcrumbs": trail(commune, (str(subject), "")),
        "subject": subject,
        "commune": commune,
        "form": form if may_keep else None,
        "close_form": CloseForm() if may_keep else None,
        "may_reopen": subject.state == SubjectState.CLOSED and may_keep_books(request.user, subject.place),
        "history": history(subject),
        "titles": subject.awards.order_by("-year", "-decision_date"),
        "is_public": Consent.objects.of(subject).in_force().exists(),
    }
    return render(request, "recognition/books/subject.html", context)


@require_POST
@login_required
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "close" with a reason, or "reopen"."""
    subject, _commune = readable_subject(request, pk)
    refuse_unless(may_keep_books(request.user, subject.place))
    form = CloseForm(request.POST)
    try:
        if request.POST.get("action") == "reopen":
            keeping.reopen(subject, request.user)
        elif form.is_valid():
            keeping.close(subject, form.cleaned_data["reason"], request.user)
        else:
            messages.error(request, _("Say why it leaves the books."))
    except keeping.NotInTheBooks:
        messages.warning(request, _("Somebody has changed it meanwhile."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("recognition:book_subject", subject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def doubles(request: HttpRequest, commune_pk: int) -> HttpResponse:
    """Pairs of a village that may be the same; the officer says which one stays."""
    commune = readable_commune(request, commune_pk)
    refuse_unless(may_keep_books(request.user, commune))
    live = subjects_of(request, commune).live()
    if request.method == "POST":
        kept = get_object_or_404(live, pk=_number(request, "kept"))
        other = get_object_or_404(live, pk=_number(request, "other"))
        try:
            keeping.merge(other, kept, request.user)
            messages.success(request, _("Merged into “%s”.") % kept)
        except keeping.NotInTheBooks:
            messages.warning(request, _("Somebody has changed it meanwhile."))
        return redirect("recognition:book_doubles", commune.pk)
    context = {
        "page_title": _("Entered twice?"),
        "breadcrumbs": trail(commune, (_("Entered twice?"), "")),
        "commune": commune,
        "pairs": look_alikes(live.select_related("place")),
    }
    return render(request, "recognition/books/doubles.html", context)


def readable_commune(request: HttpRequest, pk: int) -> Place:
    """Raises Http404 for a commune that no role of the person reaches, as for one that does not exist."""
    return get_object_or_404(communes_read_by(request.user, timezone.localdate()), pk=pk)


def subjects_of(request: HttpRequest, commune: Place):
    """What of the commune the person may see."""
    places = [commune.pk, *villages_of(commune, timezone.localdate()).values_list("pk", flat=True)]
    return Subject.objects.visible_to(request.user).filter(place__in=places)


def asked_for(subjects, asked: dict):
    """Without a name that is looked for, only what is in the books today."""
    subjects = subjects.named_like(asked["q"]) if asked["q"] else subjects.live()
    if asked["xom"]:
        subjects = subjects.filter(place=asked["xom"])
    return subjects.filter(kind=asked["loai"]) if asked["loai"] else subjects


def readable_subject(request: HttpRequest, pk: int) -> tuple[Subject, Place]:
    """With its commune. Raises Http404 for one that no role of the person reaches."""
    visible = Subject.objects.visible_to(request.user).select_related("place", "merged_into")
    subject = get_object_or_404(visible, pk=pk)
    return subject, commune_of(subject.place, timezone.localdate())


def refuse_unless(allowed) -> None:
    """Raises PermissionDenied with the reason, which the error page shows."""
    if not allowed:
        raise PermissionDenied(allowed.reason)


def _entered(form: SubjectForm, user) -> bool:
    """False with the mistakes in the form."""
    try:
        return form.is_valid() and bool(keeping.enter(form.instance, user))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False


def _places(commune: Place):
    """The commune and its villages."""
    villages = villages_of(commune, timezone.localdate()).values("pk")
    return Place.objects.filter(pk=commune.pk) | Place.objects.filter(pk__in=villages)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


def trail(commune: Place | None = None, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    parts.append((_("The books"), reverse("recognition:all_books") if commune else ""))
    if commune:
        parts.append((str(commune), reverse("recognition:books", args=[commune.pk]) if rest else ""))
    return [*parts, *rest]
