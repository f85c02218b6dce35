"""OPDS 1.2, clause by clause but for its entries (https://specs.opds.io/opds-1.2)."""

import pytest

from library.models import LearningPath, Resource, Shelf
from tests.factories.library import ResourceFactory

from .catalogue import LISTS, NAVIGATION_FEEDS, NOTHING, number
from .conftest import NAMESPACES
from .schemas import assert_valid_atom, assert_valid_search_description

pytestmark = pytest.mark.django_db

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
ACQUISITION_FEEDS = [*LISTS, NOTHING]


def test_1_4_every_feed_and_entry_is_valid_against_the_relax_ng_schema(atom, pages):
    for path in (*NAVIGATION_FEEDS, *ACQUISITION_FEEDS):
        assert_valid_atom(atom(path).response.content)
    assert_valid_atom(atom(f"/tu-sach/{Shelf.objects.get().pk}").response.content)
    assert_valid_atom(atom(atom("/lo-trinh").all("atom:entry/atom:link/@href")[0]).response.content)
    for resource in Resource.objects.all():
        assert_valid_atom(atom(f"/hoc-lieu/{resource.pk}").response.content)


def test_1_4_what_xml_cannot_hold_does_not_break_a_feed(atom, indexed):
    ResourceFactory(
        title="Tên có ký tự lạ \x0b & <thẻ>", abstract="Dòng \x1f lạ", link="https://x.example/a b|ô.pdf"
    )
    indexed()
    feed = atom("/hoc-lieu")
    assert_valid_atom(feed.response.content)
    assert feed.all("atom:entry/atom:link/@href")[0] == "https://x.example/a%20b%7C%C3%B4.pdf"


def test_2_1_every_feed_leads_to_the_one_root_and_to_itself(atom, library):
    for path in (*NAVIGATION_FEEDS, *ACQUISITION_FEEDS):
        feed = atom(path)
        assert feed.link("start") == "http://testserver/opds"
        assert feed.link("self") == f"http://testserver/opds{path}"
    assert atom(feed.link("start")).link("self") == feed.link("start")


def test_2_all_that_atom_requires_of_a_feed_is_there(atom, library):
    for path in (*NAVIGATION_FEEDS, *ACQUISITION_FEEDS):
        feed = atom(path)
        for element in ("id", "title", "updated", "author/atom:name"):
            assert feed.all(f"string(atom:{element})"), (path, element)
        for entry in feed.all("atom:entry"):
            for element in ("id", "title", "updated"):
                assert entry.xpath(f"string(atom:{element})", namespaces=NAMESPACES)
        ids = feed.all("atom:entry/atom:id/text()")
        assert len(set(ids)) == len(ids)


def test_2_2_a_navigation_feed_holds_no_publications_and_leads_to_feeds_of_exact_types(atom, pages):
    for path in NAVIGATION_FEEDS:
        feed = atom(path)
        assert feed.response.headers["Content-Type"] == NAVIGATION
        assert not feed.all("//atom:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]")
        links = feed.all("atom:entry/atom:link")
        assert links, path
        for link in links:
            assert atom(link.get("href")).response.headers["Content-Type"] == link.get("type")


def test_2_2_each_feed_but_the_root_has_one_above_it(atom, pages):
    assert atom("").link("up") == ""
    assert atom("/chu-de").link("up") == "http://testserver/opds"
    assert atom("/chu-de/nong-nghiep").link("up") == "http://testserver/opds/chu-de"
    assert atom("/chu-de/chan-nuoi").link("up") == "http://testserver/opds/chu-de/nong-nghiep"
    assert atom(f"/tu-sach/{Shelf.objects.get().pk}").link("up") == "http://testserver/opds/tu-sach"


def test_2_3_an_acquisition_feed_holds_nothing_but_publications(atom, library):
    for path in ACQUISITION_FEEDS:
        feed = atom(path)
        assert feed.response.headers["Content-Type"] == ACQUISITION
        for entry in feed.all("atom:entry"):
            assert entry.xpath(
                "atom:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]", namespaces=NAMESPACES
            )


def test_2_4_a_long_list_leads_to_its_first_previous_next_and_last_page(atom, indexed, monkeypatch):
    monkeypatch.setattr("library.domain.opds.lists.PER_PAGE", 2)
    ResourceFactory.create_batch(5)
    indexed()
    second = atom("/hoc-lieu?sort=title&page=2")
    page = "http://testserver/opds/hoc-lieu?sort=title"
    assert [second.link(each) for each in ("first", "previous", "next", "last")] == [
        page,
        page,
        f"{page}&page=3",
        f"{page}&page=3",
    ]
    first, last = atom(page), atom(f"{page}&page=3")
    assert (first.link("previous"), last.link("next")) == ("", "")
    assert len({*first.titles, *second.titles, *last.titles}) == 5


def test_2_4_a_page_that_is_not_there_is_not_found(client, library):
    for page in ("0", "2", "x", "99999999", "1.5"):
        assert client.get(f"/opds/hoc-lieu?page={page}").status_code == 404, page


def test_3_search_is_described_by_opensearch_with_the_media_type_of_the_catalogue(atom, client, library):
    for path in ("", "/hoc-lieu", "/crawlable"):
        link = atom(path).all("atom:link[@rel='search']")[0]
        assert link.get("type") == "application/opensearchdescription+xml"
    response = client.get(link.get("href"))
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    description = assert_valid_search_description(response.content)
    template = description.xpath(f"string(*[@type='{ACQUISITION}']/@template)")
    assert "{searchTerms}" in template
    found = atom(template.replace("{searchTerms}", "ky+thuat+trong+ngo"))
    assert found.titles == ["Kỹ thuật trồng ngô"]
    assert found.all("string(os:totalResults)") == "1"


