from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.places.fields import DerivedTextField
from portal.search.outbox import changed

from .text import NormalisedText


class PathField(DerivedTextField):
    """Compared by code point, so that a branch stands together on every database."""

    def derive(self, text):
        return text


class SubjectQuerySet(models.QuerySet):
    def within(self, subject):
        """The subject and everything below it."""
        return self.filter(models.Q(pk=subject.pk) | models.Q(path__startswith=f"{subject.path}/"))


class Subject(NormalisedText):
    """A branch of knowledge. `path` holds the slugs from the root ("nong-nghiep/chan-nuoi"), so that a whole
    branch is one prefix look-up and sorting by it puts children under their parent."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("Short name used in addresses and in import files, for example “chan-nuoi”."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader subject"),
        help_text=_("Leave empty for a subject on the top floor."),
    )
    path = PathField(source="path_below_parent", max_length=255, unique=True, db_index=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = pgettext_lazy("library", "subject")
        verbose_name_plural = pgettext_lazy("library", "subjects")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="library_subject_not_its_own_parent"
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the paths of the whole branch right when a subject is renamed or moved."""
        old_path = self.path
        with transaction.atomic():
            super().save(*args, **kwargs)
            if old_path and old_path != self.path:
                Subject.objects.filter(path__startswith=f"{old_path}/").update(
                    path=Concat(models.Value(self.path), Substr("path", len(old_path) + 1))
                )
            if old_path:
                self._tell_index()

    def _tell_index(self):
        """A renamed or moved subject is found in all resources of its branch."""
        branch = Subject.objects.within(self).filter(classifications__isnull=False)
        changed("resource", branch.order_by().values_list("classifications__resource", flat=True))

    def clean(self):
        if self.pk and self.parent and self.slug in self.parent.lineage:
            raise ValidationError({"parent": _("A subject cannot be placed below itself.")})

    @property
    def path_below_parent(self) -> str:
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    @property
    def depth(self) -> int:
        return self.path.count("/")

    @property
    def lineage(self) -> list[str]:
        """Slugs from the root down to this subject."""
        return self.path.split("/")
