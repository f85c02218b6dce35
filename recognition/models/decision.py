from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models.audit import SHA256
from recognition.enums import DecisionKind, DecisionState, RevokedBecause

from .evidence import private_storage
from .reached import OfCommuneQuerySet


class Decision(models.Model):
    """A decision of the People's Committee of a commune: drafted by the clerk, issued with number, day and hash, then frozen.

    `rows` is its annex as it was signed: [{"assessment", "name", "place", "result", "outcome"}]; of a draft that revokes or
    amends only the assessments it is about. `document` is the PDF whose hash is
    kept with it; one decision is never rewritten, another amends it.
    """

    kind = models.CharField(_("kind of decision"), max_length=9, choices=DecisionKind.choices)
    round = models.ForeignKey("recognition.Round", on_delete=models.PROTECT, related_name="decisions")
    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    issuer = models.CharField(_("decided by"), max_length=200)
    number = models.CharField(pgettext_lazy("decision", "number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    signer_title = models.CharField(
        _("position of the signer"),
        max_length=200,
        blank=True,
        help_text=_("Two lines are parted by a semicolon, for example “KT. Chủ tịch; Phó Chủ tịch”."),
    )
    signer_name = models.CharField(_("name of the signer"), max_length=150, blank=True)
    articles = models.TextField(
        _("articles"),
        blank=True,
        help_text=_("What is decided, an article a paragraph with an empty line between."),
    )
    recipients = models.TextField(
        _("recipients"), blank=True, help_text=_("One a line; the last one is where it is kept.")
    )
    reason = models.TextField(_("reason"), blank=True)
    because = models.CharField(
        _("revoked because"), max_length=6, choices=RevokedBecause.choices, blank=True, editable=False
    )
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amended_by"
    )
    state = models.CharField(
        _("state"),
        max_length=6,
        choices=DecisionState.choices,
        default=DecisionState.DRAFT,
        editable=False,
    )
    rows = models.JSONField(default=list, editable=False)
    document = models.FileField(
        storage=private_storage, upload_to="decisions/%Y", max_length=300, blank=True, editable=False
    )
    document_hash = models.CharField(max_length=64, blank=True, editable=False, validators=[SHA256])
    is_sample = models.BooleanField(default=False, editable=False)

    objects = OfCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", document_hash="")
                | (
                    Q(state="issued", issued_on__isnull=False, document_hash__regex=r"^[0-9a-f]{64}$")
                    & ~Q(number="")
                    & ~Q(signer_name="")
                ),
                name="recognition_decision_issued_whole",
            ),
            models.UniqueConstraint(
                fields=["commune", "year", "number"],
                condition=~Q(number=""),
                name="recognition_decision_number_once",
                violation_error_message=_("Another decision of this year has this number."),
            ),
            models.CheckConstraint(
                condition=Q(kind="recognise")
                | (Q(kind="amend", amends__isnull=False) | Q(kind="revoke")) & ~Q(reason=""),
                name="recognition_decision_says_why",
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(kind="revoke", because__in=RevokedBecause.values),
                name="recognition_decision_revokes_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(issuer=""), name="recognition_decision_has_an_issuer"),
        ]

    def __str__(self):
        return self.number or _("draft decision")

    def get_absolute_url(self):
        return reverse("recognition:decision", args=[self.pk])
