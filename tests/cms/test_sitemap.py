"""The sitemap: every address once, whatever gaps the keys have, and the last part as cheap as the first."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.cms import sitemaps
from tests.cms.sitemap import addresses_of_the_site, entries
from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return HomePageFactory()


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(sitemaps, "KEYS", 3)


@pytest.fixture
def resources():
    """Keys with gaps: at the edge of a part, within one, and a whole part long."""
    made = [ResourceFactory(pk=pk) for pk in (30_001, 30_002, 30_003, 30_005, 30_006, 30_014, 30_029)]
    ResourceFactory(pk=30_004, withdrawn=True)
    ResourceFactory(pk=30_010, officers_only=True)
    return made


def parts_of(client, section):
    found = [each for each in entries(client.get("/sitemap.xml")) if f"/sitemap-{section}-" in each[0]]
    return dict(found)


def test_every_address_stands_exactly_once_across_the_parts(client, small_parts, resources):
    documents = [OfficialDocumentFactory() for _ in range(4)]
    addresses = addresses_of_the_site(client)
    expected = [f"http://testserver{each.get_absolute_url()}" for each in (*resources, *documents)]
    assert [each for each in addresses if "/r/" in each or "/van-ban/" in each] == expected
    assert len(addresses) == len(set(addresses))


def test_no_part_holds_more_than_the_limit_and_none_is_empty(client, small_parts, resources):
    sizes = [len(entries(client.get(part))) for part in parts_of(client, "resources")]
    assert sizes == [2, 2, 1, 1, 1]


def test_a_new_row_moves_no_other_to_another_part(client, small_parts, resources):
    part = list(parts_of(client, "resources"))[1]
    before = client.get(part).content
    ResourceFactory(pk=30_000)
    ResourceFactory(pk=30_020)
    assert client.get(part).content == before


def test_the_index_says_when_each_part_last_changed(client, small_parts, resources):
    for part, changed in parts_of(client, "resources").items():
        assert changed == max(each for _address, each in entries(client.get(part)))


def test_each_address_says_when_it_changed(client, resources):
    (part,) = parts_of(client, "resources")
    assert entries(client.get(part))[0][1] == resources[0].updated_at.isoformat()


def test_pages_say_when_they_were_published(client):
    page = StandardPageFactory()
    (part,) = parts_of(client, "pages")
    assert (page.full_url, page.last_published_at.isoformat()) in entries(client.get(part))


def test_the_last_part_costs_as_many_queries_as_the_first(client, small_parts, resources):
    parts = list(parts_of(client, "resources"))
    client.get(parts[0])
    costs = []
    for part in (parts[0], parts[-1]):
        with CaptureQueriesContext(connection) as asked:
            client.get(part)
        costs.append([each["sql"] for each in asked.captured_queries if "library_resource" in each["sql"]])
    assert [len(cost) for cost in costs] == [1, 1]
    assert not any("OFFSET" in sql for cost in costs for sql in cost)


def test_the_index_asks_one_question_a_section_and_remembers_the_answer(client, small_parts, resources):
    with CaptureQueriesContext(connection) as asked:
        client.get("/sitemap.xml")
    assert sum("library_resource" in each["sql"] for each in asked.captured_queries) == 1
    with CaptureQueriesContext(connection) as asked:
        client.get("/sitemap.xml")
    assert not any("library_resource" in each["sql"] for each in asked.captured_queries)


def test_who_has_a_part_already_is_told_that_it_has_not_changed(client, resources):
    (part,) = parts_of(client, "resources")
    stamp = client.get(part)["Last-Modified"]
    assert client.get(part, headers={"if-modified-since": stamp}).status_code == 304


@pytest.mark.parametrize("name", ["resources-999999999", "resources-x", "nothing-0", "resources-9999999999"])
def test_a_part_that_is_not_there_is_not_found(client, resources, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_million_rows_are_a_hundred_parts_within_the_bounds_of_the_protocol():
    longest = sitemaps.part_xml([("https://" + "x" * 2000, None)] * sitemaps.KEYS)
    assert sitemaps.KEYS <= 50_000
    assert len(longest) < 50 * 1024 * 1024
    assert 1_000_000 / sitemaps.KEYS <= 50_000


def test_an_address_is_escaped():
    assert b"<loc>https://a.example/?a&amp;b</loc>" in sitemaps.part_xml([("https://a.example/?a&b", None)])
