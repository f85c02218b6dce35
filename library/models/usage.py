from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import UsageKind
from .resources import Resource


class Usage(models.Model):
    """How often a resource was used in one way on one day: a number and nothing of who used it.

    What is older than two years stands as one row a month, on its first day (`domain.usage.roll_up_months`), so
    that figures by month are the same before and after. The commune of a use is that of the resource
    (`Resource.place`): of the reader nothing is known.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=UsageKind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of a resource")
        verbose_name_plural = _("use of resources")
        indexes = [models.Index(fields=["day"], name="library_usage_day")]
        constraints = [
            models.UniqueConstraint(fields=["resource", "day", "kind"], name="library_usage_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(kind__in=UsageKind.values), name="library_usage_kind_known"
            ),
        ]

    def __str__(self):
        return f"{self.resource_id} {self.day} {self.kind}: {self.count}"
