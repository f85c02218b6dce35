"""sitemap.xml: the pages, and what other rooms register."""

from django.contrib.sitemaps import Sitemap

from wagtail.contrib.sitemaps import Sitemap as PageSitemap

_sections: dict[str, type[Sitemap]] = {"pages": PageSitemap}


def register(name: str, sitemap: type[Sitemap]) -> None:
    """Add the plain models of a room ("resources", ResourceSitemap); called in its AppConfig.ready."""
    _sections[name] = sitemap


def sections() -> dict[str, type[Sitemap]]:
    return dict(_sections)
