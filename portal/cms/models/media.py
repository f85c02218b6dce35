"""Pictures and documents that editors upload."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from portal.cms.fields import CleanImageField
from portal.cms.filenames import ascii_name

# Folders of MEDIA_ROOT: the first one no web server may serve
DOCUMENTS, RECORDINGS_FOLDER = "documents", "recordings"


class Licence(models.TextChoices):
    """Why we may show it (vn_rules R2.16: using others' work without permission is fined)."""

    OWN = "own", _("Our own work")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    CC_BY = "cc-by", _("Creative Commons BY")
    CC_BY_SA = "cc-by-sa", _("Creative Commons BY-SA")
    CC_BY_NC = "cc-by-nc", _("Creative Commons BY-NC")
    PERMISSION = "permission", _("The owner's written permission")


class PortalImage(AbstractImage):
    """A picture; its description is what a person who cannot see it hears."""

    file = CleanImageField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    description = models.CharField(
        pgettext_lazy("picture", "description"),
        max_length=255,
        help_text=_("What the picture shows, in one sentence, for people who cannot see it."),
    )
    credit = models.CharField(
        _("author or source"),
        max_length=255,
        blank=True,
        help_text=_("Needed when the picture is not our own."),
    )
    licence = models.CharField(_("right of use"), max_length=20, choices=Licence.choices, default=Licence.OWN)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self):
        super().clean()
        if self.licence != Licence.OWN and not self.credit:
            raise ValidationError({"credit": _("Say whose work it is and where it comes from.")})

    def get_upload_to(self, filename):
        return super().get_upload_to(ascii_name(filename))


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="cms_rendition_unique"
            )
        ]


# Players ask for a recording piece by piece, which only a web server's own files can answer.
RECORDINGS = (".mp3", ".ogg", ".m4a", ".wav", ".mp4", ".webm", ".vtt")


def document_path(document, filename):
    """Where an uploaded document is stored, under MEDIA_ROOT.

    What lies in DOCUMENTS is served only by Wagtail's view, which asks for the privacy of its collection
    (portal.cms.views.upload); recordings and their subtitles are open to all, as pictures are.
    """
    name = ascii_name(filename)
    return f"{RECORDINGS_FOLDER if name.endswith(RECORDINGS) else DOCUMENTS}/{name}"


class PortalDocument(AbstractDocument):
    file = models.FileField(_("file"), upload_to=document_path)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
