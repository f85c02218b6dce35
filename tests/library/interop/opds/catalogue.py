"""Addresses below /opds and /opds/v2, which are the same, and numbers of the sample library."""

from library.models import Resource

NAVIGATION_FEEDS = ["", "/chu-de", "/chu-de/nong-nghiep", "/the-loai", "/ngon-ngu", "/tu-sach", "/lo-trinh"]
LISTS = [
    "/hoc-lieu",
    "/hoc-lieu?sort=newest",
    "/hoc-lieu?q=ngo",
    "/hoc-lieu?form=book&subject=suc-khoe",
    "/crawlable",
]
NOTHING = "/hoc-lieu?q=khong-co-gi-nhu-vay"


def number(title: str) -> int:
    return Resource.objects.get(title=title).pk
