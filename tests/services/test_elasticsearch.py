import uuid

import pytest
from elasticsearch import Elasticsearch

from portal.text import syllables

TITLES = {
    "1": "Gia đình học tập xã Đàm Thủy",
    "2": "Dòng họ học tập",
    "3": "Hộc bàn gỗ",
}


def base(text: str) -> str:
    return " ".join(pair[0] for pair in syllables(text))


@pytest.fixture(scope="module")
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        yield client


@pytest.fixture
def index(client):
    name = f"portal-smoke-{uuid.uuid4().hex}"  # several workers share the server
    fields = {"title": {"type": "text", "analyzer": "whitespace"}}
    client.indices.create(index=name, mappings={"dynamic": "strict", "properties": fields})
    for key, title in TITLES.items():
        client.index(index=name, id=key, document={"title": base(title)})
    client.indices.refresh(index=name)
    yield name
    client.indices.delete(index=name)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoc tap", {"1", "2"}),
        ("HỌC TẬP", {"1", "2"}),
        ("dam thuy", {"1"}),
        ("Đàm Thuỷ", {"1"}),
        ("hôc", {"1", "2", "3"}),
    ],
)
def test_server_finds_the_tokens_of_portal_text(client, index, typed, found):
    answer = client.search(index=index, query={"match": {"title": {"query": base(typed), "operator": "and"}}})
    assert {hit["_id"] for hit in answer["hits"]["hits"]} == found
