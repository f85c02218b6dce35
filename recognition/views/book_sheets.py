"""The books as a sheet: given out, handed in, looked at, entered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.places.models import Place
from portal.text import slug
from portal.web.imports import ImportRefused
from portal.web.spreadsheet import XLSX

from ..domain.books import uploads
from ..domain.books.communes import villages_of
from ..domain.books.sheet import workbook
from ..forms.books import BooksFilter, UploadForm
from ..models import BookUpload
from ..permissions import may_keep_books
from .books import asked_for, readable_commune, refuse_unless, subjects_of, trail

MOST_ERRORS = 200  # shown at once: who has more has the wrong sheet


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, commune_pk: int) -> HttpResponse:
    """The books as XLSX, narrowed down as their list is; `?trong=1` without the rows, to be filled in."""
    commune, today = readable_commune(request, commune_pk), timezone.localdate()
    form = BooksFilter(request.GET, commune=commune)
    if not form.is_valid():
        raise Http404
    village = form.cleaned_data["xom"]
    villages = [village] if village else list(villages_of(commune, today))
    found = asked_for(subjects_of(request, commune), form.cleaned_data).live().select_related("member_of")
    subjects = found if request.GET.get("trong") != "1" else []
    response = HttpResponse(workbook(villages, subjects, date=today), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-{slug(commune.label)}-{today:%Y%m%d}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def hand_in(request: HttpRequest, commune_pk: int) -> HttpResponse:
    commune = _kept_commune(request, commune_pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.hand_in(form.cleaned_data["file"], commune, timezone.localdate(), request.user)
            return redirect("recognition:book_upload", upload.pk)
        except ImportRefused as refused:
            for error in refused.errors[:MOST_ERRORS]:
                form.add_error("file", str(error))
    context = {
        "page_title": _("Enter a sheet"),
        "breadcrumbs": trail(commune, (_("Enter a sheet"), "")),
        "commune": commune,
        "form": form,
        "villages": villages_of(commune, timezone.localdate()),
    }
    return render(request, "recognition/books/hand_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What a sheet would do; entering it needs one more word."""
    upload = get_object_or_404(BookUpload.objects.select_related("commune"), pk=pk)
    commune = _kept_commune(request, upload.commune_id)
    if request.method == "POST":
        if request.POST.get("action") == "put-aside":
            uploads.put_aside(upload)
        elif uploads.enter(upload, request.user):
            messages.success(request, _("The sheet has been entered in the books."))
            return redirect("recognition:books", commune.pk)
        return redirect("recognition:book_upload", upload.pk)
    context = {
        "page_title": upload.name,
        "breadcrumbs": trail(commune, (upload.name, "")),
        "commune": commune,
        "upload": upload,
        "errors": upload.errors[:MOST_ERRORS],
        "may_enter": upload.state == "checked" and not upload.errors,
    }
    return render(request, "recognition/books/upload.html", context)


def _kept_commune(request: HttpRequest, pk: int) -> Place:
    commune = readable_commune(request, pk)
    refuse_unless(may_keep_books(request.user, commune))
    return commune
