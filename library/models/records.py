from django.db import models
from django.utils.translation import gettext_lazy as _

from .resources import Resource
from .text import NormalisedText


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
    key = models.CharField(_("identifier in the collection"), max_length=200)
    data = models.JSONField(default=dict, editable=False)  # in the shape of `domain.description`
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
