"""What stands below a resource: who made it, what it is about, by which numbers it is known.

A key without an index of its own (`db_index=False`) is the first column of another one.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from ..enums import ContributorRole, IdentifierScheme
from ..identifiers import normal_identifier
from .resources import Resource
from .subjects import Subject
from .text import NormalisedText

RESOLVERS = {IdentifierScheme.DOI: "https://doi.org/", IdentifierScheme.HANDLE: "https://hdl.handle.net/"}


class Contribution(NormalisedText):
    """A person or body who had a hand in a resource, in the order of its title page."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="contributions", db_index=False)
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

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="classifications", db_index=False
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="classifications", db_index=False
    )

    class Meta:
        ordering = ["pk"]
        # Walked backwards this index gives the newest resources of a subject without sorting.
        indexes = [models.Index(fields=["subject", "resource"], name="library_subject_resource")]
        constraints = [
            models.UniqueConstraint(fields=["resource", "subject"], name="library_subject_once_a_resource")
        ]

    def __str__(self):
        return f"{self.resource_id}: {self.subject_id}"


class Identifier(NormalisedText):
    """A number that somebody else gave to the resource, by which the same resource is known elsewhere."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="identifiers", db_index=False)
    scheme = models.CharField(_("scheme"), max_length=10, choices=IdentifierScheme.choices)
    value = models.CharField(_("identifier"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        indexes = [models.Index(fields=["value", "scheme"], name="library_identifier_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "scheme", "value"], name="library_identifier_once_a_resource"
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="library_identifier_has_a_value"),
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"

    @property
    def url(self) -> str:
        """Where the world resolves it; "" for a number that only stands in catalogues."""
        return f"{RESOLVERS[self.scheme]}{self.value}" if self.scheme in RESOLVERS else ""

    def clean(self):
        """Raises ValidationError for a number whose check digit or shape is wrong."""
        super().clean()
        try:
            self.value = normal_identifier(self.scheme, self.value)
        except ValueError as error:
            raise ValidationError({"value": str(error)}) from error
