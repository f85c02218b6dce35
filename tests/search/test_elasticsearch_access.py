"""Elasticsearch behind TLS and an API key, and the next version of the server."""

import base64

import pytest

from portal.search.drain import attempt, run_once
from portal.search.engine import EngineUnavailable
from portal.search.engines import named
from portal.search.query import search
from portal.search.rebuild import compare, rebuild
from tests.services import elasticsearch, tls_proxy
from tests.services.machine import Missing
from tests.services.plugin import indices_of_their_own

pytestmark = pytest.mark.once
KEY = base64.b64encode(b"portal:secret").decode()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    try:
        return tls_proxy.certificate(tmp_path_factory.mktemp("tls"))
    except Missing as reason:
        pytest.skip(f"NOT TESTED: Elasticsearch behind TLS - {reason}")


@pytest.fixture
def behind_tls(on_elasticsearch, settings, certificate):
    with tls_proxy.running(settings.ELASTICSEARCH_URL, KEY, *certificate) as url:
        settings.ELASTICSEARCH_URL = url
        settings.ELASTICSEARCH_API_KEY = KEY
        settings.ELASTICSEARCH_CA_FILE = str(certificate[0])
        yield settings


def test_with_key_and_certificate_everything_works(behind_tls, shelf):
    shelf.put("Ngô")
    run_once()
    results = search("ngo", engine="elasticsearch")
    assert ([hit.title for hit in results.hits], results.reduced) == (["Ngô"], False)
    assert not compare(named("elasticsearch"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELASTICSEARCH_API_KEY", ""),
        ("ELASTICSEARCH_API_KEY", base64.b64encode(b"portal:wrong").decode()),
        ("ELASTICSEARCH_CA_FILE", ""),  # the authorities of the machine know nothing of this certificate
    ],
)
def test_a_wrong_key_or_an_unknown_certificate_is_refused(behind_tls, shelf, name, value):
    setattr(behind_tls, name, value)
    shelf.put("Ngô")
    assert attempt() is None
    with pytest.raises(EngineUnavailable):
        search("ngo", engine="elasticsearch")
    results = search("ngo")
    assert ([hit.title for hit in results.hits], results.reduced) == (["Ngô"], True)


@pytest.fixture
def on_next_version(settings, monkeypatch):
    try:
        with elasticsearch.own(elasticsearch.NEXT_VERSION) as server:
            yield from indices_of_their_own(settings, monkeypatch, server.url)
    except Missing as reason:
        pytest.skip(f"NOT TESTED: Elasticsearch {elasticsearch.NEXT_VERSION} - {reason}")


def test_the_next_version_of_the_server_does_the_same(on_next_version, shelf):
    shelf.put("Kỹ thuật trồng ngô", facets={"subject": ("crops",)}, persons=("Nông Văn Tuấn",))
    shelf.put("Bài ca trồng ngô", kind="song")
    shelf.put("Học tập", audience="officer")
    run_once()
    shelf.put("Bài ca trồng lúa", 2, kind="song")
    run_once()
    results = search('"trong ngo" ky t', facets={"subject": ["crops"]}, sort="newest", engine="elasticsearch")
    assert [hit.title for hit in results.hits] == ["Kỹ thuật trồng ngô"]
    assert {one.value: one.count for one in results.facets["subject"]} == {"crops": 1}
    assert search("hoc tap", engine="elasticsearch").count == 0
    shelf.take(1)
    rebuild(named("elasticsearch"))
    run_once()
    assert [hit.title for hit in search("", engine="elasticsearch").hits] == ["Bài ca trồng lúa"]
    assert not compare(named("elasticsearch"))
