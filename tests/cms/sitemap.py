"""The map of the site as a search engine reads it."""

from xml.etree import ElementTree

NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(response) -> list[tuple[str, str | None]]:
    """(address, lastmod) in an index or a part."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(response.content)
    return [(each.findtext(f"{NAMES}loc"), each.findtext(f"{NAMES}lastmod")) for each in root]


def addresses_of_the_site(client) -> list[str]:
    parts = [address for address, _changed in entries(client.get("/sitemap.xml"))]
    return [address for part in parts for address, _changed in entries(client.get(part))]
