import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.domain.reach import EVERYWHERE, archive_pks
from portal.text import fold
from recognition.enums import (
    AFTER_VERIFICATION,
    AWAITING_SELF_SCORE,
    DECIDED,
    LEFT,
    REASONED,
    AssessmentState,
    FilledInBy,
)

from .subject import READERS

State = AssessmentState
SIGNATURES = ("registered_by", "submitted_by", "verified_by")  # who put their name to it


def household_token() -> str:
    """What the address of a household's own sheet ends in: 128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


def _signed_by(user) -> Q:
    signed = Q()
    for name in SIGNATURES:
        signed |= Q(**{name: user})
    return signed


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user, date=None):
        """The only door: those in the places that a role of the person reaches on `date` (today), of then and of what went
        into them, and those that bear the person's own signature."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        reached = archive_pks(user, READERS, date)
        if reached is EVERYWHERE:
            return self.all()
        return self.filter(Q(place__among=reached) | Q(commune__among=reached) | _signed_by(user))

    def signed_by(self, user):
        return self.filter(_signed_by(user))

    def live(self):
        """Neither withdrawn nor void."""
        return self.exclude(state__in=LEFT)

    def registered(self):
        """All that have come as far as registration and have not left."""
        return self.live().exclude(state=State.DRAFT)

    def awaiting_self_score(self):
        return self.filter(state__in=AWAITING_SELF_SCORE)

    def awaiting_council(self):
        return self.filter(state=State.VERIFIED)

    def awaiting_notice(self):
        return self.filter(state=State.PROPOSED)

    def named_like(self, text):
        """A part of the subject's name, with or without accents."""
        return self.filter(subject__folded_name__contains=fold(text))


class Assessment(models.Model):
    """One subject assessed in one round. Place and commune are those of the day of registration, and stay.

    Each step writes every index anew, so there is none that no list needs; those of a round or a commune are found by the
    first part of an index of several.

    `total`, `passed`, `result`, `vetoes` and `reasons` repeat the verdict on the sheet as it stands (`domain/sheets.py`), so
    that lists and figures need not judge again. Only `domain/workflow` changes the state.
    """

    round = models.ForeignKey(
        "recognition.Round", on_delete=models.PROTECT, related_name="assessments", db_index=False
    )
    subject = models.ForeignKey("recognition.Subject", on_delete=models.PROTECT, related_name="assessments")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(_("area"), max_length=13, blank=True)
    level = models.CharField(_("level asked for"), max_length=20, blank=True)
    previous_award = models.ForeignKey(
        "recognition.Award",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        db_index=False,
    )
    state = models.CharField(
        _("state"), max_length=11, choices=State.choices, default=State.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    household_token = models.CharField(max_length=22, default=household_token, editable=False)

    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField(_("registered"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_as = models.CharField(
        _("filled in by"), max_length=9, choices=FilledInBy.choices, blank=True, default=""
    )
    submitted_at = models.DateTimeField(_("self-scored"), null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(pgettext_lazy("column", "verified"), null=True)
    decision = models.ForeignKey(
        "recognition.Decision", on_delete=models.PROTECT, null=True, related_name="assessments"
    )

    total = models.DecimalField(_("total"), max_digits=6, decimal_places=1, null=True)
    passed = models.BooleanField(_("passes"), null=True)
    result = models.CharField(_("result"), max_length=100, blank=True)
    vetoes = models.JSONField(_("conditions not kept"), default=list)
    reasons = models.JSONField(_("reasons"), default=list)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("recognition", "assessment")
        verbose_name_plural = pgettext_lazy("recognition", "assessments")
        ordering = ["subject__sort_name", "pk"]
        indexes = [
            models.Index(fields=["round", "place", "state"], name="assessment_of_round"),
            models.Index(fields=["commune", "state"], name="assessment_of_commune"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject"],
                condition=~Q(state="void"),
                name="assessment_one_a_round",
                violation_error_message=_("It takes part in this round already."),
            ),
            models.UniqueConstraint(fields=["household_token"], name="assessment_token_is_its_own"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="assessment_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decision__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decision__isnull=True)),
                name="assessment_decided_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(verified_by=F("submitted_by")),
                name="assessment_verifier_is_not_the_submitter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=REASONED) | ~Q(reason=""), name="assessment_leaves_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, *LEFT]) | Q(registered_at__isnull=False),
                name="assessment_registered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.REGISTERED, *LEFT])
                | (
                    Q(submitted_at__isnull=False)
                    & (Q(submitted_as="household") | Q(submitted_as="officer", submitted_by__isnull=False))
                ),
                name="assessment_submitter_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*AFTER_VERIFICATION, *DECIDED])
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="assessment_verifier_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.subject} · {self.round}"

    def get_absolute_url(self):
        return reverse("recognition:assessment", args=[self.pk])

    @property
    def audit_name(self):
        """What the audit trail calls it."""
        return f"recognition.assessment:{self.pk}"
