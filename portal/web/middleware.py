"""What every request passes: a guard against malformed addresses, and the security headers."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .views import bad_request

MAX_QUERY_STRING = 8 * 1024
UNDECODED_BYTE = re.compile("%[89A-Fa-f][0-9A-Fa-f]")


def policy_header(policy: Mapping[str, Sequence[str]]) -> str:
    """{"img-src": ["'self'", "data:"]} -> "img-src 'self' data:", the form of Django 6's SECURE_CSP."""
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())


class ContentSecurityPolicyMiddleware:
    """Content-Security-Policy and its sisters. A view that sets a stricter policy of its own keeps it.

    To be replaced by django.middleware.csp when the portal runs on Django 6.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.public = policy_header(settings.SECURE_CSP)
        self.admin = policy_header(settings.SECURE_CSP_ADMIN)
        self.permissions = ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_DENIED)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = self.admin if request.path_info.startswith("/admin/") else self.public
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", self.permissions)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class OtherSitesMiddleware:
    """Lets scripts of every other site read what is there for programs, without cookies: nothing of it depends on who asks.

    Also an answer that says "not changed", for which a script that brings a tag of its own waits (Fetch, 4.10).
    """

    HEADERS = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Link",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    BEFOREHAND = {
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Range",
        "Access-Control-Max-Age": "86400",
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(settings.OPEN_TO_OTHER_SITES):
            told = self.HEADERS | self.BEFOREHAND if request.method == "OPTIONS" else self.HEADERS
            for name, value in told.items():
                response.headers[name] = value
        return response


class RequestGuardMiddleware:
    """Refuses with a 400 page what no browser sends by itself and no view should have to think of."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_STRING or _malformed_path(request.path_info) or _malformed_query(query):
            return bad_request(request)
        return self.get_response(request)


def _malformed_path(path: str) -> bool:
    """Django leaves the bytes of a path that are no UTF-8 percent-encoded."""
    return "\x00" in path or UNDECODED_BYTE.search(path) is not None


def _malformed_query(query: str) -> bool:
    raw = unquote_to_bytes(query.encode("latin-1", "ignore"))
    try:
        return "\x00" in raw.decode()
    except UnicodeDecodeError:
        return True
