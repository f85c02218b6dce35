from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from library.blocks import PageBodyBlock
from portal.cms.feeds import FeedMixin
from portal.cms.models import BasePage
from portal.cms.querysets import public


class SectionPage(FeedMixin, BasePage):
    """A shelf of pages: its own words, then what stands below it, in the order of the tree; feeds of what is new."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.SectionPage", "home.StandardPage"]
    page_description = _("Gathers pages on one matter, with a list of them.")
    template = "pages/section_page.html"
    schema_type = "CollectionPage"

    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("content"))

    content_panels = BasePage.content_panels + [FieldPanel("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def children(self) -> list[Page]:
        """The published, public pages below this one, with their summaries."""
        return list(public(self.get_children().live()).order_by("path").specific())

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"children": self.children()}
