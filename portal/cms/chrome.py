"""What stands around every page: who runs the site, the menus, an urgent notice, the other languages."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.models import Page, Site

from . import frame
from .models import AlertBanner, Navigation, SiteDetails


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    url: str
    active: bool = False
    children: tuple["MenuItem", ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A language in which the page that is shown exists; `code` is BCP 47."""

    code: str
    title: str
    url: str
    active: bool


class Chrome:
    """`chrome` in every template, made from the frame that the process keeps: nothing is read but translations."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def details(self) -> SiteDetails:
        return SiteDetails.of(self.request)

    @cached_property
    def saves_data(self) -> bool:
        """Did the reader ask the browser to save data?"""
        return self.request.headers.get("Save-Data", "").lower() == "on"

    @cached_property
    def alert(self) -> AlertBanner | None:
        return frame.of(self.request).alert_at(timezone.now())

    @cached_property
    def menu(self) -> list[MenuItem]:
        return self._items(self.navigation.menu)

    @cached_property
    def footer(self) -> list[MenuItem]:
        return self._items(self.navigation.footer)

    @cached_property
    def languages(self) -> list[Language]:
        """The published translations of the page; empty when it stands in one language only."""
        page = getattr(self.request, "current_page", None)
        if page is None or page.translation_key not in frame.of(self.request).translated:
            return []
        names = dict(settings.LANGUAGES)
        found = Page.objects.filter(translation_key=page.translation_key).live().select_related("locale")
        return [
            Language(code, names.get(code, code), each.get_url(self.request), each.pk == page.pk)
            for each in sorted(found, key=lambda each: each.locale_id)
            if (code := each.locale.language_code)
        ]

    @cached_property
    def navigation(self) -> Navigation:
        return getattr(self.site, "navigation", None) or Navigation(site=self.site)

    def _items(self, stream) -> list[MenuItem]:
        items = [item for row in stream.raw_data if (item := self._item(row["value"]))]
        here = max(map(self._reach, items), default=0)
        return [replace(item, active=0 < here == self._reach(item)) for item in items]

    def _item(self, link: dict) -> MenuItem | None:
        """None when the page of the link is gone or not published."""
        page = frame.of(self.request).menu_pages.get(link["page"]) if link.get("page") else None
        url = page.get_url(self.request) if page else link.get("address")
        if not url:
            return None
        rows = [child.get("value", child) for child in link.get("children") or ()]
        children = tuple(item for row in rows if (item := self._item(row)))
        return MenuItem(link["title"], url, self._is_here(url), children)

    def _reach(self, item: MenuItem) -> int:
        """How much of the address that is shown this item or one below it covers; 0 when one is elsewhere.

        Only the item that reaches furthest is marked: /huong-dan/dang-ky/ may stand below an item, beside /huong-dan/.
        """
        return max((len(each.url) for each in (item, *item.children) if each.active), default=0)

    def _is_here(self, url: str) -> bool:
        return self.request.path == url or (len(url) > 1 and self.request.path.startswith(url))
