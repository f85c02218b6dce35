from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from portal.text.slug import slug


class HeadingValue(blocks.StructValue):
    def anchor(self) -> str:
        """The id that a link can point to: #cach-dang-ky."""
        return slug(self["text"], 60)


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text; the title of the page is the only first-level heading."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "components/streamfield/heading.html"
        value_class = HeadingValue
