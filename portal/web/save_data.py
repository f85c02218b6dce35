"""Readers who asked their browser to save data get pages without the web font (templates/base.html)."""

from django.utils.cache import patch_vary_headers


class SaveDataMiddleware:
    """Tells shared caches that a page differs by the Save-Data header."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Save-Data",))
        return response
