from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(blocks.StructValue):
    def url(self) -> str:
        """Where the link leads; empty when its page is gone or not published."""
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return self.get("address") or ""


class LinkBlock(blocks.StructBlock):
    """A link with its words: to a page of ours, or to an address ("/thu-vien/", "https://...")."""

    title = blocks.CharBlock(max_length=80, label=_("Words of the link"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Address"),
        help_text=_("Instead of a page: /thu-vien/ or https://…"),
    )

    def bulk_to_python(self, values):
        # Wagtail builds a query for pages that are None, a tenth of an article's cost, and then does not ask it
        return super().bulk_to_python([{k: v for k, v in row.items() if v is not None} for row in values])

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value):
        cleaned = super().clean(value)
        address = cleaned["address"].strip()
        if bool(cleaned["page"]) == bool(address):
            message = _("Choose a page or give an address: one of the two.")
        elif address and not address.startswith(("/", "https://", "http://", "mailto:", "tel:", "#")):
            message = _("An address begins with / or https://")
        else:
            return cleaned
        raise StructBlockValidationError(block_errors={"address": ValidationError(message)})


class MenuItemBlock(LinkBlock):
    children = blocks.ListBlock(LinkBlock(), required=False, default=[], label=_("Links below it"))

    class Meta:
        icon = "list-ul"
        label = _("Item of the menu")
