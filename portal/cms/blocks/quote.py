from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(required=False, max_length=200, label=_("Who said it, where"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "components/streamfield/quote.html"
