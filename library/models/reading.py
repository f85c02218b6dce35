"""What a person who signs in keeps and where they stopped reading: for nobody's eyes but their own."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Visibility
from .renditions import Rendition
from .resources import Resource


def openable(*, officer: bool):
    """The resources whose page this reader may open, those that are out of date too."""
    published = Resource.objects.published()
    return published if officer else published.filter(visibility=Visibility.PUBLIC)


class OwnQuerySet(models.QuerySet):
    def of(self, user, *, officer: bool):
        """This person's, the newest first, as far as they may open the resource today; what has been merged into another
        resource stays, its page leads to the other."""
        open_now = models.Q(resource__in=openable(officer=officer))
        open_now |= models.Q(resource__merged_into__isnull=False)
        return self.filter(open_now, user=user).select_related("resource").order_by("-at", "-pk")


class Bookmark(models.Model):
    """A resource that somebody wants to find again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="bookmarks")
    at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource that is kept")
        verbose_name_plural = _("resources that are kept")
        default_permissions = ()  # not a matter of the admin
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="library_bookmark_once_a_person")
        ]

    def __str__(self):
        return f"{self.user_id}: {self.resource_id}"


class ReadingProgress(models.Model):
    """The page at which somebody stopped; of several files of a resource, the one read last."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="progress")
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()  # from 1, as the reader counts
    at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a resource")
        verbose_name_plural = _("places in resources")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="library_progress_once_a_person"),
            models.CheckConstraint(condition=models.Q(page__gte=1), name="library_progress_from_page_one"),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.resource_id}, {self.page}"

    def get_absolute_url(self):
        """The reader, opened at this page. After a merge the file belongs to another resource."""
        resource = reverse("library:resource", args=[self.rendition.resource_id])
        return f"{resource}/doc/{self.rendition_id}/?trang={self.page}"
