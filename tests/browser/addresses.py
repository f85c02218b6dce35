"""Every type of page, once: the one list that the browser tests walk."""

import json
from urllib.parse import urlencode
from urllib.request import urlopen

from .content import EVENT, EVERY_BLOCK

FIXED = {
    "home": "/",
    "news list": "/tin-tuc/",
    "event list": "/su-kien/",
    "event": f"/su-kien/{EVENT}/",
    "section": "/huong-dan/",
    "page with every block": f"/{EVERY_BLOCK}/",
    "library list": "/thu-vien/",
    "library list with words": "/thu-vien/?q=hoc+tap",
    "library list without hits": "/thu-vien/?q=qqqqzzzz",
    "document list": "/van-ban/",
    "criteria list": "/mo-hinh-hoc-tap/",
    "honour roll": "/vinh-danh/",
    "search, empty": "/tim-kiem/",
    "search with results": "/tim-kiem/?q=hoc+tap",
    "search without results": "/tim-kiem/?q=qqqqzzzz",
    "contact": "/lien-he/",
    "ask the library": "/thu-vien/hoi/?q=hoc+tap",
    "sign-in": "/can-bo/dang-nhap/",
    "no such page": "/khong-co-trang-nay/",
}
# Pages with a number or a slug of their own: the first that the search finds of each kind.
FOUND = {"article": "news", "resource": "resource", "document": "document", "criteria set": "criteria"}
PAGE_TYPES = [*FIXED, *FOUND]


def address(site: str, page_type: str) -> str:
    """The full address of a page of that type on the site at `site` ("http://127.0.0.1:8000")."""
    if page_type in FIXED:
        return site + FIXED[page_type]
    return site + _first(site, FOUND[page_type])


def _first(site: str, kind: str) -> str:
    query = urlencode({"q": "học", "kind": kind})
    with urlopen(f"{site}/api/v1/search/?{query}") as answer:
        return json.load(answer)["results"][0]["url"]
