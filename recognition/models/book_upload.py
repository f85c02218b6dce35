from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.enums import UploadState


class BookUpload(models.Model):
    """A sheet of the books between being handed in and being entered: its rows as they were read, and what they would do.

    `rows`: [number in the sheet, {heading: text}], emptied as soon as the sheet has been entered or put aside; `errors`:
    [row, column, sentence].
    """

    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day of the books"))
    name = models.CharField(_("file"), max_length=200)
    rows = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=UploadState.choices, default=UploadState.CHECKED
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    uploaded_at = models.DateTimeField(_("handed in"), auto_now_add=True)

    class Meta:
        verbose_name = _("sheet of the books")
        verbose_name_plural = _("sheets of the books")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checked") | Q(state__in=["entered", "put_aside"], rows=[]),
                name="recognition_upload_forgets_its_rows",
            ),
        ]

    def __str__(self):
        return self.name
