from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.domain.reach import EVERYWHERE, archive_pks
from portal.places.models import PlaceVersion
from recognition.enums import RoundState, SubjectKind

from .subject import READERS

DEADLINES = ("register_by", "self_score_by", "verify_by", "council_by")


class RoundQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=RoundState.OPEN)

    def visible_to(self, user, date=None):
        """The rounds of the places that a role of the person reaches, those held over such a place from above (a village by
        its commune), and those in which the person has signed something."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        reached, today = archive_pks(user, READERS, date), date or timezone.localdate()
        if reached is EVERYWHERE:
            return self.all()
        communes = PlaceVersion.objects.on(today).filter(place__among=reached).values("parent")
        held_over = Round.communes.through.objects.filter(Q(place__among=reached) | Q(place__in=communes))
        assessments = apps.get_model("recognition", "Assessment").objects
        return self.filter(
            Q(place__among=reached)
            | Q(pk__in=held_over.values("round"))
            | Q(pk__in=assessments.filter(place__among=reached).order_by().values("round"))
            | Q(pk__in=assessments.signed_by(user).order_by().values("round"))
        )


class Round(models.Model):
    """One title assessed in one year, in a commune or in all communes below a place (đợt xét).

    Everything that no law fixes is data of the round: its deadlines, how many days the list hangs out, how long an appeal
    is possible, and the words for who decides.
    """

    year = models.PositiveSmallIntegerField(_("year assessed"))
    subject_kind = models.CharField(_("learning title"), max_length=10, choices=SubjectKind.choices)
    title = models.CharField(_("name of the round"), max_length=200)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    communes = models.ManyToManyField(
        "places.Place",
        related_name="+",
        verbose_name=_("communes"),
        help_text=_("The communes in which it is held, as they are when it is opened."),
    )
    criteria_set = models.ForeignKey(
        "recognition.CriteriaSet",
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("criteria set"),
    )
    village_meeting = models.BooleanField(
        _("with a village meeting"),
        default=True,
        help_text=_("Nothing is verified before the meeting of the village has voted on it."),
    )
    register_by = models.DateField(_("registration until"))
    self_score_by = models.DateField(_("self-scoring until"))
    verify_by = models.DateField(_("verification until"))
    council_by = models.DateField(_("council until"))
    notice_days = models.PositiveSmallIntegerField(
        _("days of public notice"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days to appeal after the decision"), validators=[MaxValueValidator(365)]
    )
    decided_by = models.CharField(
        _("who decides, in words"),
        max_length=200,
        help_text=_("As it shall stand in the decision, for example “Chủ tịch Ủy ban nhân dân xã”."),
    )
    legal_bases = models.JSONField(
        _("legal grounds of the decision"),
        default=list,
        blank=True,
        help_text=_("One a line, in the order in which the decision shall name them."),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=RoundState.choices, default=RoundState.DRAFT, editable=False
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("recognition", "round")
        verbose_name_plural = pgettext_lazy("recognition", "rounds")
        ordering = ["-year", "subject_kind", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__range=(1996, 2100)) & Q(subject_kind__in=SubjectKind.values) & ~Q(title=""),
                name="recognition_round_has_a_year_a_title_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(register_by__lte=F("self_score_by"))
                & Q(self_score_by__lte=F("verify_by"))
                & Q(verify_by__lte=F("council_by")),
                name="recognition_round_deadlines_in_order",
                violation_error_message=_("The deadlines must follow one another."),
            ),
            models.CheckConstraint(
                condition=Q(notice_days__range=(1, 90)) & Q(appeal_days__lte=365),
                name="recognition_round_days_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values) & (Q(state="draft") | ~Q(decided_by="")),
                name="recognition_round_opened_with_a_decider",
            ),
            models.UniqueConstraint(
                fields=["place", "year", "criteria_set", "title"], name="recognition_round_once"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("recognition:round", args=[self.pk])

    @property
    def deadlines(self):
        """[(label, date)] in order."""
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in DEADLINES]
