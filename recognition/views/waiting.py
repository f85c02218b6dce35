"""What somebody reads who has asked too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def ask_to_wait(request: HttpRequest, why: str) -> HttpResponse:
    context = {"page_title": _("Please try again later"), "breadcrumbs": [(_("Home"), "/")], "why": why}
    return render(request, "recognition/wait.html", context, status=429)
