from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .rich_text import TextBlock


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Question or title"))
    text = TextBlock(label=_("Answer or text"))

    class Meta:
        label = _("Part")


class AccordionBlock(blocks.StructBlock):
    """Parts that open one by one, with the browser's own <details>: no script needed."""

    parts = blocks.ListBlock(AccordionItemBlock(), min_num=1, label=_("Parts"))

    class Meta:
        icon = "list-ul"
        label = _("Parts to open")
        template = "components/streamfield/accordion.html"
