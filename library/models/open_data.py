from django.db import models
from django.utils.translation import gettext_lazy as _

from .renditions import private_storage


def path_of_open_data(row: "OpenDataFile", name: str) -> str:
    return f"open-data/{name}"


class OpenDataFile(models.Model):
    """A file of open data as it was last made: what is offered for downloading is read, not made on demand.

    `stamp` tells in which state the rows were that it holds (`domain.open_data.files`).
    """

    dataset = models.CharField(max_length=40)
    form = models.CharField(max_length=10)
    file = models.FileField(storage=private_storage, upload_to=path_of_open_data, max_length=300)
    rows = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()  # bytes
    checksum = models.CharField(max_length=64)  # SHA-256, hex
    stamp = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "form"]
        verbose_name = _("file of open data")
        verbose_name_plural = _("files of open data")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["dataset", "form"], name="library_open_data_once_in_a_form")
        ]

    def __str__(self):
        return f"{self.dataset}.{self.form}"