def test_3_search_without_accents_with_accents_and_by_creator_finds_the_same(atom, library):
    for words in ("nuoi bo", "Nuôi bò", "NUÔI BÒ MÙA RÉT"):
        assert atom(f"/hoc-lieu?q={words}").titles == ["Nuôi bò mùa rét"]
    assert atom("/hoc-lieu?q=lo van mau").titles == ["Kỹ thuật trồng ngô"]


def test_4_facets_narrow_the_list_and_say_how_many_they_leave(atom, library):
    kinds = atom("/hoc-lieu").facets("Loại")
    counts = {title: link.get(f"{{{NAMESPACES['thr']}}}count") for title, link in kinds.items()}
    assert counts == {"Tất cả": None, "Sách": "2", "Phim, video": "1", "Âm thanh": "1"}
    for title, link in kinds.items():
        assert link.get("type") == ACQUISITION
        assert title == "Tất cả" or str(len(atom(link.get("href")).titles)) == counts[title]


def test_4_facets_stand_in_acquisition_feeds_only(atom, library):
    for path in NAVIGATION_FEEDS:
        assert not atom(path).all("//atom:link[@rel='http://opds-spec.org/facet']")


def test_4_of_a_group_at_most_one_facet_is_active_and_none_says_that_it_is_not(atom, library):
    for path in ("/hoc-lieu", "/hoc-lieu?form=book&form=video&sort=title", "/hoc-lieu?q=ngo&language=vie"):
        feed = atom(path)
        for group in set(feed.all("atom:link/@opds:facetGroup")):
            active = [
                link.get(f"{{{NAMESPACES['opds']}}}activeFacet") for link in feed.facets(group).values()
            ]
            assert [each for each in active if each is not None] == ["true"], group


def test_4_the_counts_of_a_facet_ignore_its_own_choice_and_the_choice_can_be_taken_off(atom, library):
    feed = atom("/hoc-lieu?form=video")
    kinds = feed.facets("Loại")
    assert kinds["Sách"].get(f"{{{NAMESPACES['thr']}}}count") == "2"
    assert len(atom(kinds["Sách"].get("href")).titles) == 2
    assert len(atom(kinds["Tất cả"].get("href")).titles) == 4
    assert feed.facets("Trình độ") == {}


def test_4_no_facet_stands_in_two_groups_of_the_same_name(atom, library):
    feed = atom("/hoc-lieu")
    pairs = [
        (link.get(f"{{{NAMESPACES['opds']}}}facetGroup"), link.get("title"))
        for link in feed.all("atom:link[@rel='http://opds-spec.org/facet']")
    ]
    assert len(set(pairs)) == len(pairs)


def test_6_2_and_6_3_the_root_names_what_is_new_and_what_is_featured(atom, pages, indexed):
    Resource.objects.exclude(title="Taol Hmôngz").update(created_at="2026-01-02T03:04:05Z")
    indexed()
    relations = {link.get("rel"): link.get("href") for link in atom("").all("atom:entry/atom:link")}
    assert atom(relations["http://opds-spec.org/sort/new"]).titles[0] == "Taol Hmôngz"
    assert atom(relations["http://opds-spec.org/featured"]).titles == [
        "Nuôi bò mùa rét",
        "Kỹ thuật trồng ngô",
    ]
    assert relations["subsection"]


def test_6_2_the_popular_feed_begins_with_what_is_used_most(atom, library, indexed):
    Resource.objects.filter(title="Nuôi bò mùa rét").update(uses=7)
    indexed()
    (popular,) = atom("").all("atom:entry/atom:link[@rel='http://opds-spec.org/sort/popular']/@href")
    assert atom(popular).titles[0] == "Nuôi bò mùa rét"


def test_7_pages_for_people_lead_reading_apps_to_the_catalogue(client, library):
    page = client.get("/thu-vien/").content.decode()
    assert '<link rel="related" type="application/atom+xml;profile=opds-catalog" href="/opds"' in page
    assert "Mở bằng ứng dụng đọc sách" in page
    assert '<code class="address">http://testserver/opds</code>' in page
    pk = number("Kỹ thuật trồng ngô")
    assert f'type="{ENTRY}" href="/opds/hoc-lieu/{pk}"' in client.get(f"/r/{pk}").content.decode()


def test_7_a_shelf_and_a_path_lead_to_their_feeds_a_training_of_officers_to_none(
    client, pages, training, officer
):
    for page, feed in (
        (Shelf.objects.get(), "tu-sach"),
        (LearningPath.objects.get(officers_only=False), "lo-trinh"),
    ):
        link = f'<link rel="alternate" type="application/atom+xml;profile=opds-catalog" href="/opds/{feed}/{page.pk}"'
        assert link in client.get(page.url).content.decode()
    client.force_login(officer)
    assert "/opds/lo-trinh" not in client.get(training.url).content.decode()
    assert client.get(f"/opds/lo-trinh/{training.pk}").status_code == 404


def test_7_the_address_may_be_typed_with_a_slash_at_its_end(client, db):
    for path in ("/opds", "/opds/v2"):
        assert client.get(f"{path}/").headers["Location"] == path


def test_7_a_page_of_what_cannot_be_had_names_no_entry(client, db):
    paper = ResourceFactory()
    paper.renditions.all().delete()
    assert ENTRY not in client.get(f"/r/{paper.pk}").content.decode()


def test_7_3_answers_may_be_kept_are_compressed_and_asked_again_cheaply(client, library):
    first = client.get("/opds/hoc-lieu", headers={"accept-encoding": "gzip"})
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get("/opds/hoc-lieu", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
