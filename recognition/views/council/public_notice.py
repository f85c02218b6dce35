"""`/cong-khai/<pk>/`: the list as everybody may read it while it hangs out, and the way to speak up without an account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.web.client_address import client_address
from portal.web.visitors.messages import Refused

from ...domain.council import notices
from ...forms.notices import OpinionForm
from ...models import PublicNotice

SENT = "da-gui"  # parameter of the address after an opinion was kept


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_notice(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(PublicNotice.objects.select_related("round", "commune"), pk=pk)
    today = timezone.localdate()
    hangs_out = notices.hangs_out(notice, today)
    lines = notices.shown(notice) if hangs_out else []
    form = OpinionForm(request.POST or None, numbers={line["number"] for line in lines})
    status = 200
    if request.method == "POST":
        status = 422 if hangs_out else 410
        if hangs_out and form.is_valid():
            try:
                notices.speak_up(notice, form.cleaned_data, client_address(request))
                return redirect(f"{notice.get_absolute_url()}?{SENT}=1#noi")
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 429
            except ValidationError as error:
                form.add_error(None, error.messages)
    response = render(
        request,
        "recognition/council/public_notice.html",
        _context(request, notice, lines, form, today),
        status=status,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _context(request, notice: PublicNotice, lines: list[dict], form: OpinionForm, today) -> dict:
    title = _("Public notice of %(place)s") % {"place": notice.commune}
    return {
        "page_title": title,
        "breadcrumbs": [(_("Home"), "/"), (title, "")],
        "notice": notice,
        "villages": _by_village(lines),
        "count": len(lines),
        "form": form,
        "hangs_out": notices.hangs_out(notice, today),
        "is_to_come": today < notice.opens_on,
        "sent": SENT in request.GET,
    }


def _by_village(lines: list[dict]) -> list[tuple[str, list[dict]]]:
    villages: dict[str, list[dict]] = {}
    for line in lines:
        villages.setdefault(line["village"], []).append(line)
    return list(villages.items())
