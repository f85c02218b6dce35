"""States and kinds of the learning titles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubjectKind(models.TextChoices):
    """Who can hold a title; the label is the name of the title (Quyết định 387/QĐ-TTg, 677/QĐ-TTg)."""

    FAMILY = "family", _("Learning family")
    CLAN = "clan", _("Learning clan")
    COMMUNITY = "community", _("Learning community")
    UNIT = "unit", _("Learning unit")
    CITIZEN = "citizen", _("Learning citizen")

    @property
    def noun(self):
        """What it is before it holds the title: a family, not yet a learning family."""
        return NOUNS[self]

    @property
    def slug(self):
        """The word for this title in a public address."""
        return TITLE_SLUGS[self]

    @classmethod
    def from_slug(cls, slug):
        return next((kind for kind in cls if kind.slug == slug), None)


NOUNS = {
    SubjectKind.FAMILY: pgettext_lazy("subject", "Family"),
    SubjectKind.CLAN: pgettext_lazy("subject", "Clan"),
    SubjectKind.COMMUNITY: pgettext_lazy("subject", "Community"),
    SubjectKind.UNIT: pgettext_lazy("subject", "Unit"),
    SubjectKind.CITIZEN: pgettext_lazy("subject", "Citizen"),
}
TITLE_SLUGS = {
    SubjectKind.FAMILY: "gia-dinh",
    SubjectKind.CLAN: "dong-ho",
    SubjectKind.COMMUNITY: "cong-dong",
    SubjectKind.UNIT: "don-vi",
    SubjectKind.CITIZEN: "cong-dan",
}


class SubjectState(models.TextChoices):
    LIVE = "live", pgettext_lazy("subject", "in the books")
    CLOSED = "closed", pgettext_lazy("subject", "closed")
    MERGED = "merged", pgettext_lazy("subject", "merged into another")


class UploadState(models.TextChoices):
    CHECKED = "checked", pgettext_lazy("sheet", "checked, not entered yet")
    ENTERED = "entered", pgettext_lazy("sheet", "entered in the books")
    PUT_ASIDE = "put_aside", pgettext_lazy("sheet", "put aside")


class ScopeLevel(models.TextChoices):
    """The administrative level whose subjects a criteria set assesses.

    "Cộng đồng học tập" and "Đơn vị học tập" name different things at different levels, so the level is part
    of what identifies a set.
    """

    VILLAGE = "village", pgettext_lazy("administrative level", "village")
    COMMUNE = "commune", pgettext_lazy("administrative level", "commune")
    DISTRICT = "district", pgettext_lazy("administrative level", "district")
    PROVINCE = "province", pgettext_lazy("administrative level", "province")


class Area(models.TextChoices):
    """Which thresholds hold for a subject: a decision of the association for its village, with dates."""

    STANDARD = "standard", _("Standard area")
    DISADVANTAGED = "disadvantaged", _("Disadvantaged area")


class ScoringModel(models.TextChoices):
    NONE = "none", _("No scoring rule is known")
    POINTS = "points", _("Points, graded in bands")
    POINTS_WITH_FLOOR = "points_with_floor", _("Points, with a lowest mark for every indicator")
    ALL_TARGETS_MET = "all_targets_met", _("Every target must be met")


class Completeness(models.TextChoices):
    """How much of the official text the set holds."""

    COMPLETE = "complete", _("Complete")
    DRAFT_WORDING = "structure_complete_wording_from_draft", _("Scoring frame complete, wording from a draft")
    PARTIAL = "partial", _("Partial")
    NAMES_ONLY = "names_only", _("Names of the criteria only")
    REFERENCE_ONLY = "reference_only", _("For reference only")
    STUB = "stub", _("The text has not been found yet")


class TargetKind(models.TextChoices):
    YES_NO = "yes_no", _("met or not met")
    RATIO = "ratio", _("ratio")
    RATIO_PAIR = "ratio_pair", _("two ratios")
    BAND = "band", _("level reached")
    COUNT = "count", _("number")
    POINTS = "points", _("points")
    TREND = "trend", _("compared with the year before")


class Trend(models.TextChoices):
    """What the figure of the year must do, compared with the year before (TT 25/2023/TT-BGDĐT: income, employment, poverty)."""

    RISING = "rising", _("higher than the year before")
    FALLING = "falling", _("lower than the year before")
    NOT_LOWER = "not_lower", _("not lower than the year before")
