"""robots.txt, sitemap.xml, and the files that people uploaded."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from . import sitemaps
from .models.media import RECORDINGS_FOLDER

# All that has been looked at and may be shown to everybody. What Wagtail keeps until its description is written
# (wagtail_uploads) still says where a photo was taken; documents have a view of their own.
SHOWN = ("images", "original_images", "avatar_images", RECORDINGS_FOLDER)


AN_HOUR = 60 * 60  # s


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the index of all parts."""
    parts = [
        (request.build_absolute_uri(reverse("sitemap_part", args=[name, number])), changed)
        for name, number, changed in sitemaps.index(request)
    ]
    return _sitemap(sitemaps.index_xml(parts), parts)


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def sitemap_part(request: HttpRequest, section: str, number: str) -> HttpResponse:
    """`/sitemap-resources-12.xml`."""
    if section not in sitemaps.sections():
        raise Http404
    addresses = sitemaps.sections()[section].part(int(number), request)
    if not addresses:
        raise Http404
    return _sitemap(sitemaps.part_xml(addresses), addresses)


def _sitemap(content: bytes, addresses: list[sitemaps.Address]) -> HttpResponse:
    response = HttpResponse(content, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    if changed := sitemaps.latest(addresses):
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


class RobotsView(TemplateView):
    template_name = "cms/robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        address = self.request.build_absolute_uri(reverse("sitemap"))
        return super().get_context_data(sitemap=address, **kwargs)


robots = cache_control(public=True, max_age=AN_HOUR)(RobotsView.as_view())


def upload(request, path):
    """A picture or a recording, for a small site without a web server before it."""
    if posixpath.normpath(path).lstrip("/").partition("/")[0] not in SHOWN:
        raise Http404
    return static.serve(request, path, document_root=settings.MEDIA_ROOT)
