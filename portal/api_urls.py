"""/api/v1/: read-only JSON for programs."""

from django.urls import include, path, re_path

from portal.web.api import UnknownView
from portal.web.api_schema import api_description

urlpatterns = [
    path("openapi.json", api_description, {"ending": "json"}, name="api_description"),
    path("openapi.yaml", api_description, {"ending": "yaml"}, name="api_description_yaml"),
    path("", include("portal.search.api_urls")),
    path("", include("library.api.urls")),
    # With a slash at its end, so that an address that only lacks it is sent on.
    re_path(r"^.*/$", UnknownView.as_view()),
]
