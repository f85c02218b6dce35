"""A server that has too much to do at the moment is asked again, after a pause."""

from contextlib import nullcontext

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError

from portal.search.engine import EngineUnavailable
from portal.search.engines import elasticsearch_writer
from portal.search.engines.elasticsearch_writer import PAUSES, ElasticsearchWriter

NODE = NodeConfig("http", "localhost", 9200)
DONE = {"errors": False}
ITEM_REFUSED = {
    "errors": True,
    "items": [{"delete": {"_id": "book:1", "status": 429, "error": {"reason": "Data too large"}}}],
}


def busy():
    return ApiError("Data too large", ApiResponseMeta(429, "1.1", HttpHeaders(), 0.1, NODE), {})


class Server:
    """Gives its answers one after the other, and raises those that are errors."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def asking(self, seconds):
        return nullcontext(self)

    def bulk(self, **request):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def waits(monkeypatch):
    times = []
    monkeypatch.setattr(elasticsearch_writer, "sleep", times.append)
    return times


@pytest.mark.parametrize("answer", [busy(), ITEM_REFUSED], ids=["the request", "one entry"])
def test_a_busy_server_is_given_time(waits, answer):
    server = Server(answer, answer, DONE)
    ElasticsearchWriter(server, "portal").delete(["book:1"])
    assert (server.answers, waits) == ([], list(PAUSES[:2]))


def test_a_server_that_stays_busy_is_out_of_reach_for_now(waits):
    with pytest.raises(EngineUnavailable, match="Data too large"):
        ElasticsearchWriter(Server(*[ITEM_REFUSED] * (len(PAUSES) + 1)), "portal").delete(["book:1"])
    with pytest.raises(ApiError):  # which the connection translates
        ElasticsearchWriter(Server(*[busy()] * (len(PAUSES) + 1)), "portal").delete(["book:1"])
    assert waits == [*PAUSES, *PAUSES]


def test_nobody_waits_for_a_server_that_refuses_for_good(waits):
    refused = ApiError("no key", ApiResponseMeta(401, "1.1", HttpHeaders(), 0.1, NODE), {})
    with pytest.raises(ApiError):
        ElasticsearchWriter(Server(refused), "portal").delete(["book:1"])
    assert waits == []
