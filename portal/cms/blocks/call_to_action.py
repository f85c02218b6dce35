from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .links import LinkBlock


class CallToActionBlock(blocks.StructBlock):
    """What the reader can do next; the words of the link are a verb ("Nộp tự chấm")."""

    text = blocks.TextBlock(required=False, label=_("Text"))
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "thumbtack"
        label = _("What to do next")
        template = "components/streamfield/call_to_action.html"
