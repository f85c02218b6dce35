from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(required=False, max_length=255, label=_("Note"))

    class Meta:
        icon = "doc-full"
        label = _("File")


class FileListBlock(blocks.StructBlock):
    """Files to take away, each with its kind and size, so that nobody opens 20 MB by surprise."""

    title = blocks.CharBlock(required=False, max_length=160, label=_("Title"))
    files = blocks.ListBlock(FileBlock(), min_num=1, label=_("Files"))

    class Meta:
        icon = "doc-full"
        label = _("Files to download")
        template = "components/streamfield/file_list.html"
