"""The model field and the form field of uploaded pictures."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.images.fields import WagtailImageField as WagtailImageFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .reencode import UNREADABLE, PictureRefused, reencode


class CleanImageFieldFile(WagtailImageFieldFile):
    """The one door through which a picture reaches the disk, whatever form or command brings it."""

    def save(self, name, content, save=True):
        clean = reencode(name, content)
        super().save(clean.name, clean, save=save)


class CleanImageField(WagtailImageField):
    """An image field whose files are drawn anew before they are stored (see reencode.py)."""

    attr_class = CleanImageFieldFile


class CheckedImageFormField(WagtailImageFormField):
    """A damaged picture or a decompression bomb is a sentence beside the field, not an error of the server."""

    default_error_messages = {
        "unreadable": _("This picture is damaged or too large to be opened. Please choose another file."),
    }

    def to_python(self, data):
        if data:  # before anything of it is read: one that is far too large holds nothing
            self.check_image_file_size(data)
        try:
            file = super().to_python(data)
            if file is not None:
                reencode(file.name, file)
                file.seek(0)
        except (PictureRefused, *UNREADABLE) as error:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from error
        return file
