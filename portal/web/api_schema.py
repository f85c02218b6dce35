"""The description of the API (OpenAPI 3), made once for each language."""

import json
from functools import cache

import yaml
from drf_spectacular.generators import SchemaGenerator

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

AN_HOUR = 60 * 60  # s
MEDIA_TYPES = {"json": "application/vnd.oai.openapi+json", "yaml": "application/vnd.oai.openapi"}


def public_api_only(endpoints: list[tuple]) -> list[tuple]:
    """drf-spectacular's preprocessing hook: each endpoint begins with its path. Wagtail's admin API is not ours."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def description() -> dict:
    """In the language of the request."""
    return json.loads(_written(get_language()))


@cache
def _written(language: str) -> str:
    return json.dumps(
        SchemaGenerator().get_schema(request=None, public=True), ensure_ascii=False, default=str
    )


@require_safe
def api_description(request: HttpRequest, ending: str) -> HttpResponse:
    """`/api/v1/openapi.json` and `.yaml`."""
    written = _written(get_language())
    if ending == "yaml":
        written = yaml.safe_dump(json.loads(written), allow_unicode=True, sort_keys=False)
    response = HttpResponse(written, content_type=MEDIA_TYPES[ending])
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response
