from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MONTHS = (MinValueValidator(1), MaxValueValidator(12))


class Seasonal(models.Model):
    """What is wanted in some months of every year, both included; over New Year when the second is before the
    first (11 to 2). Without months it is wanted all year."""

    season_from = models.PositiveSmallIntegerField(
        _("wanted from month"), null=True, blank=True, validators=MONTHS
    )
    season_to = models.PositiveSmallIntegerField(
        _("until month"),
        null=True,
        blank=True,
        validators=MONTHS,
        help_text=_(
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
                violation_error_message=_("Give both months of the season, or none."),
            ),
        ]


def wanted_in(month: int) -> models.Q:
    """Rows whose season holds the month (1 to 12); what is wanted all year has no season and is not among them."""
    starts_first = models.Q(season_from__lte=models.F("season_to"))
    started, not_ended = models.Q(season_from__lte=month), models.Q(season_to__gte=month)
    return (starts_first & started & not_ended) | (~starts_first & (started | not_ended))
