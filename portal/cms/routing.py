"""From an address to its page, by way of the frame: no query for a branch of the tree, one or two for a leaf.

Wagtail walks down the tree and asks twice on every level. What is no page itself, as the feeds of a section, still
goes its way, from the nearest branch on.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from wagtail import views
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from . import frame
from .frame import Frame, own


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, which finds here that the way is known already."""
    request._wagtail_route_for_request = find(request, path)
    return views.serve(request, path)


def find(request: HttpRequest, path: str) -> RouteResult | None:
    """The page at `path` ("tin-tuc/mot-bai/") below the home page in the language of this request."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    kept = frame.of(request)
    home = _home(kept, site)
    steps = [step for step in path.split("/") if step]
    branches, rest = _branches(kept, home, steps)
    if len(rest) == 1 and (leaf := _leaf(branches[-1], rest[0])):
        page, rest = leaf, []
    else:
        page = own(branches.pop())
    page.trail = branches
    aliases = any(
        each.alias_of_id for each in (*branches, page)
    )  # they share the privacy of what they repeat
    page.is_open = not (aliases or kept.is_private(page))
    try:
        return page.route(request, rest)
    except Http404:
        return None


def _home(kept: Frame, site: Site) -> Page:
    """As Wagtail's `localized`: the home page in the language of the reader if it is published, else that of the site."""
    root = kept.branches[site.root_page.url_path]
    try:
        language = get_supported_content_language_variant(get_language())
    except LookupError:
        return root
    translations = (
        page
        for page in kept.branches.values()
        if page.translation_key == root.translation_key and kept.languages.get(page.locale_id) == language
    )
    localized = next(translations, root)
    return localized if localized.live else root


def _branches(kept: Frame, home: Page, steps: list[str]) -> tuple[list[Page], list[str]]:
    """The branches on the way, from the home page down, and the steps that no branch covers."""
    branches = [home]
    for number, step in enumerate(steps):
        branch = kept.branches.get(f"{branches[-1].url_path}{step}/")
        if branch is None:
            return branches, steps[number:]
        branches.append(branch)
    return branches, []


def _leaf(branch: Page, slug: str) -> Page | None:
    """The page of this name right below `branch`, in one query where only one type of page may stand there."""
    types = branch.specific_class.allowed_subpage_models()
    model = types[0] if len(types) == 1 else Page
    found = model._default_manager.filter(slug=slug, url_path=f"{branch.url_path}{slug}/").order_by()
    return next((page.specific for page in found[:1]), None)
