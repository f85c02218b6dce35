from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from portal.accounts.permissions import is_officer
from portal.search.outbox import changed

from ..enums import RenditionPurpose, Visibility


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
        """Everything whose page can be read by somebody: neither proposed, nor withdrawn, nor under embargo."""
        today = timezone.localdate()
        return self.filter(
            models.Q(embargo_until=None) | models.Q(embargo_until__lte=today),
            withdrawn_on__isnull=True,
            proposed=False,
        )

    def current(self):
        """What may stand in lists: published, and not out of date."""
        today = timezone.localdate()
        return self.published().filter(models.Q(valid_until=None) | models.Q(valid_until__gte=today))

    def public(self):
        """What everybody may see, signed in or not: sitemaps, the home page, feeds."""
        return self.current().filter(visibility=Visibility.PUBLIC)

    def visible_to(self, user):
        """What this person may find; the one door for lists, exports and programs."""
        return self.readable(officer=is_officer(user))

    def readable(self, *, officer: bool):
        """As `visible_to`, for who has asked already what the reader is."""
        return self.current() if officer else self.public()

    def obtainable(self):
        """Those that can be had: a file, or a link to where they lie; the others are only described."""
        renditions = self.model._meta.get_field("renditions").related_model.objects.order_by()
        originals = renditions.filter(resource=models.OuterRef("pk"), purpose=RenditionPurpose.ORIGINAL)
        return self.filter(models.Exists(originals))

    def followed(self, ids: Iterable[int]) -> dict:
        """{id: the resource of this queryset to show for it}: that one, or what it was merged into; ids without any are
        left out. Two queries, and those of the queryset's own."""
        ids = list(ids)
        merged = self.model.objects.filter(pk__in=ids, merged_into__isnull=False)
        now = dict(merged.values_list("pk", "merged_into"))
        found = self.in_bulk({now.get(pk, pk) for pk in ids})
        return {pk: found[now.get(pk, pk)] for pk in ids if now.get(pk, pk) in found}

    def for_cards(self):
        """With what a card shows (templates/library/_card.html); a whole resource has forty columns."""
        return self.only("title", "kind", "language", "publisher", "year", "abstract").with_cover()

    def with_cover(self):
        """`cover`: the number of the first rendition that is its cover, None without one."""
        renditions = self.model._meta.get_field("renditions").related_model.objects
        covers = renditions.filter(resource=models.OuterRef("pk"), purpose=RenditionPurpose.COVER)
        return self.annotate(cover=models.Subquery(covers.order_by("sort_order", "pk").values("pk")[:1]))
