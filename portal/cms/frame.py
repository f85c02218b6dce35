"""The frame of every page - sites, their details and menus, urgent notices, languages - kept in each process.

It changes a few times a month and would cost six queries a page. `FrameStamp` changes in the transaction that changes
any part of it, so one small query tells a process whether what it keeps still holds; nothing is ever stale.
"""

import copy
import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.signals import post_delete, post_save
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from wagtail.models import Locale, Page, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.places.models import Place

from .models import AlertBanner, FrameStamp, Navigation, SiteDetails


@dataclass(frozen=True, slots=True)
class Frame:
    """`root_paths`: Wagtail's own list of where each site begins. `menu_pages`: the live pages that menus point to,
    by id. `translated`: the translation keys of pages that stand in more than one language. Shared by all requests of
    a process: nobody may change what is in it."""

    stamp: uuid.UUID | None
    sites: list[Site]
    root_paths: list
    alerts: list[AlertBanner]
    menu_pages: dict[int, Page]
    translated: frozenset[uuid.UUID]

    def site_for(self, host: str, port: str) -> Site | None:
        """As Wagtail finds it: this name and port, else the only site of this name, else the default site."""
        named = [site for site in self.sites if site.hostname == host]
        exact = [site for site in named if str(site.port) == port]
        default = [site for site in self.sites if site.is_default_site]
        return next(iter(exact or (named if len(named) == 1 else default)), None)

    def alert_at(self, moment: datetime.datetime) -> AlertBanner | None:
        """The newest notice that is shown at `moment`."""
        return next((alert for alert in self.alerts if alert.is_shown_at(moment)), None)


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


def _load(stamp: uuid.UUID | None) -> Frame:
    parts = ("root_page", "sitedetails__area", "navigation")
    sites = list(Site.objects.select_related(*parts).order_by("pk"))
    for site in sites:
        site.root_page.specific  # noqa: B018  kept on the page
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
    site = copy.copy(request.frame.site_for(host, request.get_port()))
    if site is not None:
        # A page remembers things of its request: each request gets a home page of its own.
        site._state = copy.copy(site._state)
        site._state.fields_cache = site._state.fields_cache | {"root_page": _own(site.root_page)}
    return site


def _own(page: Page) -> Page:
    own = copy.copy(page)
    own.__dict__["specific"] = copy.copy(page.specific)
    return own


PARTS = (Site, SiteDetails, Navigation, AlertBanner, Locale, Place)


def _renew(**kwargs):
    FrameStamp.renew()


def _renew_for_page(instance, **kwargs):
    if isinstance(instance, Page):
        FrameStamp.renew()


def connect() -> None:
    """Called once the models stand (CmsConfig.ready)."""
    for signal in (post_save, post_delete):
        for model in PARTS:
            signal.connect(_renew, sender=model, dispatch_uid=f"cms-frame-{model._meta.label}")
        signal.connect(_renew_for_page, dispatch_uid="cms-frame-page")
    for signal in (page_slug_changed, page_unpublished, post_page_move):
        signal.connect(_renew, dispatch_uid="cms-frame-moved")
