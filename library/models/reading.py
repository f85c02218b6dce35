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
    """The page at which somebody stopped, or the second of a recording; of several files of a resource, the one read or
    played last."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="progress")
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField(null=True)  # from 1, as the reader counts
    second = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a resource")
        verbose_name_plural = _("places in resources")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="library_progress_once_a_person"),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, page__gte=1, second__isnull=True)
                | models.Q(page__isnull=True, second__isnull=False, second__gte=1),
                name="library_progress_a_page_or_a_second",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.resource_id}, {self.place}"

    def get_absolute_url(self):
        """The reader, opened at this page or second. After a merge the file belongs to another resource."""
        address = reverse("library:read", args=[self.rendition.resource_id, self.rendition_id])
        return f"{address}?trang={self.page}" if self.page else address  # a player goes on by itself

    @property
    def clock(self) -> str:
        """ "2:05", "1:02:05" for a place in a recording, "" for a page."""
        if self.second is None:
            return ""
        minutes, seconds = divmod(self.second, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def place(self) -> int | str:
        return self.page or self.clock
