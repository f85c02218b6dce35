"""A cache that keeps what Wagtail itself needs at every request, and nothing of ours: the pages are drawn anew."""

from django.core.cache.backends.locmem import LocMemCache

from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY


class WagtailOnlyCache(LocMemCache):
    def set(self, key, value, *args, **options):
        if key == SITE_ROOT_PATHS_CACHE_KEY:
            super().set(key, value, *args, **options)
