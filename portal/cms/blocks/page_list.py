from itertools import islice

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.models import Page

from portal.cms.querysets import public


class PageListValue(blocks.StructValue):
    def pages(self) -> list[Page]:
        """The newest published, public pages directly below the chosen one, at most `count`."""
        parent = self["parent"]
        if parent is None:
            return []
        below = public(Page.objects.child_of(parent).live()).order_by("-first_published_at", "-pk")
        for_everybody = (page for page in below.specific() if getattr(page, "is_for_everybody", True))
        return list(islice(for_everybody, self["count"]))


class PageListBlock(blocks.StructBlock):
    """The pages below another page, always up to date."""

    title = blocks.CharBlock(required=False, max_length=160, label=_("Title"))
    parent = blocks.PageChooserBlock(label=_("Pages below"))
    count = blocks.IntegerBlock(min_value=1, max_value=20, default=5, label=_("How many at most"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("List of pages")
        template = "components/streamfield/page_list.html"
        value_class = PageListValue
