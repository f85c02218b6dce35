"""Search for programs: GET /api/v1/search/?q=&kind=&page= finds what the public may see, and
/api/v1/search/suggest/?q= tells what somebody who is still typing may want."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .query import PageRefused, Results, search, suggest
from .suggesting import OfferKind


def as_json(results: Results) -> dict:
    """The answer of the API, as plain data."""
    return {
        "count": results.count,
        "results": [
            {"key": hit.key, "kind": hit.kind, "title": hit.title, "url": hit.url}
            for hit in (*results.picks, *results.hits)
        ],
        "facets": {name: {one.value: one.count for one in values} for name, values in results.facets.items()},
        "suggestion": results.suggestion,
        "relaxed": results.relaxed,
    }


def page_number(text: str) -> int:
    """ "3" -> 3. Raises PageRefused for what is no number."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise PageRefused(_("The page must be a whole number."))
    return int(text)


@extend_schema(
    parameters=[
        OpenApiParameter("q", str, description="What to look for; empty: everything."),
        OpenApiParameter(
            "kind", str, many=True, description="Only these kinds: resource, document, news, ..."
        ),
        OpenApiParameter("page", int, description="From 1; 20 results a page."),
    ],
    responses={200: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT},
)
@api_view(["GET"])
def search_view(request: Request) -> Response:
    try:
        results = search(
            request.query_params.get("q", ""),
            kinds=request.query_params.getlist("kind"),
            page=page_number(request.query_params.get("page", "1")),
            with_picks=True,
        )
    except PageRefused as refused:
        return Response({"detail": str(refused)}, status=400)
    return Response(as_json(results))


@extend_schema(
    parameters=[OpenApiParameter("q", str, description="What was typed so far.")],
    responses={200: OpenApiTypes.OBJECT},
)
@api_view(["GET"])
def suggest_view(request: Request) -> Response:
    """The same for everybody, so that any cache may keep it for a minute."""
    labels = {OfferKind.TITLE: "", OfferKind.SUBJECT: _("Subject"), OfferKind.PERSON: _("Creator")}
    offers = suggest(request.query_params.get("q", ""))
    answer = {
        "suggestions": [
            {"kind": offer.kind, "label": labels[offer.kind], "text": offer.text, "url": offer.url or None}
            for offer in offers
        ],
        "status": _told(len(offers)),
    }
    response = Response(answer)
    patch_cache_control(response, public=True, max_age=60)
    return response


def _told(number: int) -> str:
    """For readers who do not see the list."""
    if not number:
        return _("No suggestions.")
    return (
        ngettext(
            "%d suggestion. Use the arrow keys to choose.",
            "%d suggestions. Use the arrow keys to choose.",
            number,
        )
        % number
    )
