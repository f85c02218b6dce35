"""The manners of /api/v1/: open to programs of every site, errors in one shape, no more than a connection may ask."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable, NotFound, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView, exception_handler

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .client_address import client_address
from .visitors.rate_limit import RateLimit

KEPT = 60  # s that any cache may answer
A_MINUTE = 60  # s


class ProblemSerializer(serializers.Serializer):
    """What every error says."""

    detail = serializers.CharField(help_text=gettext_lazy("What is wrong, in a sentence."))


PROBLEMS = {
    400: gettext_lazy("A parameter is unknown, stands there twice, or has a value that is not allowed."),
    404: gettext_lazy("There is nothing at this address."),
    405: gettext_lazy("This can only be read: GET or HEAD."),
    406: gettext_lazy("The answer cannot be had in the form that the header Accept asks for."),
    429: gettext_lazy("Too many requests from one connection; the header Retry-After says when to go on."),
    503: gettext_lazy(
        "The database does not answer just now; the header Retry-After says when to ask again."
    ),
}


def answers(content: Any, *problems: int) -> dict[int, OpenApiResponse]:
    """What an operation may answer, for its description: `content`, one of `problems`, or what all may."""
    told = {200: content, 304: OpenApiResponse(description=gettext_lazy("It has not changed."))}
    for status in sorted({*problems, 400, 405, 406, 429, 503}):
        told[status] = OpenApiResponse(ProblemSerializer, description=PROBLEMS[status])
    return told


class ConnectionThrottle(BaseThrottle):
    """settings.API_REQUESTS_A_MINUTE for each connection, whoever stands behind it."""

    def allow_request(self, request, view):
        self.limit = RateLimit("api", settings.API_REQUESTS_A_MINUTE, A_MINUTE)
        self.address = client_address(request)
        return self.limit.allows(self.address)

    def wait(self):
        return self.limit.seconds_left(self.address)


class PublicView(APIView):
    """Read by everybody, who knows no person: nothing can be read in anybody's name (`OtherSitesMiddleware`)."""

    throttle_classes = [ConnectionThrottle]
    http_method_names = ["get", "head", "options"]

    def options(self, request: Request, *args, **kwargs) -> Response:
        return Response(status=204)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code < 400:
            patch_cache_control(response, public=True, max_age=KEPT)
        else:
            patch_cache_control(response, no_store=True)
        return response

    def wishes(self, request: Request, shape: type[serializers.Serializer]) -> Mapping[str, Any]:
        """The parameters of the request, read by `shape`. Raises ValidationError with a sentence."""
        for name, values in request.query_params.lists():
            if name not in shape._declared_fields:
                raise ValidationError(_("There is no parameter “%(name)s” here.") % {"name": name})
            if len(values) > 1:
                raise ValidationError(_("The parameter “%(name)s” stands there twice.") % {"name": name})
        wishes = shape(data=request.query_params.dict())
        if not wishes.is_valid():
            raise ValidationError(" ".join(_allowed(name, wishes.fields[name]) for name in wishes.errors))
        return wishes.validated_data


def _allowed(name: str, field: serializers.Field) -> str:
    """What a parameter may be, for who has sent something else."""
    match field:
        case serializers.ChoiceField():
            return _("“%(name)s” is one of: %(values)s.") % {"name": name, "values": ", ".join(field.choices)}
        case serializers.IntegerField():
            bounds = {"name": name, "least": field.min_value, "most": field.max_value}
            return _("“%(name)s” is a whole number from %(least)d to %(most)d.") % bounds
        case serializers.DateTimeField():
            return _("“%(name)s” is a moment such as 2026-11-26T00:00:00Z.") % {"name": name}
    return _("The value of “%(name)s” is not allowed.") % {"name": name}


class UnknownView(PublicView):
    """Whatever else stands below /api/v1/."""

    schema = None

    def get(self, request, *args, **kwargs):
        raise NotFound(_("There is nothing at this address."))


def problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's handler of exceptions: every error is {"detail": a sentence}, the one of its own where the framework has none in
    every language."""
    response = exception_handler(error, context)
    match error:
        case ValidationError():
            response.data = {"detail": " ".join(map(str, error.detail))}
        case MethodNotAllowed() | NotAcceptable() | Throttled():
            response.data = {"detail": PROBLEMS[error.status_code]}
    return response
