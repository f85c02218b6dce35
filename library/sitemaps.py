from django.contrib.sitemaps import Sitemap

from .models import OfficialDocument, Resource


class ResourceSitemap(Sitemap):
    """Everything that everybody may read."""

    limit = 10_000

    def items(self):
        return Resource.objects.public().order_by("pk").only("pk", "updated_at")

    def lastmod(self, resource):
        return resource.updated_at


class OfficialDocumentSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return OfficialDocument.objects.order_by("pk").only("pk", "updated_at")

    def lastmod(self, document):
        return document.updated_at
