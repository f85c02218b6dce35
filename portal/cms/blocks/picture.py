from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock


class PictureValue(blocks.StructValue):
    def alternative(self) -> str:
        """What is read aloud instead of the picture; nothing for a decorative one."""
        return "" if self["decorative"] else self["alt_text"]


class PictureBlock(blocks.StructBlock):
    """A picture with the words for people who cannot see it, or the statement that it says nothing (WCAG 1.1.1)."""

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("What the picture shows"),
        help_text=_("One sentence for people who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("Only decoration"),
        help_text=_("Tick when the picture tells nothing that the text does not."),
    )
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/streamfield/picture.html"
        value_class = PictureValue

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["decorative"] and not cleaned["alt_text"].strip():
            message = _("Say what the picture shows, or tick “Only decoration”.")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return cleaned
