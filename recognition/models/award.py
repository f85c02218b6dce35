from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.places.fields import FoldedField, NameKeyField, SortKeyField
from recognition.enums import SubjectKind


class AwardQuerySet(models.QuerySet):
    def in_force(self):
        """Awards that have not been revoked."""
        return self.filter(revoked_on__isnull=True)

    def named_in_public(self):
        """Awards whose holder may be named: a basis for publishing is recorded (vn_rules R2.30)."""
        return self.in_force().exclude(publication_basis="")


class Award(models.Model):
    """A title given by a decision. ``place`` is the village or commune at the time of the decision."""

    subject_kind = models.CharField(_("learning title"), max_length=10, choices=SubjectKind.choices)
    name = models.CharField(_("holder of the title"), max_length=200)
    name_key = NameKeyField(source="name")
    folded_name = FoldedField(source="name")
    sort_name = SortKeyField(source="name")
    distinction = models.CharField(
        _("told apart by"),
        max_length=120,
        blank=True,
        help_text=_("Only when two holders in one village have the same name, for example “Hamlet group 2”."),
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    year = models.PositiveSmallIntegerField(_("year assessed"))
    level = models.CharField(_("level"), max_length=20, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60)
    decision_date = models.DateField(_("decision date"))
    issuer = models.CharField(_("decided by"), max_length=200)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    publication_basis = models.CharField(
        _("basis for publishing the name"),
        max_length=255,
        blank=True,
        help_text=_("The consent or the legal text. Without it the holder is counted but never named."),
    )
    subject = models.ForeignKey(
        "recognition.Subject",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="awards",
    )
    assessment = models.ForeignKey(
        "recognition.Assessment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="awards",
    )
    decision = models.ForeignKey(
        "recognition.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="awards",
    )
    is_sample = models.BooleanField(_("sample"), default=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-year", "sort_name"]
        indexes = [models.Index(fields=["year", "subject_kind"], name="award_year_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "place", "year", "name_key", "distinction"], name="award_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1996, year__lte=2100), name="award_year_is_possible"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(decision_number=""), name="award_has_name_and_decision"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=models.F("decision_date")),
                name="award_revoked_after_decision",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_subject_kind_display()} {self.year})"
