import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from recognition.enums import TargetKind

from .criteria_set import CriteriaSet


class CriteriaGroup(models.Model):
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=500)
    max_points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    incomplete = models.BooleanField(_("incomplete in the source"), default=False)

    class Meta:
        verbose_name = _("criteria group")
        verbose_name_plural = _("criteria groups")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"], name="criteria_group_code_once_in_a_set"
            ),
            models.UniqueConstraint(fields=["criteria_set", "position"], name="criteria_group_position_once"),
        ]

    def __str__(self):
        return f"{self.code}. {self.name}"


class Criterion(models.Model):
    """One criterion or target. ``requirement`` keeps the threshold as imported, keyed by level:
    ``min_ratio_pct``, ``min_ratio_pct_disadvantaged`` (per cent), ``min_band_vi``, ``min_count``,
    ``required_ratio_pct``, ``same_target_as``, ``trend``. `lineage` is the same in every version of
    one criterion, also when its code changes.
    """

    group = models.ForeignKey(CriteriaGroup, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=20)
    text = models.TextField(_("text"))
    kind = models.CharField(_("kind of target"), max_length=12, choices=TargetKind.choices)
    max_points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    evidence_required = models.BooleanField(_("evidence required"), default=False)
    requirement = models.JSONField(_("requirement"), default=dict, blank=True)
    evidence_hint = models.TextField(_("evidence hint"), blank=True)
    applies_if = models.CharField(_("applies to"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    sub_items = models.JSONField(_("sub-items"), default=list, blank=True)
    truncated_in_source = models.BooleanField(_("cut off in the source"), default=False)
    from_draft = models.BooleanField(_("wording from a draft"), default=False)
    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="criterion_code_once_in_a_group"),
            models.UniqueConstraint(fields=["group", "position"], name="criterion_position_once"),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"
