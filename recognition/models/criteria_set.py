from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.search.outbox import OutboxModel
from recognition.enums import Completeness, ScopeLevel, ScoringModel, SetState, SubjectKind


class CriteriaSetQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: drafts are not."""
        return self.exclude(state=SetState.DRAFT)

    def drafts(self):
        return self.filter(state=SetState.DRAFT)

    def usable(self):
        """Those that may judge a sheet."""
        return self.filter(state=SetState.PUBLISHED)


class CriteriaSet(OutboxModel):
    """A set of criteria (bộ tiêu chí) with its source, what is known of it and what is missing.

    From draft to published, where the database refuses every change (migration 0003); what follows it is a new set that
    is `derived_from` it. A set is identified by its code; title, level, issuer and period together tell it from its namesakes.
    ``rules`` keeps what the document says beside the criteria, as imported: ``thresholds``, ``preconditions``,
    ``levels``, ``area_variants``, ``applicant_groups``, ``process``, ``definitions_vi``, ``known_facts_vi``.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("name of the set"), max_length=255)
    subject_kind = models.CharField(_("title awarded"), max_length=10, choices=SubjectKind.choices)
    scope_levels = models.JSONField(_("administrative levels"), default=list)
    completeness = models.CharField(_("completeness"), max_length=40, choices=Completeness.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=SetState.choices, default=SetState.INCOMPLETE, editable=False
    )
    usable_for_scoring = models.BooleanField(_("may be used for scoring"), default=False)
    usable_note = models.TextField(_("note on its use"), blank=True)
    scoring_model = models.CharField(_("scoring model"), max_length=20, choices=ScoringModel.choices)
    total_points = models.PositiveSmallIntegerField(_("total points"), null=True, blank=True)
    validity_months = models.PositiveSmallIntegerField(_("validity in months"), null=True, blank=True)

    document = models.CharField(_("source document"), max_length=500)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    issue_date = models.DateField(_("issued on"), null=True, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    other_source_urls = models.JSONField(_("other sources"), default=list, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    period_note = models.CharField(_("note on the period"), max_length=255, blank=True)
    retrieved_on = models.DateField(_("read on"))

    rules = models.JSONField(_("rules"), default=dict, blank=True)
    gaps = models.JSONField(_("what is missing"), default=list, blank=True)
    content_hash = models.CharField(max_length=64, editable=False, blank=True)
    derived_from = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,  # a sample goes together with what was derived from it
        null=True,
        blank=True,
        editable=False,
        related_name="versions",
        verbose_name=_("derived from"),
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = CriteriaSetQuerySet.as_manager()

    search_prefix = "criteria"

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        ordering = ["subject_kind", F("valid_from").desc(nulls_last=True), "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SetState.PUBLISHED, usable_for_scoring=True)
                | Q(state__in=[SetState.DRAFT, SetState.INCOMPLETE], usable_for_scoring=False),
                name="criteria_set_usable_once_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=SetState.PUBLISHED) | ~Q(content_hash=""),
                name="criteria_set_published_has_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("id")),
                name="criteria_set_not_derived_from_itself",
            ),
            models.CheckConstraint(
                condition=Q(usable_for_scoring=False) | ~Q(scoring_model=ScoringModel.NONE),
                name="criteria_set_usable_has_a_scoring_model",
            ),
            models.CheckConstraint(
                condition=Q(usable_for_scoring=False)
                | Q(completeness__in=[Completeness.COMPLETE, Completeness.DRAFT_WORDING]),
                name="criteria_set_usable_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="criteria_set_period_in_order",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("recognition:criteria_set", args=[self.slug])

    @property
    def scope_labels(self):
        return [ScopeLevel(level).label for level in self.scope_levels]

    def is_in_force(self, date):
        """Is ``date`` within the period? False also where the source names no beginning."""
        return (
            self.valid_from is not None
            and self.valid_from <= date
            and (self.valid_to is None or date <= self.valid_to)
        )

    def has_ended(self, date):
        return self.valid_to is not None and self.valid_to < date
