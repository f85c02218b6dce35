from datetime import date as Date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import ClusterableModel

from portal.places.fields import SortKeyField
from portal.search.outbox import OutboxModel

from ..enums import Audience, Kind, Language, Level, Visibility
from ..licences import UNKNOWN, validate_licence
from .labels import label_of
from .querysets import ResourceQuerySet
from .seasons import Seasonal
from .subjects import Subject
from .text import NormalisedText

FIRST_YEAR, LAST_YEAR = 1000, 2100
OLDEST = 120  # years of age
WEB_ADDRESS = URLValidator(schemes=["http", "https"])


def validate_languages(codes: object) -> None:
    """Raises ValidationError unless `codes` is a list of ISO 639-3 codes of the library, each once."""
    known = isinstance(codes, list) and set(codes) <= set(Language.values)
    if not known or len(set(codes)) < len(codes):
        raise ValidationError(_("Choose each language once, from the languages of the library."))


class Resource(NormalisedText, Seasonal, OutboxModel, ClusterableModel):
    """One learning resource. Its number is its address for ever (`/r/<id>`): it is withdrawn, not deleted."""

    search_prefix = "resource"

    title = models.CharField(pgettext_lazy("library", "title"), max_length=300)
    sort_title = SortKeyField(source="title", db_index=False)
    alternative_titles = models.TextField(
        _("other titles"),
        blank=True,
        help_text=_("One a line: the title in another language, the title on the cover, a former title."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("The body that issued the resource. Leave empty when it is not stated."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text=_("Year of publication, four figures."),
    )
    language = models.CharField(
        _("language"), max_length=3, choices=Language.choices, default=Language.VIETNAMESE
    )
    other_languages = models.JSONField(
        _("also in"), default=list, blank=True, validators=[validate_languages]
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    level = models.CharField(
        pgettext_lazy("library", "level"),
        max_length=20,
        choices=Level.choices,
        blank=True,
        help_text=_("Leave empty when it is not known."),
    )
    age_from = models.PositiveSmallIntegerField(
        _("from the age of"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("up to the age of"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    page_count = models.PositiveIntegerField(pgettext_lazy("library", "pages"), null=True, blank=True)
    duration_minutes = models.PositiveIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        help_text=_("How long it plays, or how long a learner needs for it."),
    )
    audience = models.CharField(
        _("made for"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.CITIZEN,
        help_text=_("Helps readers to choose. It does not hide anything: see “Who may see it”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=100,
        default=UNKNOWN,
        validators=[validate_licence],
        help_text=_(
            "SPDX identifier such as “CC-BY-4.0”, or the address of a statement at rightsstatements.org. "
            "Write “unknown” when it is not stated: then we only link to it."
        ),
    )
    rights_holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    abstract = models.TextField(
        _("abstract"),
        blank=True,
        help_text=_("One to three sentences in your own words: what it is about and whom it helps."),
    )
    source_url = models.URLField(
        _("where it was found"), max_length=1000, blank=True, validators=[WEB_ADDRESS]
    )
    place = models.ForeignKey(
        "places.Place",
        verbose_name=_("place it is about"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The commune, when it speaks of one."),
        db_index=False,
    )
    subjects = models.ManyToManyField(
        Subject,
        through="Classification",
        related_name="resources",
        verbose_name=pgettext_lazy("library", "subjects"),
    )
    tags = ClusterTaggableManager(
        through="ResourceTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words that readers may type, separated by commas."),
    )
    visibility = models.CharField(
        _("who may see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    embargo_until = models.DateField(
        _("not before"), null=True, blank=True, help_text=_("Nobody sees it before this day.")
    )
    reviewer = models.CharField(
        _("checked by"),
        max_length=200,
        blank=True,
        help_text=_("Who vouches that what it says is right: a person or a body."),
    )
    reviewed_on = models.DateField(_("checked on"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("After this day it leaves all lists; its page says that it is out of date."),
    )
    proposed = models.BooleanField(
        default=False,
        editable=False,
        help_text=_(
            "An officer or a collection has brought it, no librarian has taken it: no reader sees it."
        ),
    )
    uses = models.PositiveIntegerField(_("uses"), default=0, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("reason for withdrawing"), max_length=300, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
        db_index=False,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_title", "pk"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        # Of most there is no more to note than the title; what waits is counted on each first page of a librarian.
        indexes = [
            models.Index(fields=["sort_title", "id"], name="library_resource_by_title"),
            models.Index(fields=["id"], condition=models.Q(proposed=True), name="library_resource_proposed"),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="library_resource_merged_into",
            ),
            models.Index(
                fields=["place"], condition=models.Q(place__isnull=False), name="library_resource_place"
            ),
        ]
        constraints = [
            *Seasonal.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_on__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="library_resource_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="library_resource_year_of_four_figures",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="library_resource_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="library_resource_visibility_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="library_resource_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_from__lte=models.F("age_to")),
                name="library_resource_ages_in_order",
                violation_error_message=_("The first age must not be above the second."),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer="", reviewed_on__isnull=True)
                | (~models.Q(reviewer="") & models.Q(reviewed_on__isnull=False)),
                name="library_resource_checked_by_somebody_on_a_day",
                violation_error_message=_("Say who checked it and on which day, or leave both empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(withdrawn_on__isnull=False),
                name="library_resource_merged_is_withdrawn",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("library:resource", args=[self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def is_public(self) -> bool:
        """May it stand on a page that everybody reads?"""
        today = timezone.localdate()
        hidden = self.is_withdrawn or self.is_hidden(today) or self.is_outdated(today)
        return not hidden and self.visibility == Visibility.PUBLIC

    def is_hidden(self, today: Date) -> bool:
        """Is there nothing yet for anybody to see at its address?"""
        return self.proposed or self.is_embargoed(today)

    def is_embargoed(self, today: Date) -> bool:
        return self.embargo_until is not None and today < self.embargo_until

    def is_outdated(self, today: Date) -> bool:
        return self.valid_until is not None and self.valid_until < today

    get_kind_display = label_of(Kind, "kind")
    get_language_display = label_of(Language, "language")
    get_level_display = label_of(Level, "level")
    get_audience_display = label_of(Audience, "audience")

    @property
    def lang(self) -> str:
        """BCP 47 tag of the resource's main language."""
        return Language(self.language).bcp47

    @property
    def languages(self) -> list[Language]:
        """All of them, the main one first."""
        return [Language(code) for code in dict.fromkeys([self.language, *self.other_languages])]

    @property
    def other_titles(self) -> list[str]:
        return [line.strip() for line in self.alternative_titles.splitlines() if line.strip()]
