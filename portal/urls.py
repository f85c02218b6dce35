"""The roof: every address of the portal. Addresses are Vietnamese without accents and never change."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from portal.cms.routing import serve
from portal.cms.views import upload

urlpatterns = [
    path("", include("portal.web.urls")),
    path("", include("portal.cms.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
    path("api/v1/", include("portal.api_urls")),
    path("can-bo/", include("portal.accounts.urls")),
    path("", include("library.interop_urls")),
]

urlpatterns += i18n_patterns(
    path("", include("library.urls")),
    path("", include("campaigns.urls")),
    path("", include("recognition.urls")),
    path("", include("home.urls")),
    # Wagtail's own pattern takes addresses with a slash at the end only: the feeds of a section have none.
    re_path(r"^((?:[\w-]+/)*(?:rss|atom)\.xml)$", serve),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "portal.web.views.bad_request"
handler403 = "portal.web.views.permission_denied"
handler404 = "portal.web.views.page_not_found"
handler500 = "portal.web.views.server_error"

if settings.MEDIA_URL.startswith("/"):
    # A small site sends its own uploads (django.conf.urls.static does so in DEBUG only); a front server may take over.
    uploads = f"{settings.MEDIA_URL.lstrip('/')}<path:path>"
    urlpatterns = [path(uploads, upload)] + urlpatterns
