from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.places.fields import SortKeyField
from portal.search.outbox import OutboxModel

from ..enums import DocumentKind, DocumentStatus
from .labels import label_of
from .querysets import IndexedQuerySet
from .text import NormalisedText


def split_bodies(text: str) -> list[str]:
    """ "Bộ A; Bộ B" -> ["Bộ A", "Bộ B"]: a joint circular has several issuers in one cell."""
    return [each.strip() for each in text.split(";") if each.strip()]


class OfficialDocument(NormalisedText, OutboxModel):
    """A document that directs the work: law, decree, circular, plan. A register of facts and a link, not the text."""

    search_prefix = "document"

    number = models.CharField(
        pgettext_lazy("library", "number"),
        max_length=60,
        blank=True,
        help_text=_("As printed, for example “387/QĐ-TTg”. Leave empty when it is not known."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices)
    issuer = models.CharField(
        _("issued by"),
        max_length=200,
        help_text=_("Full name of the body; separate several bodies by a semicolon."),
    )
    issue_date = models.DateField(_("date of issue"), null=True, blank=True)
    effective_date = models.DateField(_("in force from"), null=True, blank=True)
    subject = models.CharField(_("subject line"), max_length=500)
    sort_subject = SortKeyField(source="subject")
    field = models.CharField(_("field of work"), max_length=100)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DocumentStatus.choices,
        default=DocumentStatus.UNKNOWN,
        help_text=_("As last read. The page always advises readers to check it again."),
    )
    replaced_by = models.CharField(
        _("replaced by"), max_length=60, blank=True, help_text=_("Number of the document that replaces it.")
    )
    source_url = models.URLField(
        _("where it can be read"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = IndexedQuerySet.as_manager()

    class Meta:
        ordering = ["-issue_date", "number", "pk"]
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issuer"],
                condition=~models.Q(number=""),
                name="library_document_number_once_an_issuer",
            ),
            models.UniqueConstraint(
                fields=["subject", "issuer"],
                condition=models.Q(number=""),
                name="library_document_without_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=DocumentStatus.values), name="library_document_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=DocumentStatus.REPLACED) | ~models.Q(replaced_by=""),
                name="library_document_replaced_names_the_new_one",
            ),
        ]

    get_kind_display = label_of(DocumentKind, "kind")
    get_status_display = label_of(DocumentStatus, "status")

    def __str__(self):
        return f"{self.number} {self.subject}".strip()

    def get_absolute_url(self):
        return reverse("library:document", args=[self.pk])

    @property
    def issuers(self) -> list[str]:
        return split_bodies(self.issuer)
