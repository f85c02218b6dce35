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


class RoundState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("round", "being prepared")
    OPEN = "open", pgettext_lazy("round", "open")
    CLOSED = "closed", pgettext_lazy("round", "closed")


class Stage(models.TextChoices):
    """Whose sheet it is. The council fills in only what it changes."""

    SELF = "self", pgettext_lazy("sheet", "Own")
    VERIFIER = "verifier", pgettext_lazy("sheet", "Verifier")
    COUNCIL = "council", pgettext_lazy("sheet", "Council")


class AssessmentState(models.TextChoices):
    """Where an assessment stands; `domain/workflow/transitions.py` says how it gets there."""

    DRAFT = "draft", pgettext_lazy("assessment", "on the list")
    REGISTERED = "registered", pgettext_lazy("assessment", "registered")
    SELF_SCORED = "self_scored", pgettext_lazy("assessment", "self-scored")
    RETURNED = "returned", pgettext_lazy("assessment", "returned for correction")
    VERIFIED = "verified", pgettext_lazy("assessment", "verified")
    PROPOSED = "proposed", pgettext_lazy("assessment", "voted on by the council")
    IN_NOTICE = "in_notice", pgettext_lazy("assessment", "under public notice")
    RECOGNISED = "recognised", pgettext_lazy("assessment", "recognised")
    REFUSED = "refused", pgettext_lazy("assessment", "not recognised")
    APPEALED = "appealed", pgettext_lazy("assessment", "appealed")
    LAPSED = "lapsed", pgettext_lazy("assessment", "lapsed")
    REVOKED = "revoked", pgettext_lazy("assessment", "revoked")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "withdrawn")
    VOID = "void", pgettext_lazy("assessment", "void")


AWAITING_SELF_SCORE = (AssessmentState.REGISTERED, AssessmentState.RETURNED)
UNDER_WAY = (
    AssessmentState.REGISTERED,
    AssessmentState.SELF_SCORED,
    AssessmentState.RETURNED,
    AssessmentState.VERIFIED,
    AssessmentState.PROPOSED,
    AssessmentState.IN_NOTICE,
)
AFTER_VERIFICATION = (AssessmentState.VERIFIED, AssessmentState.PROPOSED, AssessmentState.IN_NOTICE)
DECIDED = (
    AssessmentState.RECOGNISED,
    AssessmentState.REFUSED,
    AssessmentState.APPEALED,
    AssessmentState.LAPSED,
    AssessmentState.REVOKED,
)
LEFT = (AssessmentState.WITHDRAWN, AssessmentState.VOID)
REASONED = (AssessmentState.RETURNED, AssessmentState.REVOKED, *LEFT)


class FilledInBy(models.TextChoices):
    """Who filled in the sheet of a subject: itself, or an officer for it."""

    HOUSEHOLD = "household", pgettext_lazy("sheet", "the subject itself")
    OFFICER = "officer", pgettext_lazy("sheet", "an officer on its behalf")


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    FILE = "file", _("File")
    LINK = "link", _("Link")
    DOCUMENT_NUMBER = "doc_no", _("Number of a document")
    ATTESTATION = "attestation", _("Attestation")


class Outcome(models.TextChoices):
    PASS = "pass", pgettext_lazy("council", "recognise")
    FAIL = "fail", pgettext_lazy("council", "do not recognise")


class SessionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("session", "being prepared")
    CLOSED = "closed", pgettext_lazy("session", "held and closed")


class FeedbackState(models.TextChoices):
    OPEN = "open", pgettext_lazy("feedback", "to be answered")
    ANSWERED = "answered", pgettext_lazy("feedback", "answered")


class DecisionKind(models.TextChoices):
    RECOGNISE = "recognise", pgettext_lazy("decision", "on recognition")
    REVOKE = "revoke", pgettext_lazy("decision", "on revoking")
    AMEND = "amend", pgettext_lazy("decision", "amending another after an appeal")


class DecisionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("decision", "draft")
    ISSUED = "issued", pgettext_lazy("decision", "issued")


