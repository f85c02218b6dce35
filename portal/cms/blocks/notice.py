from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .rich_text import TextBlock

KINDS = [("info", _("Good to know")), ("warning", _("Attention")), ("success", _("Done"))]


class NoticeValue(blocks.StructValue):
    def kind_label(self) -> str:
        return dict(KINDS).get(self["kind"], "")


class NoticeBlock(blocks.StructBlock):
    """Something not to be overlooked. Its kind stands in words too, never in the colour alone."""

    kind = blocks.ChoiceBlock(choices=KINDS, default="info", label=_("Kind"))
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "components/streamfield/notice.html"
        value_class = NoticeValue
