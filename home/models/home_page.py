from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.domain.front import front_page
from library.blocks import PageBodyBlock
from portal.cms.blocks import LinkBlock
from portal.cms.models import BasePage


class HomePage(BasePage):
    """The front door: what a citizen, a reader and an officer came for, in one screen."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.SectionPage",
        "home.StandardPage",
        "home.ContactPage",
        "campaigns.NewsIndexPage",
        "campaigns.EventIndexPage",
        "library.LibraryPage",
    ]
    page_description = _("The first page of the site, one a language.")
    template = "home/home_page.html"
    search_kind = ""

    search_title = models.CharField(
        _("question above the search box"), max_length=80, default="Bạn muốn học gì?"
    )
    search_hint = models.CharField(_("example in the search box"), max_length=80, blank=True)
    officer_text = models.CharField(_("text of the officers' corner"), max_length=255, blank=True)
    officer_links = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("links for officers"))
    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("more below"))

    content_panels = BasePage.content_panels + [
        FieldPanel("search_title"),
        FieldPanel("search_hint"),
        FieldPanel("officer_text"),
        FieldPanel("officer_links"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"front": front_page(request), "hide_header_search": True}

    def breadcrumbs(self, request):
        return []
