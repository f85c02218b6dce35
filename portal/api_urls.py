"""/api/v1/: read-only JSON for programs."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.search.api_urls")),
]
