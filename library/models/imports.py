"""What came in, when, by whom, and how to take it back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ImportFormat, ImportState, LineOutcome
from .labels import label_of
from .records import SourceRecord
from .renditions import private_storage
from .resources import Resource
from .text import NormalisedText


class ImportBatch(NormalisedText):
    """One file of descriptions that a librarian loads: checked first, loaded after a look, and undone if need be."""

    file = models.FileField(_("file"), storage=private_storage, upload_to="imports/%Y", max_length=300)
    name = models.CharField(_("file"), max_length=200)
    source = models.CharField(
        _("collection"),
        max_length=SourceRecord._meta.get_field("source").max_length,
        blank=True,
        help_text=_(
            "A name for where the rows come from, the same each time. Numbers of one collection are never mixed "
            "with those of another. Empty: our own sheets."
        ),
    )
    format = models.CharField(_("format"), max_length=10, choices=ImportFormat.choices, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("refused"), default=0)
    columns = models.JSONField(default=list, editable=False)  # of a sheet: [heading, what it is read as]
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    finished_at = models.DateTimeField(_("loaded"), null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True, editable=False)

    get_state_display = label_of(ImportState, "state")
    get_format_display = label_of(ImportFormat, "format")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="library_import_state_known"
            ),
        ]

    def __str__(self):
        return self.name


class ImportLine(models.Model):
    """What checking said of one row or record of a file: the preview, a line a change or mistake.

    A mistake has its `number` (0: the file as a whole), `column` (or control number) and `reason`; a change has the
    `title` and `details`, in words: {"says": [[label, value]]} of a new one, else {"fields": [[label, old, new]],
    "kept": [[label, what the file says]]}.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="lines")
    outcome = models.CharField(max_length=10, choices=LineOutcome.choices)
    number = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)
    resource = models.ForeignKey(Resource, on_delete=models.SET_NULL, null=True, related_name="+")
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "outcome"], name="library_import_line_outcome")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=LineOutcome.values), name="library_import_line_outcome_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=LineOutcome.REFUSED) | ~models.Q(reason=""),
                name="library_import_line_refused_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.reason or self.title}"


class ImportChange(models.Model):
    """What one import did to one resource. A created one has no `before`."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="import_changes")
    record = models.ForeignKey(SourceRecord, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.BooleanField(default=False)
    before = models.JSONField(default=dict)  # of the catalogue, in the shape of `domain.description`
    after = models.JSONField(default=dict)  # the same names
    said_before = models.JSONField(default=dict)  # by the record, the names that it changed

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "resource"], name="library_import_once_a_resource"),
            models.CheckConstraint(
                condition=models.Q(created=False) | models.Q(before={}),
                name="library_import_new_has_no_before",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}: {self.resource_id}"