class AppealState(models.TextChoices):
    OPEN = "open", pgettext_lazy("appeal", "open")
    UPHELD = "upheld", pgettext_lazy("appeal", "upheld")
    REJECTED = "rejected", pgettext_lazy("appeal", "rejected")


class RevokedBecause(models.TextChoices):
    """What everybody may know of why a title was taken back; the whole reason stands in the decision."""

    ERROR = "error", pgettext_lazy("revoked", "it was given by mistake")
    UNMET = "unmet", pgettext_lazy("revoked", "the criteria are no longer met")
    WISH = "wish", pgettext_lazy("revoked", "the holder gave it back")
    APPEAL = "appeal", pgettext_lazy("revoked", "an appeal was upheld")
    OTHER = "other", pgettext_lazy("revoked", "another reason, which the decision names")


class AwardStanding(models.TextChoices):
    """What a title is worth on a day."""

    VALID = "valid", pgettext_lazy("title", "valid")
    NOT_YET = "not_yet", pgettext_lazy("title", "not valid yet")
    EXPIRED = "expired", pgettext_lazy("title", "expired")
    REVOKED = "revoked", pgettext_lazy("title", "revoked")


class ConsentPurpose(models.TextChoices):
    PUBLICATION = "publication", _("Publishing the name on the honour roll")


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


class SetState(models.TextChoices):
    """A draft is seen by who writes it; an incomplete set by everybody, and takes a fuller text; a published one never changes."""

    DRAFT = "draft", pgettext_lazy("criteria set", "draft")
    INCOMPLETE = "incomplete", pgettext_lazy("criteria set", "incomplete")
    PUBLISHED = "published", pgettext_lazy("criteria set", "published")


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


class Indicator(models.TextChoices):
    """What a plan sets a target for. A citizen's title is measured among two groups of people (Quyết định 677/QĐ-TTg)."""

    FAMILY = "family", _("Learning families")
    CLAN = "clan", _("Learning clans")
    COMMUNITY = "community", _("Learning communities")
    UNIT = "unit", _("Learning units")
    WORKERS = "citizen_workers", _("Learning citizens among workers")
    STAFF = "citizen_staff", _("Learning citizens among staff")

    @property
    def subject_kind(self):
        return (
            SubjectKind.CITIZEN if self in (Indicator.WORKERS, Indicator.STAFF) else SubjectKind(self.value)
        )

    @property
    def denominator(self):
        return DENOMINATORS[self]

    @property
    def slug(self):
        """The word for it in a public address."""
        return INDICATOR_SLUGS[self]

    @classmethod
    def from_slug(cls, slug):
        return next((each for each in cls if each.slug == slug), None)


class DenominatorKind(models.TextChoices):
    """What the holders of a title are counted among. The last two depend on who holds the other titles."""

    HOUSEHOLDS = "households", pgettext_lazy("denominator", "Households")
    CLANS = "clans", pgettext_lazy("denominator", "Clans")
    COMMUNITIES = "communities", pgettext_lazy("denominator", "Villages (communities)")
    UNITS = "units", pgettext_lazy("denominator", "Units")
    WORKERS = (
        "workers",
        pgettext_lazy("denominator", "Workers in recognised families, clans and communities"),
    )
    STAFF = "staff", pgettext_lazy("denominator", "Staff in units")

    @property
    def indicator(self):
        return next(indicator for indicator, kind in DENOMINATORS.items() if kind == self)


DENOMINATORS = {
    Indicator.FAMILY: DenominatorKind.HOUSEHOLDS,
    Indicator.CLAN: DenominatorKind.CLANS,
    Indicator.COMMUNITY: DenominatorKind.COMMUNITIES,
    Indicator.UNIT: DenominatorKind.UNITS,
    Indicator.WORKERS: DenominatorKind.WORKERS,
    Indicator.STAFF: DenominatorKind.STAFF,
}
INDICATOR_SLUGS = {
    Indicator.FAMILY: "gia-dinh",
    Indicator.CLAN: "dong-ho",
    Indicator.COMMUNITY: "cong-dong",
    Indicator.UNIT: "don-vi",
    Indicator.WORKERS: "nguoi-lao-dong",
    Indicator.STAFF: "nguoi-trong-don-vi",
}
