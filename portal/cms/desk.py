"""What the officers' corner shows to who works in the admin: the way there, and what waits in it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.desk import DeskEntry, Section

from . import dashboard


def admin_entries(request) -> Iterator[DeskEntry]:
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return
    for item in dashboard.items(request):
        yield DeskEntry(Section.WAITING, item.label, item.url, count=item.count)
    yield DeskEntry(
        Section.WORK,
        _("Write and look after the content"),
        reverse("wagtailadmin_home"),
        _("Pages, pictures, lists and all that stands in the admin."),
    )
