from django.utils.translation import gettext_lazy as _

from portal.cms.models import BasePage


class LibraryPage(BasePage):
    """Where the shelves and learning paths hang in the tree of pages. Its own address is that of the catalogue
    (`library.views.pages` answers it)."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["library.ShelfIndexPage", "library.LearningPathIndexPage"]
    page_description = _("Holds the shelves and the learning paths. Its address shows the catalogue.")
    max_count_per_parent = 1
    schema_type = "CollectionPage"
    search_kind = ""

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")
