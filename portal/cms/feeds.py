"""RSS and Atom of a section: an index page that inherits FeedMixin has rss.xml and atom.xml below its address."""

from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.models import Page

from .querysets import public

LENGTH = 30


class SectionFeed(Feed):
    """The newest pages of a section; made anew for each request from the page it belongs to."""

    def __init__(self, section, feed_type):
        self.section = section
        self.feed_type = feed_type

    def title(self):
        return self.section.title

    def link(self):
        return self.section.full_url

    def feed_url(self):
        return self.link() + ("atom.xml" if self.feed_type is Atom1Feed else "rss.xml")

    def description(self):
        return self.section.summary or self.section.title

    subtitle = description

    def items(self):
        return self.section.feed_items()[:LENGTH]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return item.full_url

    def item_guid(self, item):
        return f"urn:uuid:{item.translation_key}"  # stays when the address changes

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return item.first_published_at

    def item_updateddate(self, item):
        return item.last_published_at


class FeedMixin(RoutablePageMixin):
    """Goes before BasePage in the bases of an index page."""

    def feed_items(self) -> Iterable[Page]:
        """What the feed holds, newest first, as a queryset: published public pages with a summary."""
        below = public(self.get_descendants().live()).order_by("-first_published_at", "-pk")
        return below.select_related("locale").specific()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"section_url": context["breadcrumbs"][-1][1]}

    @path("")
    def index_route(self, request):
        """The page itself, with the cache headers that BasePage.serve gives; the mixin's own would leave them out."""
        return super().serve(request)

    # Wagtail adds a slash to what it looks up here; the address of a feed has none (portal/urls.py).
    @re_path(r"^rss\.xml/?$", name="rss")
    def rss(self, request):
        return SectionFeed(self, Rss201rev2Feed)(request)

    @re_path(r"^atom\.xml/?$", name="atom")
    def atom(self, request):
        return SectionFeed(self, Atom1Feed)(request)
