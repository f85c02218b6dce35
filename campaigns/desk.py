"""What the officers' corner shows to who writes news and announces events."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.desk import DeskEntry, Section

from .models import EventIndexPage, EventPage, NewsIndexPage, NewsPage


def writing_entries(request) -> Iterator[DeskEntry]:
    ways = (
        (
            NewsIndexPage,
            NewsPage,
            _("Write a news item"),
            _("Another person approves it before it is published."),
        ),
        (EventIndexPage, EventPage, _("Announce an event"), _("With day, hour and place, for the calendar.")),
    )
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return
    for index_model, page_model, title, text in ways:
        index = index_model.objects.filter(locale__language_code=get_language()).first()
        if index is not None and index.permissions_for_user(request.user).can_add_subpage():
            meta = page_model._meta
            url = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, index.pk])
            yield DeskEntry(Section.WORK, title, url, text)
