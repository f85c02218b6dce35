"""OPDS 2.0, clause by clause (https://specs.opds.io/opds-2.0)."""

import json
from urllib.parse import quote

import pytest

from tests.factories.library import ResourceFactory

from .catalogue import LISTS, NAVIGATION_FEEDS, NOTHING, number
from .schemas import assert_valid_feed, assert_valid_publication

pytestmark = pytest.mark.django_db

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


def links(data, relation):
    return [each for each in data["links"] if each.get("rel") == relation]


def blanks(data, where=""):
    """The places of blank values."""
    if data in (None, "", [], {}):
        return [where]
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for name, value in inside for found in blanks(value, f"{where}/{name}")]


def test_1_1_every_feed_is_valid_has_a_title_its_own_address_and_the_media_type(client, pages):
    for path in (*NAVIGATION_FEEDS, *LISTS, NOTHING):
        response = client.get(f"/opds/v2{path}")
        assert response.headers["Content-Type"] == FEED
        feed = assert_valid_feed(response.content)
        assert feed["metadata"]["title"]
        assert links(feed, "self")[0]["href"] == f"http://testserver/opds/v2{path}"
        assert {"navigation", "publications", "groups"} & set(feed), path


def test_1_2_and_5_2_no_feed_holds_a_blank_value(opds2, pages):
    for path in (*NAVIGATION_FEEDS, *LISTS, NOTHING):
        assert blanks(opds2(path)) == [], path


def test_1_1_where_nothing_is_found_the_feed_leads_back_to_the_start(opds2, library):
    feed = opds2(NOTHING)
    assert feed["metadata"]["numberOfItems"] == 0
    assert [each["href"] for each in feed["navigation"]] == ["http://testserver/opds/v2"]


def test_2_1_each_link_of_a_navigation_has_a_title_and_leads_to_a_feed(opds2, client, pages):
    for path in NAVIGATION_FEEDS:
        for link in opds2(path)["navigation"]:
            assert link["title"]
            assert link["rel"]
            assert client.get(link["href"]).headers["Content-Type"] == link["type"] == FEED


def test_2_1_the_tree_of_subjects_says_how_many_are_below(opds2, library):
    top = {each["title"]: each for each in opds2("/chu-de")["navigation"]}
    assert {title: each["properties"]["numberOfItems"] for title, each in top.items()} == {
        "Nông nghiệp": 2,
        "Sức khỏe": 2,
    }
    below = opds2(top["Nông nghiệp"]["href"])["navigation"]
    assert [(each["title"], each["properties"]["numberOfItems"]) for each in below] == [
        ("Tất cả về “Nông nghiệp”", 2),
        ("Chăn nuôi", 1),
    ]
    assert len(opds2(top["Sức khỏe"]["href"])["publications"]) == 2


def test_2_2_and_5_1_a_publication_has_its_own_address_type_and_a_way_to_have_it(opds2, client, library):
    for publication in opds2("/hoc-lieu")["publications"]:
        (own,) = links(publication, "self")
        assert own["type"] == PUBLICATION
        response = client.get(own["href"])
        assert response.headers["Content-Type"] == PUBLICATION
        alone = assert_valid_publication(response.content)
        assert alone["metadata"] == publication["metadata"]
        assert links(alone, "start")[0]["href"] == "http://testserver/opds/v2"
        assert any(
            each["rel"].startswith("http://opds-spec.org/acquisition") for each in publication["links"]
        )


def test_2_3_every_publication_has_a_picture_in_a_format_of_the_list(opds2, client, library):
    found = {each["metadata"]["title"]: each["images"] for each in opds2("/hoc-lieu")["publications"]}
    assert [each["type"] for each in found["Kỹ thuật trồng ngô"]] == ["image/jpeg", "image/webp"]
    assert [each["type"] for each in found["Nuôi bò mùa rét"]] == ["image/png"]
    for image in found["Kỹ thuật trồng ngô"]:
        assert client.get(image["href"]).headers["Content-Type"] == image["type"]


def test_2_4_each_group_of_facets_has_a_title_two_links_and_says_which_is_active(opds2, library):
    for path in LISTS[:-1]:
        for group in opds2(path)["facets"]:
            assert group["metadata"]["title"]
            assert len(group["links"]) >= 2, group
            assert [each["title"] for each in group["links"] if each.get("rel") == "self"], group
    kinds = next(each for each in opds2("/hoc-lieu")["facets"] if each["metadata"]["title"] == "Loại")
    for link in kinds["links"][1:]:
        assert opds2(link["href"])["metadata"]["numberOfItems"] == link["properties"]["numberOfItems"]


