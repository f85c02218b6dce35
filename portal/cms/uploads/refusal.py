"""Why a file is not taken, in sentences for the person who sent it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.web.upload_cap import LARGEST_FILE

MAX_BYTES = LARGEST_FILE  # 50 MB, as the sentence says

SENTENCES = {
    "empty": _("The file is empty. Please choose it again."),
    "too large": _("The file is larger than 50 MB. Make it smaller, or give the address where it lies."),
    "unknown": _("This kind of file cannot be taken here. Save it as PDF, picture (JPG, PNG), MP3 or MP4."),
    "not here": _("A file of this kind does not belong here. Save it as PDF and try again."),
    "svg": _("Pictures in SVG can hold programs. Save the picture as PNG and try again."),
    "picture": _("This picture is damaged or too large to be opened. Please choose another file."),
    "damaged": _("The file is damaged and cannot be opened. Get it once more and try again."),
    "password": _("The file is locked with a password. Remove the password and try again."),
    "javascript": _("This PDF holds a program (JavaScript). Print it to a new PDF and send that one."),
    "launch": _("This PDF wants to start other programs. Print it to a new PDF and send that one."),
    "form": _(
        "This PDF is a form that draws itself by a program (XFA). Print it to a new PDF and send that one."
    ),
    "overrun": _("The file is too large or too tangled to be checked. Print it to a new PDF, or split it."),
    "bomb": _("The archive unpacks to far more than it should. It is not taken."),
    "nested": _("There is an archive inside the archive. Unpack it and send the files themselves."),
    "locked": _(
        "The archive is locked with a password, so it cannot be checked. Send it without the password."
    ),
    "program": _("There is a program in the file. Programs and macros are not taken."),
    "encoding": _("The text is not in Unicode (UTF-8). Save it in UTF-8 and try again."),
}


class UploadRefused(ValidationError):
    """The file is not taken; the message says why and what to do. `code` is a key of SENTENCES."""

    def __init__(self, code: str):
        super().__init__(SENTENCES[code], code=code)
