"""Pages for when something is wrong, and the two addresses that a monitor asks.

The error pages are rendered without a request, so no context processor runs: they come up with the database down.
"""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import health

RETRY_AFTER_SECONDS = 30
FOR_PROGRAMS = {
    400: _("The address or what was sent with it could not be read."),
    403: _("This is not open to you."),
    404: _("There is nothing at this address."),
    500: _("Something went wrong on our side. Please try again later."),
    503: _("The database does not answer just now. Please try again in half a minute."),
}

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is only the database that does not answer. Called inside Django's `except`."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = _error_page(request, 503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return _error_page(request, 500)


def _error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The address alone decides language and form: the visitor's session would need the database."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        if request.path_info.startswith("/api/"):
            return JsonResponse({"detail": str(FOR_PROGRAMS[status])}, status=status)
        page = render_to_string(f"errors/{status}.html")
    return HttpResponse(page, status=status)


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when all that a page needs is there, else 503. The reasons go to the log, not to strangers."""
    results = {}
    for name, check in health.CHECKS.items():
        try:
            check()
        except health.UNREADY as error:
            logger.warning("not ready: %s: %s", name, error)
            results[name] = "failed"
        else:
            results[name] = "ok"
    return JsonResponse(results, status=503 if "failed" in results.values() else 200)
