"""The frame of every page - sites, their details and menus, urgent notices, languages, the branches of the tree and
what of it is private - kept in each process.

It changes a few times a day at most and would cost ten queries a page. `FrameStamp` changes in the transaction that
changes any part of it, so one small query tells a process whether what it keeps still holds; nothing is ever stale.
"""

import datetime
import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Model, Q
from django.db.models.base import ModelState
from django.db.models.signals import post_delete, post_save
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.places.models import Place

from .models import AlertBanner, FrameStamp, Navigation, SiteDetails


@dataclass(frozen=True, slots=True)
class Frame:
    """`root_paths`: Wagtail's own list of where each site begins. `menu_pages`: the live pages that menus point to,
    by id. `translated`: the translation keys of pages that stand in more than one language. `languages`: the codes of the
    locales, by id. `branches`: the home pages and all pages that have others below them, as specific pages by `url_path`, published or not. `private`: the paths
    of the pages that not everybody may read, nor what is below them. Shared by all requests of a process: nobody may
    change what is in it; `own` gives a page that a request may work with."""

    stamp: uuid.UUID | str | None
    sites: list[Site]
    root_paths: list
    alerts: list[AlertBanner]
    menu_pages: dict[int, Page]
    translated: frozenset[uuid.UUID]
    languages: dict[int, str]
    branches: dict[str, Page]
    private: tuple[str, ...]
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    def site_for(self, host: str, port: str) -> Site | None:
        """As Wagtail finds it: this name and port, else the only site of this name, else the default site."""
        named = [site for site in self.sites if site.hostname == host]
        exact = [site for site in named if str(site.port) == port]
        default = [site for site in self.sites if site.is_default_site]
        return next(iter(exact or (named if len(named) == 1 else default)), None)

    def alert_at(self, moment: datetime.datetime) -> AlertBanner | None:
        """The newest notice that is shown at `moment`."""
        return next((alert for alert in self.alerts if alert.is_shown_at(moment)), None)

    def locale(self, language: str) -> int | None:
        """The id of the locale with this code."""
        return next((pk for pk, code in self.languages.items() if code == language), None)

    def is_private(self, page: Page) -> bool:
        return page.path.startswith(self.private)

    def public(self, pages: PageQuerySet) -> PageQuerySet:
        """Those of `pages` that everybody may read; as `querysets.public`, with nothing asked where nothing is private."""
        for path in self.private:
            pages = pages.exclude(path__startswith=path)
        return pages

    def keep(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gave for `key` when it was first asked for. It may be made of the frame, of pages, and of
        models that `follow` names: then it holds as long as the frame does. Nobody may change it."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


_kept: Frame | None = None


def current() -> Frame:
    """The frame as it is in the database now."""
    global _kept
    stamp = FrameStamp.read()
    kept = _kept
    if kept is None or kept.stamp != stamp:
        # Read after the stamp: it can only be newer than its stamp says, and is then read once more.
        kept = _load(stamp)
        _kept = kept if stamp else None
    return kept


def of(request) -> Frame:
    """The frame of this request, read once; also of one that has not come through the middleware."""
    if not hasattr(request, "frame"):
        request.frame = current()
    return request.frame


def address(request, url_path: str) -> str:
    """The address of the page at `url_path`, as its `get_url`: that of the branch above it is worked out once."""
    kept, (above, _slash, slug) = of(request), url_path.rstrip("/").rpartition("/")
    branch, site = kept.branches.get(f"{above}/"), Site.find_for_request(request)
    start = kept.keep(("address", site and site.pk, above), lambda: branch and branch.get_url(request))
    return f"{start}{slug}/" if start else Page(url_path=url_path).get_url(request) or ""


def _load(stamp: uuid.UUID | str | None) -> Frame:
    parts = ("root_page", "sitedetails__area", "navigation")
    sites = list(Site.objects.select_related(*parts).order_by("pk"))
    homes = [site.root_page.translation_key for site in sites]
    branches = Page.objects.filter(Q(numchild__gt=0) | Q(translation_key__in=homes)).specific()
    wanted = {pk for site in sites if (menus := getattr(site, "navigation", None)) for pk in menus.page_ids()}
    keys = (
        Page.objects.live()
        .order_by()
        .values("translation_key")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    return Frame(
        stamp=stamp,
        sites=sites,
        root_paths=Site.get_site_root_paths(),
        alerts=list(AlertBanner.objects.order_by("-starts_at", "-pk")),
        menu_pages=Page.objects.live().select_related("locale").in_bulk(wanted),
        translated=frozenset(keys.values_list("translation_key", flat=True)),
        languages=dict(Locale.objects.values_list("pk", "language_code")),
        branches={page.url_path: page for page in branches},
        private=tuple(PageViewRestriction.objects.values_list("page__path", flat=True)),
    )


class SiteMiddleware:
    """Gives the request its frame and its site, read when first asked for.

    Wagtail finds `_wagtail_site` and `_wagtail_cached_site_root_paths` there and leaves out its own look-ups.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.frame = SimpleLazyObject(current)
        request._wagtail_site = SimpleLazyObject(lambda: _site_of(request))
        request._wagtail_cached_site_root_paths = SimpleLazyObject(lambda: request.frame.root_paths)
        return self.get_response(request)


def _site_of(request) -> Site | None:
    host, _port = split_domain_port(request._get_raw_host())  # without the check of ALLOWED_HOSTS, as Wagtail
    site = request.frame.site_for(host, request.get_port())
    if site is None:
        return None
    own_site = own(site)
    own_site._state.fields_cache["root_page"] = own(site.root_page)
    return own_site


def own(kept: Model) -> Model:
    """A copy for one request. What a row comes to remember there is not shared: neither related rows nor the blocks of
    a stream, with the pictures in them."""
    row = kept.__class__.__new__(kept.__class__)
    row.__dict__ = kept.__dict__ | {"_state": ModelState()}
    row._state.db, row._state.adding = kept._state.db, False
    row._state.fields_cache = kept._state.fields_cache.copy()
    for name, value in kept.__dict__.items():
        if isinstance(value, StreamValue):
            row.__dict__[name] = StreamValue(value.stream_block, list(value.raw_data), is_lazy=True)
    return row


PARTS = (Site, SiteDetails, Navigation, AlertBanner, Locale, Place, PageViewRestriction)


def _renew(**kwargs):
    FrameStamp.renew()


def _renew_for_page(instance, **kwargs):
    if isinstance(instance, Page):
        FrameStamp.renew()


def follow(*models: type[Model]) -> None:
    """The frame changes with every row of `models` that is saved or deleted. Called once the models stand."""
    for signal in (post_save, post_delete):
        for model in models:
            signal.connect(_renew, sender=model, dispatch_uid=f"cms-frame-{model._meta.label}")


def connect() -> None:
    """Called once the models stand (CmsConfig.ready)."""
    follow(*PARTS)
    for signal in (post_save, post_delete):
        signal.connect(_renew_for_page, dispatch_uid="cms-frame-page")
    for signal in (page_slug_changed, page_unpublished, post_page_move):
        signal.connect(_renew, dispatch_uid="cms-frame-moved")
