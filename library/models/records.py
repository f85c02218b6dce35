import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from .harvests import Harvest
from .resources import Resource
from .text import NormalisedText

LONGEST_KEY = 500


class SourceRecord(NormalisedText):
    """What a collection says of a resource, kept apart from what stands in the catalogue.

    The catalogue holds what readers see. Where it differs from `data`, a librarian has corrected it, and loading
    the record again leaves that field alone (`domain.ingest`). A merged resource has a record of each source; the
    `leading` one goes on describing it.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="records")
    source = models.CharField(
        _("collection"), max_length=100, blank=True, help_text=_("Empty: our own sheets.")
    )
    key = models.CharField(_("identifier in the collection"), max_length=LONGEST_KEY)
    data = models.JSONField(default=dict, editable=False)  # in the shape of `domain.description`
    subject_words = models.JSONField(
        default=list, editable=False
    )  # what it says it is about, in its own words
    rights_note = models.TextField(_("what it says of rights"), blank=True, editable=False)
    datestamp = models.CharField(max_length=40, blank=True, editable=False)  # as the collection writes it
    digest = models.CharField(max_length=32, blank=True, editable=False)  # of all that was read of it
    deleted = models.BooleanField(
        _("withdrawn by the collection"), default=False, editable=False
    )  # or not offered any more
    seen_in = models.ForeignKey(  # the last reading as a whole that was offered it
        Harvest, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    leading = models.BooleanField(default=True, editable=False)
    first_seen = models.DateTimeField(_("first loaded"), auto_now_add=True)
    last_seen = models.DateTimeField(_("last loaded"), auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("record of a collection")
        verbose_name_plural = _("records of collections")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="library_record_once_in_a_source"),
            models.UniqueConstraint(
                fields=["resource"], condition=models.Q(leading=True), name="library_record_one_leads"
            ),
            models.CheckConstraint(condition=~models.Q(key=""), name="library_record_has_a_key"),
        ]

    def __str__(self):
        return f"{self.source}: {self.key}" if self.source else self.key


class RawRecord(models.Model):
    """A record as the collection sent it, compressed (zlib)."""

    record = models.OneToOneField(
        SourceRecord, on_delete=models.CASCADE, primary_key=True, related_name="raw"
    )
    format = models.CharField(max_length=50, blank=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("record as it was sent")
        verbose_name_plural = _("records as they were sent")

    def __str__(self):
        return f"{self.record_id}: {self.format}"

    @property
    def sent(self) -> bytes:
        return zlib.decompress(self.content)
