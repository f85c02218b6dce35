from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import DuplicateReason, DuplicateState
from .labels import label_of
from .resources import Resource


class DuplicateQuerySet(models.QuerySet):
    def waiting(self):
        """Pairs that somebody has to look at: not decided, and both still in the library."""
        return self.filter(
            state=DuplicateState.OPEN, first__withdrawn_on__isnull=True, second__withdrawn_on__isnull=True
        )


class Duplicate(models.Model):
    """Two resources that may be one, the elder first. A pair that somebody has decided on is never proposed again."""

    first = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("because of"), max_length=10, choices=DuplicateReason.choices)
    score = models.PositiveSmallIntegerField(_("likeness"))  # percent
    state = models.CharField(
        _("state"), max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    objects = DuplicateQuerySet.as_manager()

    get_reason_display = label_of(DuplicateReason, "reason")

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="library_duplicate_pair_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="library_duplicate_elder_first"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DuplicateState.values), name="library_duplicate_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(0, 100)), name="library_duplicate_score_in_percent"
            ),
        ]

    def __str__(self):
        return f"{self.first} | {self.second}"


class Merge(models.Model):
    """One resource taken into another, with all it takes to part them again.

    `details` is what the merge did to the kept one, in the shape of `domain.merging`.
    """

    kept = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    details = models.JSONField(default=dict, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    merged_at = models.DateTimeField(_("merged on"), auto_now_add=True)
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at__isnull=True),
                name="library_merged_into_one",
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("merged")), name="library_merge_of_two"),
        ]

    def __str__(self):
        return f"{self.merged} → {self.kept}"
