"""Every type of page, once: the one list that the browser tests walk."""

import json
import re
from urllib.parse import urlencode
from urllib.request import urlopen

from .content import EVENT, EVERY_BLOCK, TO_READ

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
    "shelf list": "/thu-vien/tu-sach/",
    "shelf": "/thu-vien/tu-sach/tap-doc-nhung-chu-dau-tien/",
    "learning path list": "/thu-vien/lo-trinh/",
    "learning path": "/thu-vien/lo-trinh/doc-truyen-tranh-tu-de-den-dai/",
    "my list": "/thu-vien/cua-toi/",
    "document list": "/van-ban/",
    "open data": "/du-lieu-mo/",
    "interface for programs": "/du-lieu-mo/giao-dien/",
    "criteria list": "/mo-hinh-hoc-tap/",
    "honour roll": "/vinh-danh/",
    "check of papers": "/giay/",
    "figures of the titles": "/so-lieu/",
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
# Ways of reading: the form of a file of the resource TO_READ, and what is asked of its reader.
READ = {
    "reader, PDF": ("PDF", ""),
    "reader, PDF as text": ("PDF", "?trang=2&xem=chu"),
    "reader, PDF closer": ("PDF", "?trang=2&rong=1600"),
    "reader, search in a PDF": ("PDF", "?trang=1&tim=khuyen+hoc"),
    "reader, EPUB": ("EPUB", ""),
    "reader, web page": ("Trang web", ""),
    "reader, picture": ("Ảnh", ""),
    "reader, audio": ("Âm thanh", ""),
    "reader, video": ("Phim, video", ""),
}
PAPER = "paper of a title"
PAGE_TYPES = [*FIXED, *FOUND, PAPER, "resource to read here", *READ]


def address(site: str, page_type: str) -> str:
    """The full address of a page of that type on the site at `site` ("http://127.0.0.1:8000")."""
    if page_type in FIXED:
        return site + FIXED[page_type]
    if page_type in FOUND:
        return site + _first(site, FOUND[page_type])
    if page_type == PAPER:
        return site + _within(site + FIXED["honour roll"], r"/giay/\d[^\"]+")
    resource = site + _first(site, "resource", TO_READ)
    return _reader(resource, *READ[page_type]) if page_type in READ else resource


def _reader(resource: str, form: str, query: str) -> str:
    """The reader of its file of that form, the number of which the download button beside it tells."""
    number = _within(resource, rf'/tep/(\d+)\?tai=1"[^>]*>(?:(?!</a>).)*\({form}, ')
    return f"{resource}/doc/{number}/{query}"


def _within(page: str, pattern: str) -> str:
    """What the pattern, or its group, finds first in the page."""
    with urlopen(page) as answer:
        match = re.search(pattern, answer.read().decode(), re.S)
    return match[match.re.groups]


def _first(site: str, kind: str, words: str = "học") -> str:
    query = urlencode({"q": words, "kind": kind})
    with urlopen(f"{site}/api/v1/search/?{query}") as answer:
        return json.load(answer)["results"][0]["url"]
