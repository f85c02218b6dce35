"""The description of the API is exact: generated requests, right and wrong ones, get nothing that it does not tell."""

import re
from html import unescape

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.search.drain import run_once
from tests.factories.home import HomePageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db

DESCRIPTION = "/api/v1/openapi.json"
EXAMPLES = 15  # of each operation, right ones and as many wrong ones
OPERATIONS = [
    "/api/v1/",
    "/api/v1/resources/",
    "/api/v1/resources/{id}/",
    "/api/v1/subjects/",
    "/api/v1/subjects/{slug}/",
    "/api/v1/documents/",
    "/api/v1/documents/{id}/",
    "/api/v1/search/",
    "/api/v1/search/suggest/",
]
PLAIN = {"Accept-Encoding": "identity"}  # the client of these tests unpacks nothing
load_all_checks()
WHAT_MUST_HOLD = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "positive_data_acceptance",
    ]
)


@pytest.fixture
def content(settings):
    """Of every kind, so that answers have something in them."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    subject = SubjectFactory()
    ResourceFactory(
        title="Trồng ngô", subjects=[subject, SubjectFactory(parent=subject)], creators=["Mẫu"], tags=["ngô"]
    )
    ResourceFactory(level="", year=2019, other_languages=["tyz"], licence="CC-BY-4.0", age_from=3)
    OfficialDocumentFactory()
    OfficialDocumentFactory(replaced=True, issue_date=None, number="")
    run_once()


@pytest.fixture
def described(content):
    """A request must not close the connection of the test; Django's own client keeps it open in the same way."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())
    for signal in signals:
        signal.connect(close_old_connections)


def generated(operation, mode: GenerationMode) -> int:
    """Asks what hypothesis makes of `operation`, always the same; returns how many requests it was."""
    asked = 0

    @given(case=operation.as_strategy(generation_mode=mode))
    @how(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        nonlocal asked
        asked += 1
        case.validate_response(case.call(headers=PLAIN), checks=WHAT_MUST_HOLD)

    ask()
    return asked


@pytest.mark.parametrize("path", OPERATIONS)
def test_right_requests_are_answered_as_described(described, path):
    assert generated(described[path]["GET"], GenerationMode.POSITIVE)


@pytest.mark.parametrize(
    "path", [each for each in OPERATIONS if each.endswith(("resources/", "documents/", "search/"))]
)
def test_wrong_requests_are_refused_as_described(described, path):
    assert generated(described[path]["GET"], GenerationMode.NEGATIVE)


def test_every_operation_is_tried(described):
    assert sorted(described) == sorted(OPERATIONS)


def test_the_description_is_the_same_as_yaml(client):
    response = client.get("/api/v1/openapi.yaml")
    assert response["Content-Type"] == "application/vnd.oai.openapi"
    assert yaml.safe_load(response.content) == client.get(DESCRIPTION).json()


def test_the_description_speaks_vietnamese(client):
    summary = client.get(DESCRIPTION).json()["paths"]["/api/v1/resources/"]["get"]["summary"]
    assert summary == "Học liệu, theo thứ tự số hiệu"


def test_the_description_may_be_read_from_other_sites_and_kept(client):
    response = client.get(DESCRIPTION)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=3600"


def test_people_read_the_same_without_any_script(client):
    HomePageFactory()
    html = unescape(client.get("/du-lieu-mo/giao-dien/").content.decode())
    for path, methods in client.get(DESCRIPTION).json()["paths"].items():
        assert path in html
        for parameter in methods["get"].get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in html
            assert set(parameter["schema"].get("enum", ())) <= set(re.split(r"[\s,<>]+", html)) | {"in force"}
    assert "/api/v1/openapi.json" in html
    assert not re.search(r'<script[^>]+src="(?:https?:)?//', html)
