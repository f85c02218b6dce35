"""robots.txt, sitemap.xml, and the files that people uploaded."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views import static
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap

from . import sitemaps
from .models.media import RECORDINGS_FOLDER

# All that has been looked at and may be shown to everybody. What Wagtail keeps until its description is written
# (wagtail_uploads) still says where a photo was taken; documents have a view of their own.
SHOWN = ("images", "original_images", "avatar_images", RECORDINGS_FOLDER)


@cache_control(public=True, max_age=3600)
def sitemap(request):
    return wagtail_sitemap(request, sitemaps.sections())


class RobotsView(TemplateView):
    template_name = "cms/robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs):
        address = self.request.build_absolute_uri(reverse("sitemap"))
        return super().get_context_data(sitemap=address, **kwargs)


robots = cache_control(public=True, max_age=3600)(RobotsView.as_view())


def upload(request, path):
    """A picture or a recording, for a small site without a web server before it."""
    if posixpath.normpath(path).lstrip("/").partition("/")[0] not in SHOWN:
        raise Http404
    return static.serve(request, path, document_root=settings.MEDIA_ROOT)
