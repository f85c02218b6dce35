"""`/du-lieu-mo/giao-dien/`: the description of the API for people who write programs, drawn without any script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms import jsonld
from portal.web.api_schema import description

from ..domain.open_data.catalogue import TITLE
from .trail import trail


@dataclass(frozen=True)
class Parameter:
    name: str
    about: str
    kind: str
    values: list[str]


@dataclass(frozen=True)
class Operation:
    path: str
    summary: str
    parameters: list[Parameter]
    answers: list[tuple[str, str]]

    @property
    def is_askable(self) -> bool:
        """Without anything that has to be filled in: the address may be opened as it is."""
        return "{" not in self.path


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    breadcrumbs = trail((TITLE, reverse("library:open_data")), (_("Interface for programs"), ""))
    context = {
        "page_title": _("Interface for programs"),
        "page_description": _("Read the catalogue from a program of your own: no key, no sign-in, JSON."),
        "breadcrumbs": breadcrumbs,
        "json_ld": jsonld.script(jsonld.breadcrumb_list(breadcrumbs, request)),
        "operations": list(_operations(description())),
        "root": request.build_absolute_uri(reverse("api_root")),
    }
    return render(request, "library/api_guide.html", context)


def _operations(described: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for operation in methods.values():
            answers = [(status, each["description"]) for status, each in operation["responses"].items()]
            yield Operation(
                path,
                operation["summary"],
                [_parameter(each) for each in operation.get("parameters", ())],
                [(status, about) for status, about in answers if about],
            )


def _parameter(described: dict[str, Any]) -> Parameter:
    schema = described["schema"]
    kind = schema.get("format") or schema["type"]
    if "minimum" in schema and "maximum" in schema:
        kind = f"{schema['type']}, {schema['minimum']}–{schema['maximum']}"
    # the list of values, which drf-spectacular writes into the text, stands beside it
    about = described.get("description", "").partition("* `")[0].strip()
    return Parameter(described["name"], about, kind, schema.get("enum", []))
