"""A choice of commune, before the pages that are about one."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.places.models import Place


def choice_of(
    request: HttpRequest, communes: Iterable[Place], name: str, *args, title: str, breadcrumbs, lead: str = ""
) -> HttpResponse:
    """The page `name` of each commune, whose number follows `args` in the address; a single one is opened at once."""
    addresses = [(commune, reverse(name, args=[*args, commune.pk])) for commune in communes]
    if len(addresses) == 1:
        return redirect(addresses[0][1])
    context = {"page_title": title, "breadcrumbs": breadcrumbs, "lead": lead, "communes": addresses}
    return render(request, "recognition/communes.html", context)
