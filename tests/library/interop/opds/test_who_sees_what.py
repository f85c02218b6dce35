"""A catalogue is open to everybody, so that it holds what everybody may read, each thing once, at a cost that does not grow."""

import datetime

import pytest

from django.utils import timezone

from library.domain.opds import crawling
from library.domain.opds.addresses import OPDS_1, Addresses
from library.domain.withdrawal import withdraw
from library.enums import Visibility
from library.models import Rendition, Resource
from tests.factories.library import LearningPathFactory, ResourceFactory, ShelfFactory, resource_step

from .conftest import with_cover, with_file
from .schemas import assert_valid_atom, assert_valid_feed

pytestmark = pytest.mark.django_db

LISTS = ("/hoc-lieu", "/hoc-lieu?q=kin", "/hoc-lieu?sort=used", "/crawlable")
HIDDEN = {
    "officers": {"visibility": Visibility.OFFICERS},
    "embargo": {"embargo_until": datetime.date(2999, 1, 1)},
    "outdated": {"valid_until": datetime.date(2020, 1, 1)},
    "proposed": {"proposed": True},
    "withdrawn": {"withdrawn_on": datetime.date(2026, 11, 1), "withdrawn_reason": "Nguồn đã gỡ."},
}


@pytest.fixture
def hidden(indexed):
    """One public resource, and one of each that not everybody may read; all on a shelf and a path too."""
    resources = {name: ResourceFactory(title=f"Kín {name}", **how) for name, how in HIDDEN.items()}
    everything = [ResourceFactory(title="Kín mà công khai"), *resources.values()]
    for each in everything:
        with_file(each)
        with_cover(each)
    ShelfFactory(title="Tủ", picked=everything)
    LearningPathFactory(title="Lộ trình", steps=[resource_step(each) for each in everything])
    LearningPathFactory(title="Tập huấn kín", officers_only=True, steps=[resource_step(everything[0])])
    indexed()
    return resources


def test_what_not_everybody_may_read_stands_in_no_feed_not_even_for_an_officer(
    client, atom, opds2, hidden, officer
):
    shelf, path = (
        atom("/tu-sach").all("atom:entry/atom:link/@href"),
        atom("/lo-trinh").all("atom:entry/atom:link/@href"),
    )
    assert atom("/lo-trinh").titles == ["Lộ trình"]
    client.force_login(officer)
    for address in (*LISTS, *shelf, *path):
        assert atom(address).titles == ["Kín mà công khai"], address
    for address in LISTS:
        assert [each["metadata"]["title"] for each in opds2(address)["publications"]] == ["Kín mà công khai"]
    assert all(len(group["publications"]) == 1 for group in opds2("")["groups"])


def test_no_document_and_no_cover_of_what_is_hidden(client, hidden):
    for name, resource in hidden.items():
        cover = resource.renditions.get(purpose="cover")
        for version in ("opds", "opds/v2"):
            answer = client.get(f"/{version}/hoc-lieu/{resource.pk}")
            assert answer.status_code == (410 if name == "withdrawn" else 404), name
            assert "Kín" not in answer.content.decode()
        picture = client.get(f"/opds/bia/{resource.pk}/{cover.pk}.jpg")
        assert picture.status_code != 200 or name == "outdated", (
            name
        )  # which can still be read at its address


def test_what_the_index_still_holds_but_the_database_hides_is_not_shown(atom, library):
    withdraw(Resource.objects.get(title="Nuôi bò mùa rét"), "Nguồn đã gỡ.")
    assert "Nuôi bò mùa rét" not in atom("/hoc-lieu").titles  # the index has not been told yet


def test_only_covers_are_drawn_as_jpeg(client, library):
    resource = Resource.objects.get(title="Kỹ thuật trồng ngô")
    original = resource.renditions.get(purpose="original")
    assert client.get(f"/opds/bia/{resource.pk}/{original.pk}.jpg").status_code == 404
    cover = resource.renditions.get(purpose="cover")
    assert client.get(f"/opds/bia/{resource.pk + 1}/{cover.pk}.jpg").status_code == 404
    cover.file.storage.delete(cover.file.name)
    assert client.get(f"/opds/bia/{resource.pk}/{cover.pk}.jpg").status_code == 404


def test_a_merged_publication_leads_to_the_one_that_stays(client, library):
    one, other = Resource.objects.order_by("pk")[:2]
    Resource.objects.filter(pk=one.pk).update(
        merged_into=other.pk, withdrawn_on=datetime.date(2026, 11, 1), withdrawn_reason="Trùng."
    )
    response = client.get(f"/opds/v2/hoc-lieu/{one.pk}")
    assert response.headers["Location"] == f"http://testserver/opds/v2/hoc-lieu/{other.pk}"


