from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

A_MONTH = (MinValueValidator(1), MaxValueValidator(12))


class Seasonal(models.Model):
    """What is wanted in some months of every year, both included; over New Year when the second is before the
    first (11 to 2). Without months it is wanted all year."""

    season_from = models.PositiveSmallIntegerField(
        gettext_lazy("wanted from month"), null=True, blank=True, validators=A_MONTH
    )
    season_to = models.PositiveSmallIntegerField(
        gettext_lazy("until month"),
        null=True,
        blank=True,
        validators=A_MONTH,
        help_text=gettext_lazy(
            "Months of every year, for example November to February for the cold season. Empty: all year."
        ),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(season_from__isnull=True, season_to__isnull=True)
                | models.Q(
                    season_from__isnull=False,
                    season_from__range=(1, 12),
                    season_to__isnull=False,
                    season_to__range=(1, 12),
                ),
                name="library_%(class)s_season_of_two_months",
                violation_error_message=gettext_lazy("Give both months of the season, or none."),
            ),
        ]

    @property
    def months(self) -> str:
        """ "November to February"; "" when it is wanted all year."""
        if self.season_from is None or self.season_to is None:
            return ""
        first, last = MONTHS[self.season_from], MONTHS[self.season_to]
        return str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def wanted_in(month: int) -> models.Q:
    """Rows whose season holds the month (1 to 12); what is wanted all year has no season and is not among them."""
    starts_first = models.Q(season_from__lte=models.F("season_to"))
    started, not_ended = models.Q(season_from__lte=month), models.Q(season_to__gte=month)
    return (starts_first & started & not_ended) | (~starts_first & (started | not_ended))
