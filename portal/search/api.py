"""Search for programs: GET /api/v1/search/?q=&kind=&page= finds what the public may see, and
/api/v1/search/suggest/?q= tells what somebody who is still typing may want."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.web.api import PublicView, answers

from .query import DEEPEST, PER_PAGE, PageRefused, Results, search, suggest
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


class HitSerializer(serializers.Serializer):
    key = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class SearchSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    results = HitSerializer(many=True)
    facets = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text=gettext_lazy("How many results each value of each facet has."),
    )
    suggestion = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("What was meant, when a word looks misspelt.")
    )
    relaxed = serializers.BooleanField(
        help_text=gettext_lazy("Nothing has all words: these have some of them.")
    )


class OfferSerializer(serializers.Serializer):
    kind = serializers.ChoiceField([each.value for each in OfferKind])
    label = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    url = serializers.CharField(allow_null=True)


class OffersSerializer(serializers.Serializer):
    suggestions = OfferSerializer(many=True)
    status = serializers.CharField()


class SearchView(PublicView):
    @extend_schema(
        operation_id="search",
        summary=gettext_lazy("What the public may see, best first"),
        parameters=[
            OpenApiParameter("q", str, description=gettext_lazy("What to look for; empty: everything.")),
            OpenApiParameter(
                "kind",
                str,
                many=True,
                description=gettext_lazy("Only these kinds: resource, document, news, ..."),
            ),
            OpenApiParameter(
                "page",
                {"type": "integer", "minimum": 1, "maximum": DEEPEST // PER_PAGE},
                description=gettext_lazy("From 1; 20 results a page."),
            ),
        ],
        responses=answers(SearchSerializer),
    )
    def get(self, request: Request) -> Response:
        try:
            results = search(
                request.query_params.get("q", ""),
                kinds=request.query_params.getlist("kind"),
                page=page_number(request.query_params.get("page", "1")),
                with_picks=True,
            )
        except PageRefused as refused:
            raise ValidationError(str(refused)) from refused
        return Response(as_json(results))


class SuggestView(PublicView):
    """The same for everybody, so that any cache may keep it for a minute."""

    throttle_classes = []  # the search box of our own pages asks at every letter

    @extend_schema(
        operation_id="suggest",
        summary=gettext_lazy("What somebody who is still typing may want"),
        parameters=[OpenApiParameter("q", str, description=gettext_lazy("What was typed so far."))],
        responses=answers(OffersSerializer),
    )
    def get(self, request: Request) -> Response:
        labels = {OfferKind.TITLE: "", OfferKind.SUBJECT: _("Subject"), OfferKind.PERSON: _("Creator")}
        offers = suggest(request.query_params.get("q", ""))
        return Response(
            {
                "suggestions": [
                    {
                        "kind": offer.kind,
                        "label": labels[offer.kind],
                        "text": offer.text,
                        "url": offer.url or None,
                    }
                    for offer in offers
                ],
                "status": _told(len(offers)),
            }
        )


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