def test_a_catalogue_is_read_and_never_written(client, library):
    for path in ("/opds", "/opds/v2/hoc-lieu", "/opds/crawlable"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


def test_crawling_to_the_end_finds_every_public_resource_once_newest_change_first(atom, indexed, monkeypatch):
    monkeypatch.setattr("library.domain.opds.crawling.PER_PAGE", 7)
    resources = ResourceFactory.create_batch(25)
    same = timezone.now()
    Resource.objects.filter(pk__in=[each.pk for each in resources[5:20]]).update(updated_at=same)
    ResourceFactory(title="Kín", visibility=Visibility.OFFICERS)
    address, seen, moments = "/crawlable", [], []
    while address:
        feed = atom(address)
        seen += feed.all("atom:entry/atom:id/text()")
        moments += feed.all("atom:entry/atom:updated/text()")
        assert not feed.all("fh:complete")
        address = feed.link("next")
    assert len(set(seen)) == len(seen) == 25
    assert moments == sorted(moments, reverse=True)


def test_what_changes_while_it_is_crawled_is_neither_met_twice_nor_makes_others_be_passed_over(
    atom, indexed, monkeypatch
):
    monkeypatch.setattr("library.domain.opds.crawling.PER_PAGE", 4)
    resources = ResourceFactory.create_batch(12)
    first = atom("/crawlable")
    ResourceFactory(title="Mới thêm")
    resources[11].save()  # on the first page already
    withdraw(resources[6], "Nguồn đã gỡ.")
    seen, address = first.titles, first.link("next")
    while address:
        feed = atom(address)
        seen += feed.titles
        address = feed.link("next")
    assert sorted(seen) == sorted(each.title for each in resources if each != resources[6])
    assert atom("/crawlable").titles[:2] == [resources[11].title, "Mới thêm"]


def test_2_5_a_catalogue_on_one_page_says_that_it_is_complete(atom, library):
    assert atom("/crawlable").all("fh:complete")
    assert atom("/crawlable").entry("Kỹ thuật trồng ngô").find("{*}content") is not None


def test_while_no_index_can_be_asked_titles_are_found_and_the_feeds_stay_valid(atom, opds2, client):
    ResourceFactory(title="Kỹ thuật nuôi ong")
    paper = ResourceFactory(title="Nuôi ong trên giấy")
    paper.renditions.all().delete()
    assert atom("/hoc-lieu?q=nuoi ong").titles == ["Kỹ thuật nuôi ong"]
    for path in ("", "/chu-de", "/the-loai", "/hoc-lieu", "/hoc-lieu?q=nuoi ong"):
        assert_valid_atom(client.get(f"/opds{path}").content)
        assert_valid_feed(client.get(f"/opds/v2{path}").content)
    assert opds2("/hoc-lieu?q=nuoi ong")["metadata"]["subtitle"].startswith("Kết quả rút gọn")


def test_a_torn_key_is_not_found(client, library):
    for key in ("x", "1", "1-", "-1", "123456789012345678-1", "1-9999999999999999999", "²-1"):
        assert client.get("/opds/crawlable", {"after": key}).status_code == 404, key


def test_a_feed_costs_the_same_number_of_queries_however_long_it_is(
    client, indexed, django_assert_max_num_queries
):
    for number in range(12):
        resource = ResourceFactory(creators=["Một", "Hai"], tags=[f"nhãn {number}"])
        with_cover(with_file(resource).resource)
    indexed()
    for path, most in (
        ("/opds/hoc-lieu", 15),
        ("/opds/v2/hoc-lieu", 15),
        ("/opds/crawlable", 10),
        ("/opds/v2", 18),
    ):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)


def test_each_page_of_the_crawlable_feed_asks_the_same_of_the_database(
    db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(crawling, "PER_PAGE", 3)
    ResourceFactory.create_batch(9)
    addresses = Addresses(OPDS_1, lambda path: f"https://thu-vien.example{path}")
    key = None
    for _page in range(3):
        with django_assert_num_queries(7):
            feed = crawling.crawlable(key, addresses)
        assert len(feed.publications) == 3
        key = crawling.read_key(feed.paging.next.partition("after=")[2])


def test_a_date_is_told_only_when_the_index_must_have_heard_of_it(client, library):
    assert "Last-Modified" not in client.get("/opds/hoc-lieu").headers
    day = timezone.now() - datetime.timedelta(days=3)
    Resource.objects.all().update(updated_at=day)
    told = client.get("/opds/hoc-lieu").headers["Last-Modified"]
    assert client.get("/opds/hoc-lieu", headers={"if-modified-since": told}).status_code == 304


def test_a_file_that_is_added_or_taken_away_changes_what_stands_in_the_lists(atom, indexed):
    resource = ResourceFactory(title="Sách")
    resource.renditions.all().delete()
    indexed()
    assert atom("/hoc-lieu").titles == []
    with_file(resource)
    indexed()
    assert atom("/hoc-lieu").titles == ["Sách"]
    Rendition.objects.filter(resource=resource).delete()
    indexed()
    assert atom("/hoc-lieu").all("string(os:totalResults)") == "0"


def test_pages_of_other_sites_may_read_the_catalogue_and_show_its_covers(client, library):
    for path in ("/opds", "/opds/v2"):
        headers = client.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in headers
