"""`/can-bo/gui-hoc-lieu/`: an officer hands in material in three minutes, on a phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.cms.uploads import UploadRefused

from ..domain import proposing
from ..models import Proposal, Resource
from ..permissions import may_change_draft, may_propose, may_see_proposal
from ..proposal_forms import DescriptionForm, MaterialForm
from .trail import trail

SHOWN = 20  # of what the person has handed in


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """The first step: a link, a photo or a file. A good file is kept though the link beside it is wrong."""
    if not (allowed := may_propose(request.user)):
        raise PermissionDenied(allowed.reason)
    draft = _draft(request)
    kept = bool(draft and draft.file)
    if request.method == "POST":
        form = MaterialForm(request.POST, request.FILES, kept_file=kept)
        draft = _begin(request, form, draft)
        if not form.errors:
            return redirect("library:proposal", draft.pk)
    else:
        form = MaterialForm(kept_file=kept, initial={"url": draft.url if draft else ""})
    context = {
        "page_title": _("Send material to the library"),
        "breadcrumbs": _trail((_("Send material"), "")),
        "form": form,
        "draft": draft,
        "own": Proposal.objects.filter(proposed_by=request.user).select_related("resource")[:SHOWN],
    }
    return render(request, "library/proposing/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step: what the material says of itself, to be confirmed; once handed in, what became of it."""
    proposal = get_object_or_404(Proposal.objects.select_related("resource"), pk=pk)
    if not may_see_proposal(request.user, proposal):
        raise Http404
    if not may_change_draft(request.user, proposal):
        return _standing(request, proposal)
    if request.POST.get("action") == "discard":
        proposing.discard(proposal)
        messages.success(request, _("The draft has been thrown away."))
        return redirect("library:propose")
    form = DescriptionForm(request.POST or None, found=proposal.found, instance=Resource())
    alike = proposing.duplicates_of(proposal, form.data.get("title", ""))
    if request.method == "POST" and form.is_valid() and not _new_among(alike, request):
        return _hand_in(request, proposal, form)
    context = {
        "page_title": _("Look it over, then send it"),
        "breadcrumbs": _trail((_("Send material"), reverse("library:propose")), (_("Look it over"), "")),
        "proposal": proposal,
        "form": form,
        "alike": alike,
        "alike_ids": ",".join(str(each.resource.pk) for each in alike),
        "asked_again": request.method == "POST" and not form.errors,
    }
    return render(request, "library/proposing/confirm.html", context)


def _draft(request: HttpRequest) -> Proposal | None:
    """The one that the form goes on with, when it is the sender's own."""
    number = request.POST.get("draft") or request.GET.get("draft") or ""
    draft = Proposal.objects.filter(pk=number).first() if number.isascii() and number.isdigit() else None
    return draft if draft and may_change_draft(request.user, draft) else None


def _begin(request: HttpRequest, form: MaterialForm, draft: Proposal | None) -> Proposal | None:
    """Keep of the form what is good; what is not becomes a mistake of its field."""
    form.is_valid()
    url, file = form.cleaned_data.get("url"), form.cleaned_data.get("file")
    if form.errors and not file:
        return draft
    if url is None:
        url = draft.url if draft else ""
    try:
        return proposing.begin(request.user, url=url, file=file, draft=draft)
    except UploadRefused as refusal:
        form.add_error("file", refusal)
        return draft


def _new_among(alike, request: HttpRequest) -> bool:
    """Is there anything that the sender has not been shown yet? A photo says its title only when it has been typed."""
    seen = set(request.POST.get("seen", "").split(","))
    return any(str(each.resource.pk) not in seen for each in alike)


def _hand_in(request: HttpRequest, proposal: Proposal, form: DescriptionForm) -> HttpResponse:
    try:
        proposing.hand_in(proposal, form.values, note=form.cleaned_data["note"])
    except proposing.Decided:
        pass  # the button was pressed twice
    except UploadRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(f"{reverse('library:propose')}?draft={proposal.pk}")
    else:
        messages.success(request, _("Thank you. The librarian looks at it; you find the answer here."))
    return redirect("library:proposal", proposal.pk)


def _standing(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    context = {
        "page_title": proposal.resource.title if proposal.resource else _("Draft"),
        "breadcrumbs": _trail((_("Send material"), reverse("library:propose")), (_("What became of it"), "")),
        "proposal": proposal,
        "renditions": proposal.resource.renditions.filter(made_from=None) if proposal.resource else (),
    }
    return render(request, "library/proposing/standing.html", context)


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return trail((_("Officers' corner"), reverse("officer_home")), *steps)
