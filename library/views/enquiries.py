"""`/thu-vien/hoi/`: whoever does not find asks the librarian."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.search.listing import LONGEST_TEXT
from portal.web.client_address import client_address
from portal.web.visitors.messages import Refused

from ..domain.enquiries import receive
from ..enquiry_form import EnquiryForm
from .trail import trail

SENT = "da-gui"  # parameter of the address after a question was stored


def form_address(text: str = "") -> str:
    """Where to ask the librarian for what a search for `text` did not find."""
    address = reverse("library:ask")
    return f"{address}?{urlencode({'q': text})}" if text else address


@never_cache  # the form carries the visitor's own token
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        text = " ".join(request.GET.get("q", "").split())[:LONGEST_TEXT]
        return _form(request, EnquiryForm(initial={"question": text}))
    form = EnquiryForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        receive(form.cleaned_data, client_address(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form(request, form, status=429)
    return redirect(f"{reverse('library:ask')}?{SENT}=1")


def _form(request: HttpRequest, form: EnquiryForm, status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("Ask the library"),
        "page_description": _("A librarian looks for what you did not find."),
        "breadcrumbs": trail((_("Library"), reverse("library:list")), (_("Ask the library"), "")),
        "form": form,
        "sent": SENT in request.GET,
    }
    return render(request, "library/ask.html", context, status=status)
