from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recognition.enums import Outcome, SessionState

from .reached import OfCommuneQuerySet

LEAST_MEMBERS = 5  # an odd number, five at least (TT 24/2023/TT-BGDĐT, TT 25/2023/TT-BGDĐT)


class CouncilSession(models.Model):
    """A session of the council of a commune on a round. The counts are written when it is closed, and then it stays."""

    round = models.ForeignKey("recognition.Round", on_delete=models.PROTECT, related_name="sessions")
    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    in_writing = models.BooleanField(_("opinions given in writing"), default=False)
    chair = models.CharField(_("chair"), max_length=150, blank=True)
    secretary = models.CharField(_("secretary"), max_length=150, blank=True)
    minutes = models.TextField(pgettext_lazy("council", "minutes"), blank=True)
    state = models.CharField(
        _("state"), max_length=6, choices=SessionState.choices, default=SessionState.OPEN, editable=False
    )
    members_count = models.PositiveSmallIntegerField(_("members"), default=0, editable=False)
    present_count = models.PositiveSmallIntegerField(_("present"), default=0, editable=False)
    association_represented = models.BooleanField(_("association represented"), default=False, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = OfCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("council", "session")
        verbose_name_plural = pgettext_lazy("council", "sessions")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open")
                | (
                    Q(state="closed", members_count__gte=LEAST_MEMBERS, association_represented=True)
                    & Q(present_count__lte=F("members_count"), present_count__gt=F("members_count") / 2)
                    & ~Q(chair="")
                    & ~Q(secretary="")
                ),
                name="recognition_session_closed_with_a_quorum",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(members_count__in=range(LEAST_MEMBERS, 100, 2)),
                name="recognition_session_of_an_odd_number",
            ),
        ]

    def __str__(self):
        return f"{self.commune} · {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("recognition:council", args=[self.pk])


class CouncilMember(models.Model):
    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    of_association = models.BooleanField(_("for the association"), default=False)
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        verbose_name = _("member of the council")
        verbose_name_plural = _("members of the council")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="recognition_member_is_named"),
            models.UniqueConstraint(fields=["session", "name"], name="recognition_member_sits_once"),
        ]

    def __str__(self):
        return self.name


class CouncilItem(models.Model):
    """What the council voted on one assessment. A refusal says why: the reasons go to the subject."""

    session = models.ForeignKey(CouncilSession, on_delete=models.CASCADE, related_name="items")
    assessment = models.ForeignKey(
        "recognition.Assessment", on_delete=models.PROTECT, related_name="council_items"
    )
    votes_for = models.PositiveSmallIntegerField(_("for"))
    votes_against = models.PositiveSmallIntegerField(_("against"))
    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome.choices)
    reason = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("vote of the council")
        verbose_name_plural = _("votes of the council")
        constraints = [
            models.UniqueConstraint(fields=["session", "assessment"], name="recognition_council_votes_once"),
            models.CheckConstraint(
                condition=Q(outcome="pass", votes_for__gt=F("votes_against"))
                | (Q(outcome="fail") & ~Q(reason="")),
                name="recognition_council_outcome_follows_the_vote",
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id}: {self.outcome}"
