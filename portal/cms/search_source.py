"""Pages in the search of the whole site: the source of their entries, and who tells the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from portal.search import sources
from portal.search.entry import PUBLIC, Entry
from portal.search.outbox import changed
from portal.search.suggesting import has_all_words
from portal.search.typed import read

from .models import BasePage

PREFIX = "page"


class PageSource:
    """Published pages that everybody may read."""

    prefix = PREFIX
    kinds = {"page": _("Page"), "news": _("News"), "event": _("Event")}
    day_labels = {
        "page": _("Published on %(day)s"),
        "news": _("Published on %(day)s"),
        "event": _("Takes place on %(day)s"),
    }

    @cached_property
    def facets(self) -> dict[str, str]:
        return {name: label for model in _page_types() for name, label in model.search_facets.items()}

    def entries(self, ids: Sequence[str]) -> Iterable[Entry]:
        pages = Page.objects.filter(pk__in=ids).live().public().select_related("locale").specific()
        for page in pages:
            if isinstance(page, BasePage) and page.search_kind:
                yield page.search_entry()

    def ids(self) -> Iterable[str]:
        return map(str, Page.objects.filter(depth__gt=1).live().values_list("pk", flat=True).iterator())

    def facet_labels(self, name: str, values: Sequence[str]) -> Mapping[str, str]:
        owner = next(model for model in _page_types() if name in model.search_facets)
        return owner.search_facet_labels(name, values)

    def id_at(self, path: str) -> str | None:
        """Sites may begin anywhere in the tree, so the page is asked for its own address."""
        slug = path.strip("/").rpartition("/")[2]
        found = self.entries([str(pk) for pk in Page.objects.filter(slug=slug).values_list("pk", flat=True)])
        return next((entry.key.partition(":")[2] for entry in found if entry.url == path), None)

    def title_lookup(self, text: str, limit: int) -> Iterable[Entry]:
        """Reads all titles: what people write by hand is not that much, and Wagtail has no column without accents."""
        typed = read(text)
        pages = Page.objects.live().public().filter(depth__gt=1).order_by("-pk")
        titles = pages.values_list("pk", "title").iterator() if typed.words else ()
        found = [str(pk) for pk, title in titles if has_all_words(title, typed)]
        entries = (entry for entry in self.entries(found[: limit * 2]) if entry.audience == PUBLIC)
        return islice(entries, limit)


def _page_types() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _page_saved(sender, instance, **kwargs):
    # Publishing, unpublishing and drafts all end in Page.save, which is one transaction. The schedule takes pages off that
    # it has read as plain `Page`.
    if isinstance(instance, Page):
        changed(PREFIX, [instance.pk])


def _page_deleted(sender, instance, **kwargs):
    changed(PREFIX, [instance.pk])


def _branch_changed(instance, **kwargs):
    """The addresses, or who may read them, changed for a page and everything below it."""
    changed(PREFIX, Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True))


def _privacy_changed(instance, **kwargs):
    if page := Page.objects.filter(pk=instance.page_id).first():
        _branch_changed(page)


def connect() -> None:
    """Called once the models stand (CmsConfig.ready)."""
    sources.register(PageSource())
    post_save.connect(_page_saved, dispatch_uid="cms-page-saved")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="cms-page-deleted")
    page_slug_changed.connect(_branch_changed, dispatch_uid="cms-slug-changed")
    post_page_move.connect(_branch_changed, dispatch_uid="cms-page-moved")
    for signal in (post_save, post_delete):
        signal.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="cms-privacy-changed")
