from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from library.blocks import PageBodyBlock
from portal.cms.models import BasePage


class StandardPage(BasePage):
    """A page of its own: about us, help, guidance."""

    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = []
    page_description = _("A page of text: guidance, help, about us.")
    template = "pages/standard_page.html"
    schema_type = "Article"

    body = StreamField(PageBodyBlock(), verbose_name=_("content"))

    content_panels = BasePage.content_panels + [FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def json_ld(self, request):
        return super().json_ld(request) | {"headline": self.title[:110]}
