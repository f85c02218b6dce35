from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .picture import PictureBlock


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side, all on the page: nothing slides or plays by itself."""

    title = blocks.CharBlock(required=False, max_length=160, label=_("Title"))
    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=24, label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "components/streamfield/gallery.html"