def test_2_5_the_groups_of_the_root_hold_publications_and_lead_to_all_of_them(opds2, library):
    groups = opds2("")["groups"]
    assert [each["metadata"]["title"] for each in groups] == ["Mới vào thư viện", "Được đọc nhiều nhất"]
    for group in groups:
        whole = opds2(links(group, "self")[0]["href"])
        assert group["metadata"]["numberOfItems"] == whole["metadata"]["numberOfItems"] == 4
        assert "navigation" not in group
        assert group["publications"] == whole["publications"][: len(group["publications"])]


def test_3_search_is_a_template_with_query(opds2, library):
    for path in ("", "/hoc-lieu", "/crawlable"):
        (search,) = links(opds2(path), "search")
        assert search["templated"] is True
        assert search["type"] == FEED
    assert search["href"].endswith("{?query}")
    found = opds2(search["href"].replace("{?query}", f"?query={quote('nuoi bo')}"))
    assert [each["metadata"]["title"] for each in found["publications"]] == ["Nuôi bò mùa rét"]


def test_4_pages_say_where_they_stand(opds2, indexed, monkeypatch):
    monkeypatch.setattr("library.domain.opds.lists.PER_PAGE", 2)
    ResourceFactory.create_batch(5)
    indexed()
    address, seen = "/hoc-lieu", []
    for page in (1, 2, 3):
        feed = opds2(address)
        counts = [feed["metadata"][name] for name in ("numberOfItems", "itemsPerPage", "currentPage")]
        assert counts == [5, 2, page]
        assert links(feed, "first")[0]["href"] == "http://testserver/opds/v2/hoc-lieu"
        assert links(feed, "last")[0]["href"].endswith("?page=3")
        assert bool(links(feed, "previous")) == (page > 1)
        seen += [each["metadata"]["identifier"] for each in feed["publications"]]
        if page < 3:
            address = links(feed, "next")[0]["href"]
    assert links(feed, "next") == []
    assert len(set(seen)) == len(seen) == 5


def test_5_2_metadata_are_those_of_the_readium_manifest(opds2, library):
    metadata = opds2(f"/hoc-lieu/{number('Kỹ thuật trồng ngô')}")["metadata"]
    assert metadata.pop("modified").endswith("Z")
    assert metadata.pop("identifier") == f"http://localhost:8000/r/{number('Kỹ thuật trồng ngô')}"
    subjects = metadata.pop("subject")
    assert [(each["name"], each.get("code")) for each in subjects] == [
        ("Nông nghiệp", "nong-nghiep"),
        ("Sách", "book"),
        ("bắp", None),
    ]
    assert metadata == {
        "@type": "http://schema.org/Book",
        "altIdentifier": ["urn:isbn:9780306406157"],
        "title": "Kỹ thuật trồng ngô",
        "published": "2019-01-01",
        "language": ["vi"],
        "author": [{"name": "Lò Văn Mẫu"}, {"name": "Nông Thị Mẫu"}],
        "publisher": {"name": "Nhà xuất bản Mẫu"},
        "description": "Tóm tắt của một học liệu mẫu.\n\nSách · 120 trang · Người lớn\n\n"
        "Đã kiểm tra bởi Trạm Khuyến nông Mẫu ngày 04/05/2026.",
        "rights": "CC BY 4.0 · Trung tâm Mẫu",
        "numberOfPages": 120,
    }


def test_5_3_open_access_only_where_nothing_is_asked_of_the_reader(opds2, indexed):
    ResourceFactory(title="Trang web", link="https://vi-du.example/bai")
    ResourceFactory(title="Tệp", link="https://vi-du.example/khac.epub")
    indexed()
    found = {
        each["metadata"]["title"]: [
            (link["rel"], link["type"]) for link in each["links"] if "acquisition" in link["rel"]
        ]
        for each in opds2("/hoc-lieu")["publications"]
    }
    assert found == {
        "Trang web": [("http://opds-spec.org/acquisition", "text/html")],
        "Tệp": [(OPEN_ACCESS, "application/epub+zip")],
    }


def test_the_two_versions_lead_to_each_other_and_hold_the_same(opds2, atom, library):
    for path in ("", "/chu-de", "/hoc-lieu", "/hoc-lieu?form=book&sort=title", "/crawlable"):
        one, two = atom(path), opds2(path)
        assert one.link("alternate") == links(two, "self")[0]["href"]
        assert links(two, "alternate")[0]["href"] == one.link("self")
        listed = [each["metadata"]["title"] for each in two.get("publications", [])]
        listed += [each["title"] for each in two.get("navigation", [])]
        assert listed == one.titles


def test_letters_are_written_as_they_are(client, library):
    assert "Kỹ thuật trồng ngô" in client.get("/opds/v2/hoc-lieu").content.decode()
    assert json.loads(client.get("/opds/v2/hoc-lieu").content)
