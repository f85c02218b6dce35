from portal.cms.sitemaps import RowSection

from .models import OfficialDocument, Resource


class ResourceSection(RowSection):
    """Everything that everybody may read."""

    model, url_name = Resource, "library:resource"

    def rows(self, request):
        return Resource.objects.public()


class OfficialDocumentSection(RowSection):
    model, url_name = OfficialDocument, "library:document"
