"""Public notices on the officers' side: hanging one out, its poster and loudspeaker text, what people say to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.web.qr import qr_svg

from ...domain.council import notices
from ...enums import FeedbackState
from ...forms.notices import AnswerForm, NoticeForm, ProlongForm
from ...models import NoticeFeedback, PublicNotice
from ...permissions import is_clerk_of, may_serve_council
from ..books import refuse_unless
from .doors import NOT_POSSIBLE, add_errors, readable_commune, readable_round, sentences, trail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def hang_out(request: HttpRequest, round_pk: int, commune_pk: int) -> HttpResponse:
    round = readable_round(request, round_pk)
    commune = readable_commune(request, round, commune_pk)
    refuse_unless(may_serve_council(request.user, round, commune))
    form = NoticeForm(request.POST or None, instance=PublicNotice(round=round, commune=commune))
    if request.method == "POST" and form.is_valid():
        try:
            notices.hang_out(form.instance, request.user)
        except NOT_POSSIBLE as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The list is taken. Please hang it out in the villages too."))
            return redirect("recognition:notice", form.instance.pk)
    context = {
        "page_title": _("Hang out the list"),
        "breadcrumbs": trail(round, commune, (_("Hang out the list"), "")),
        "round": round,
        "form": form,
        "count": notices.waiting(round, commune).count(),
    }
    return render(request, "recognition/council/notice_form.html", context)


@require_safe
@never_cache
@login_required
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as its clerk sees it."""
    notice = _notice(request, pk)
    is_clerk = is_clerk_of(request.user, notice.commune)
    opinions = notice.feedback.select_related("assessment__subject").order_by("at")
    today = timezone.localdate()
    context = _context(notice) | {
        "address": request.build_absolute_uri(notice.get_absolute_url()),
        "hangs_out": notices.hangs_out(notice, today),
        "is_over": today > notice.closes_on,
        "lines": notices.shown(notice),
        "waiting": [each for each in opinions if each.state == FeedbackState.OPEN],
        "answered": [each for each in opinions if each.state == FeedbackState.ANSWERED],
        "form": AnswerForm() if is_clerk else None,
        "prolong_form": ProlongForm() if is_clerk and today <= notice.closes_on else None,
    }
    return render(request, "recognition/council/notice.html", context)


@require_POST
@login_required
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _notice(request, pk)
    refuse_unless(is_clerk_of(request.user, notice.commune))
    form = ProlongForm(request.POST)
    try:
        if form.is_valid():
            notices.prolong(notice, form.cleaned_data["closes_on"], request.user)
            messages.success(request, _("It hangs out longer now."))
        else:
            messages.error(request, _("Write a day as day/month/year."))
    except NOT_POSSIBLE as error:
        messages.error(request, " ".join(sentences(error)))
    return redirect("recognition:notice", notice.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def answer(request: HttpRequest, pk: int, feedback_pk: int) -> HttpResponse:
    """One opinion, with the form for its answer: what was typed is not lost when somebody else was quicker."""
    notice = _notice(request, pk)
    refuse_unless(is_clerk_of(request.user, notice.commune))
    feedback = get_object_or_404(
        NoticeFeedback.objects.select_related("assessment__subject"), pk=feedback_pk, notice=notice
    )
    feedback.notice = notice
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            notices.answer(feedback, form.cleaned_data["reply"], request.user)
        except NOT_POSSIBLE as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The opinion is answered."))
            return redirect("recognition:notice", notice.pk)
    context = _context(notice, (_("Answer this opinion"), "")) | {
        "page_title": _("Answer an opinion"),
        "feedback": feedback,
        "form": form,
    }
    return render(request, "recognition/council/answer.html", context)


@require_safe
@never_cache
@login_required
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """For the wall of the village house: where the list is read and where one speaks up, as a code for the telephone."""
    notice = _notice(request, pk)
    address = request.build_absolute_uri(notice.get_absolute_url())
    context = _context(notice, (_("Poster"), "")) | {
        "page_title": _("Public notice: have your say"),
        "address": address,
        "qr": qr_svg(address, title=_("Address of the notice")),
    }
    return render(request, "recognition/council/poster.html", context)


@require_safe
@never_cache
@login_required
def loudspeaker(request: HttpRequest, pk: int) -> HttpResponse:
    """What is read out in the villages, in plain words."""
    notice = _notice(request, pk)
    lines = notices.shown(notice)
    villages = {}
    for line in lines:
        villages[line["village"]] = villages.get(line["village"], 0) + 1
    context = _context(notice, (_("Loudspeaker text"), "")) | {
        "page_title": _("Loudspeaker text"),
        "count": len(lines),
        "villages": villages.items(),
        "kind": notice.round.get_subject_kind_display(),
    }
    return render(request, "recognition/council/loudspeaker.html", context)


def _context(notice: PublicNotice, *rest: tuple[str, str]) -> dict:
    title = _("Public notice of %(place)s") % {"place": notice.commune}
    own = (title, reverse("recognition:notice", args=[notice.pk]) if rest else "")
    return {
        "page_title": title,
        "breadcrumbs": trail(notice.round, notice.commune, own, *rest),
        "notice": notice,
    }


def _notice(request: HttpRequest, pk: int) -> PublicNotice:
    visible = PublicNotice.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("round", "commune"), pk=pk)
