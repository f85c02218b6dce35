import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.fields import FoldedField, NameKeyField, SortKeyField
from recognition.enums import AwardStanding, RevokedBecause, SubjectKind

from .serial import PATTERN, SerialField


class AwardQuerySet(models.QuerySet):
    def in_force(self):
        """Awards that have not been revoked."""
        return self.filter(revoked_on__isnull=True)

    def named_in_public(self):
        """Awards whose holder may be named: a basis for publishing is recorded (vn_rules R2.30)."""
        return self.in_force().exclude(publication_basis="")


class Award(models.Model):
    """A title given by a decision. ``place`` is the village or commune at the time of the decision.

    `decision`, `assessment` and `subject` are empty for what was decided before this portal and came in as a list.
    """

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
    valid_from = models.DateField(
        _("valid from"), blank=True, help_text=_("Empty: from the day of the decision.")
    )
    valid_to = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day. Empty: until it is revoked.")
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(
        _("revoked because"), max_length=6, choices=RevokedBecause.choices, blank=True
    )
    publication_basis = models.CharField(
        _("basis for publishing the name"),
        max_length=255,
        blank=True,
        help_text=_("The consent or the legal text. Without it the holder is counted but never named."),
    )
    of_age = models.BooleanField(
        _("the holder is 18 or older"),
        default=False,
        help_text=_("Asked of citizens only: the name of a child is never published, whatever the basis."),
    )
    serial = SerialField(_("serial"))
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
                fields=["subject_kind", "place", "year", "name_key", "distinction"],
                condition=Q(revoked_on__isnull=True),
                name="award_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["subject", "year"],
                condition=Q(revoked_on__isnull=True),
                name="award_of_subject_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1996, year__lte=2100), name="award_year_is_possible"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(decision_number=""), name="award_has_name_and_decision"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("decision_date")),
                name="award_revoked_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | Q(revoked_on__isnull=False, revoked_reason__in=RevokedBecause.values),
                name="award_revoked_for_a_reason",
                violation_error_message=_("A title is revoked on a day and for a reason: fill in both."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("decision_date"))
                & (Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))),
                name="award_valid_from_the_decision_on",
                violation_error_message=_(
                    "A title is valid from its decision on at the earliest, and not until a day before that."
                ),
            ),
            models.CheckConstraint(condition=Q(serial__regex=PATTERN), name="award_has_a_serial"),
            models.CheckConstraint(
                condition=~Q(subject_kind="citizen") | Q(publication_basis="") | Q(of_age=True),
                name="award_never_names_a_child",
                violation_error_message=_(
                    "A citizen is only named in public when it is certain that the holder is 18 or older."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_subject_kind_display()} {self.year})"

    def save(self, *args, **kwargs):
        self.valid_from = self.valid_from or self.decision_date
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Where it is proved to who holds the paper."""
        return reverse("recognition:award", args=[self.serial])

    def clean(self):
        self.valid_from = self.valid_from or self.decision_date

    def standing_on(self, day: datetime.date) -> AwardStanding:
        if self.revoked_on and self.revoked_on <= day:
            return AwardStanding.REVOKED
        if day < self.valid_from:
            return AwardStanding.NOT_YET
        expired = self.valid_to and self.valid_to < day
        return AwardStanding.EXPIRED if expired else AwardStanding.VALID

    @property
    def is_named_in_public(self) -> bool:
        """As `named_in_public` finds it."""
        return self.revoked_on is None and bool(self.publication_basis)

    @property
    def level_in_words(self):
        """A level by its number, a grade by its name ("Tốt"); what only says that it passed says nothing more."""
        if self.level.isdigit():
            return _("level %(level)s") % {"level": self.level}
        return self.level
