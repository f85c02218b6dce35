from django.utils.translation import gettext_lazy as _

from wagtail import blocks

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists. Pictures, headings and tables have blocks of their own, which ask for their texts."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "components/streamfield/text.html"
