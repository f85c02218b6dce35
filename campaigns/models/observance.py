from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.domain.calendar import MonthDay, Span, next_occurrence
from portal.cms.frame import Frame


class ObservanceDayQuerySet(models.QuerySet):
    def by_next_occurrence(self, today) -> list[tuple["ObservanceDay", Span]]:
        """Each day with its span of dates that is going on or comes next, the nearest first."""
        days = [(day, next_occurrence(day.start, day.end, today)) for day in self]
        return sorted(days, key=lambda pair: (pair[1], pair[0].name))


class ObservanceDay(models.Model):
    """A day or a span of days that returns every year: Ngày Khuyến học Việt Nam, Tuần lễ học tập suốt đời."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    start_month = models.PositiveSmallIntegerField(_("first day: month"))
    start_day = models.PositiveSmallIntegerField(_("first day: day"))
    end_month = models.PositiveSmallIntegerField(_("last day: month"))
    end_day = models.PositiveSmallIntegerField(_("last day: day"))
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)

    objects = ObservanceDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly day")
        verbose_name_plural = _("yearly days")
        ordering = ["start_month", "start_day", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_month__gte=1, start_month__lte=12, end_month__gte=1, end_month__lte=12)
                & Q(start_day__gte=1, start_day__lte=31, end_day__gte=1, end_day__lte=31),
                name="campaigns_observance_days_exist",
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def kept(cls, frame: Frame, today) -> list[tuple["ObservanceDay", Span]]:
        """`by_next_occurrence(today)`, as the frame keeps it."""
        return frame.keep(("yearly days", today), lambda: cls.objects.by_next_occurrence(today))

    def clean(self):
        wrong = [part for part in ("start", "end") if not getattr(self, part).exists]
        if wrong:
            raise ValidationError({f"{part}_day": _("There is no such day in any year.") for part in wrong})

    def days(self) -> str:
        """ "09/01", or "01/06 - 30/06"."""
        return " - ".join(f"{day:02}/{month:02}" for month, day in dict.fromkeys((self.start, self.end)))

    @property
    def start(self):
        return MonthDay(self.start_month or 0, self.start_day or 0)

    @property
    def end(self):
        return MonthDay(self.end_month or 0, self.end_day or 0)
