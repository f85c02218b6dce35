from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .reached import OfPlaceQuerySet


class VillageMeeting(models.Model):
    """The minutes of the meeting of a village on those of it that ask for the title."""

    round = models.ForeignKey("recognition.Round", on_delete=models.PROTECT, related_name="meetings")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    households = models.PositiveIntegerField(_("households of the village"))
    attending = models.PositiveIntegerField(_("households represented"))
    chair = models.CharField(_("chair"), max_length=150)
    secretary = models.CharField(_("secretary"), max_length=150)
    minutes = models.TextField(_("what was said"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = OfPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("village meeting")
        verbose_name_plural = _("village meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attending__gte=1, attending__lte=F("households")),
                name="recognition_meeting_attended_by_the_village",
                violation_error_message=_("No more households can be represented than the village has."),
            ),
            models.CheckConstraint(
                condition=~Q(chair="") & ~Q(secretary=""), name="recognition_meeting_is_signed"
            ),
        ]

    def __str__(self):
        return f"{self.place} · {self.held_on:%d/%m/%Y}"

    def carries(self, votes: int) -> bool:
        """More than half of those who attended (grassroots democracy, recognition_facts 4.1)."""
        return votes * 2 > self.attending


class MeetingVote(models.Model):
    """How many of those attending were for it; the vote of a later meeting counts instead of an earlier one."""

    meeting = models.ForeignKey(VillageMeeting, on_delete=models.CASCADE, related_name="votes")
    assessment = models.ForeignKey(
        "recognition.Assessment", on_delete=models.CASCADE, related_name="meeting_votes"
    )
    votes_for = models.PositiveIntegerField(_("for"))
    note = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("vote of a village meeting")
        verbose_name_plural = _("votes of village meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "assessment"], name="recognition_meeting_votes_once"),
        ]

    def __str__(self):
        return f"{self.assessment_id}: {self.votes_for}"

    @property
    def carried(self) -> bool:
        return self.meeting.carries(self.votes_for)
