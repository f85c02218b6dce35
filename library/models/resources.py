from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.places.fields import SortKeyField
from portal.search.outbox import OutboxModel

from ..enums import Audience, ContributorRole, Kind, Language, Level, Visibility
from ..licences import UNKNOWN, validate_licence
from .labels import label_of
from .querysets import ResourceQuerySet
from .subjects import Subject
from .text import NormalisedText

FIRST_YEAR, LAST_YEAR = 1000, 2100
WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class Resource(NormalisedText, OutboxModel, ClusterableModel):
    """One learning resource. Its number is its address for ever (`/r/<id>`): it is withdrawn, not deleted."""

    search_prefix = "resource"

    title = models.CharField(pgettext_lazy("library", "title"), max_length=300)
    sort_title = SortKeyField(source="title")
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
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    level = models.CharField(pgettext_lazy("library", "level"), max_length=20, choices=Level.choices)
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
    url = models.URLField(
        _("address of the resource"),
        max_length=1000,
        validators=[WEB_ADDRESS],
        help_text=_("The page or file that readers open, beginning with https://"),
    )
    abstract = models.TextField(
        _("abstract"),
        blank=True,
        help_text=_("One to three sentences in your own words: what it is about and whom it helps."),
    )
    source_url = models.URLField(
        _("where it was found"), max_length=1000, blank=True, validators=[WEB_ADDRESS]
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
    source = models.CharField(
        _("collection"),
        max_length=100,
        blank=True,
        help_text=_("Name of the collection it was loaded from; empty for our own."),
    )
    key = models.CharField(
        _("identifier in the collection"),
        max_length=200,
        blank=True,
        help_text=_("Loading the same file again finds the resource by this identifier."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("reason for withdrawing"), max_length=300, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_title", "pk"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                condition=~models.Q(key=""),
                name="library_resource_key_once_in_a_source",
            ),
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
        return not self.is_withdrawn and self.visibility == Visibility.PUBLIC

    get_kind_display = label_of(Kind, "kind")
    get_language_display = label_of(Language, "language")

    @property
    def lang(self) -> str:
        """BCP 47 tag of the resource's own language."""
        return Language(self.language).bcp47


class Contribution(NormalisedText):
    """A person or body who had a hand in a resource, in the order of its title page."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="contributions")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(
        _("role"), max_length=20, choices=ContributorRole.choices, default=ContributorRole.AUTHOR
    )

    sort_order_field = "sort_order"  # read by modelcluster when the editor moves rows

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("creator")
        verbose_name_plural = _("creators")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "name", "role"], name="library_contribution_once_in_a_role"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="library_contribution_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Classification(models.Model):
    """A resource under a subject; the first one is the subject it is shelved under."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="classifications")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="classifications")

    class Meta:
        ordering = ["pk"]
        # Walked backwards this index gives the newest resources of a subject without sorting.
        indexes = [models.Index(fields=["subject", "resource"], name="library_subject_resource")]
        constraints = [
            models.UniqueConstraint(fields=["resource", "subject"], name="library_subject_once_a_resource")
        ]

    def __str__(self):
        return f"{self.resource_id}: {self.subject_id}"
