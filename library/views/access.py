"""Who may see a resource: the one gate of its page, its reader and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.permissions import is_officer

from ..enums import Visibility
from ..models import Rendition, Resource
from ..permissions import may_look_ahead
from .trail import trail


def refusal(request: HttpRequest, resource: Resource) -> HttpResponse | None:
    """The answer for who may not see it: where it went, that it is for officers, or why it is gone; None for all
    others. Raises Http404 while there is nothing to see yet, but for who may look ahead."""
    if resource.merged_into_id:
        # Not for ever: browsers never ask again where a 301 led, and a merge can be undone.
        return redirect("library:resource", resource.merged_into_id)
    if resource.is_hidden(timezone.localdate()) and not may_look_ahead(request.user, resource):
        raise Http404
    if resource.visibility == Visibility.OFFICERS and not is_officer(request.user):
        return for_officers_only(request)
    if resource.is_withdrawn:
        return _gone(request, resource)
    return None


def file_of(pk: int, rendition_pk: int) -> Rendition:
    """As `find_file`. Raises Http404."""
    rendition = find_file(pk, rendition_pk)
    if rendition is None:
        raise Http404
    return rendition


def find_file(pk: int, rendition_pk: int) -> Rendition | None:
    """A rendition that is a file of ours, with its resource; it has not passed `refusal` yet."""
    files = Rendition.objects.exclude(file="").select_related("resource")
    return files.filter(pk=rendition_pk, resource_id=pk).first()


def for_officers_only(request: HttpRequest) -> HttpResponse:
    """Says that there is something and how to reach it; not even the title of it."""
    context = {
        "page_title": _("For signed-in officers"),
        "breadcrumbs": trail((_("Library"), reverse("library:list")), (_("For officers"), "")),
    }
    return render(request, "library/officers_only.html", context, status=403)


def _gone(request: HttpRequest, resource: Resource) -> HttpResponse:
    context = {
        "page_title": _("This resource has been withdrawn"),
        "breadcrumbs": trail((_("Library"), reverse("library:list")), (_("Withdrawn"), "")),
        "resource": resource,
    }
    return render(request, "library/withdrawn.html", context, status=410)
