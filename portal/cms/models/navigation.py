from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from portal.cms.blocks.links import LinkBlock, MenuItemBlock


@register_setting(icon="list-ul", order=110)
class Navigation(BaseSiteSetting):
    """The main menu and the links at the foot of every page."""

    menu = StreamField([("item", MenuItemBlock())], blank=True, verbose_name=_("main menu"))
    footer = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("links in the footer"))

    panels = [FieldPanel("menu"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("menus")

    def page_ids(self) -> set[int]:
        """Pages that the two menus point to, read without loading them one by one."""
        rows = [row["value"] for stream in (self.menu, self.footer) for row in stream.raw_data]
        return {link["page"] for row in rows for link in _with_children(row) if link.get("page")}


def _with_children(link: dict) -> Iterator[dict]:
    yield link
    for child in link.get("children") or ():
        yield child.get("value", child)
