from django.db import models

from portal.accounts.permissions import is_officer
from portal.search.outbox import changed

from ..enums import Visibility


class IndexedQuerySet(models.QuerySet):
    """A queryset whose bulk writes reach the search index as surely as a save does."""

    def bulk_create(self, objs, *args, **kwargs):
        created = super().bulk_create(objs, *args, **kwargs)
        self._tell_index([each.pk for each in created])
        return created

    def bulk_update(self, objs, *args, **kwargs):
        objs = list(objs)
        updated = super().bulk_update(objs, *args, **kwargs)
        self._tell_index([each.pk for each in objs])
        return updated

    def update(self, **values):
        # Taken before the change: the change may well be what this queryset filters on.
        ids = list(self.order_by().values_list("pk", flat=True))
        updated = super().update(**values)
        self._tell_index(ids)
        return updated

    def _tell_index(self, ids):
        changed(self.model.search_prefix, [str(each) for each in ids])


class ResourceQuerySet(IndexedQuerySet):
    def published(self):
        """Everything that has not been withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def public(self):
        """What everybody may see, signed in or not: sitemaps, the home page, feeds."""
        return self.published().filter(visibility=Visibility.PUBLIC)

    def visible_to(self, user):
        """What this person may read; the one door for lists, pages, exports and programs."""
        return self.published() if is_officer(user) else self.public()
