from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from .rich_text import TextBlock


class RecordingBlock(blocks.StructBlock):
    """A recording: our own file, played here, or a link to where it is. No foreign frames (vn_rules R2.36)."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    file = DocumentChooserBlock(required=False, label=_("File"), help_text=_("Played on this page."))
    address = blocks.URLBlock(
        required=False, label=_("Link"), help_text=_("Instead of a file: where the recording is.")
    )
    transcript = TextBlock(
        label=_("Transcript"),
        help_text=_(
            "What is said and shown, for people who cannot hear or see it, and for weak connections."
        ),
    )

    extensions: tuple[str, ...] = ()

    def clean(self, value):
        cleaned = super().clean(value)
        document, address = cleaned["file"], cleaned["address"]
        if bool(document) == bool(address):
            raise _error("file", _("Choose a file or give a link: one of the two."))
        if document and document.file_extension.lower() not in self.extensions:
            kinds = ", ".join(self.extensions)
            raise _error(
                "file", _("This file cannot be played here. Possible: %(kinds)s.") % {"kinds": kinds}
            )
        return cleaned


def _error(field, message):
    return StructBlockValidationError(block_errors={field: ValidationError(message)})


class VideoBlock(RecordingBlock):
    captions = DocumentChooserBlock(
        required=False, label=_("Subtitles (.vtt)"), help_text=_("Needed when somebody speaks in the video.")
    )

    extensions = ("mp4", "webm")

    class Meta:
        icon = "media"
        label = _("Video")
        template = "components/streamfield/video.html"


class AudioBlock(RecordingBlock):
    extensions = ("mp3", "ogg", "m4a", "wav")

    class Meta:
        icon = "media"
        label = _("Sound recording")
        template = "components/streamfield/audio.html"
