from django.db import models, transaction

from portal.accounts.permissions import is_officer
from portal.search.outbox import changed

from ..enums import Visibility


class IndexedQuerySet(models.QuerySet):
    """A queryset whose bulk writes reach the search index as surely as a save does."""

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            changed(self.model.search_prefix, [each.pk for each in created])
        return created

    def update(self, **values):  # bulk_update() ends here too
        with transaction.atomic(using=self.db):
            # Taken before the change: the change may well be what this queryset filters on.
            ids = list(self.order_by().values_list("pk", flat=True))
            updated = super().update(**values)
            changed(self.model.search_prefix, ids)
        return updated

    update.alters_data = True


class ResourceQuerySet(IndexedQuerySet):
    def published(self):
        """Everything that has not been withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def public(self):
        """What everybody may see, signed in or not: sitemaps, the home page, feeds."""
        return self.published().filter(visibility=Visibility.PUBLIC)

    def visible_to(self, user):
        """What this person may read; the one door for lists, pages, exports and programs."""
        return self.readable(officer=is_officer(user))

    def readable(self, *, officer: bool):
        """As `visible_to`, for who has asked already what the reader is."""
        return self.published() if officer else self.public()
