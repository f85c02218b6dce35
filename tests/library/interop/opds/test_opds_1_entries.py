"""OPDS 1.2, section 5, clause by clause: the entries of a catalogue (https://specs.opds.io/opds-1.2)."""

import pytest

from library.enums import LinkState, RenditionForm, RenditionPurpose
from library.models import LinkCheck
from tests.factories.library import ResourceFactory

from .catalogue import number
from .conftest import NAMESPACES, links_of, with_file

pytestmark = pytest.mark.django_db

ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"


def test_5_each_entry_has_an_acquisition_link_and_what_is_only_described_is_left_out(atom, client, indexed):
    ResourceFactory(title="Có để tải")
    paper = ResourceFactory(title="Chỉ có bản giấy")
    paper.renditions.all().delete()
    indexed()
    for path in ("/hoc-lieu", "/crawlable"):
        assert atom(path).titles == ["Có để tải"]
    assert atom("/hoc-lieu").all("string(os:totalResults)") == "1"
    assert client.get(f"/opds/hoc-lieu/{paper.pk}").status_code == 404


def test_5_1_1_metadata_stand_in_the_elements_that_the_table_names(atom, library):
    entry = atom(f"/hoc-lieu/{number('Kỹ thuật trồng ngô')}").tree
    texts = {name: [str(each) for each in entry.xpath(f"{name}/text()", namespaces=NAMESPACES)] for name in (
        "atom:title", "atom:author/atom:name", "dc:identifier", "dc:issued", "dc:language", "dc:publisher", "atom:rights"
    )}  # fmt: skip
    assert texts == {
        "atom:title": ["Kỹ thuật trồng ngô"],
        "atom:author/atom:name": ["Lò Văn Mẫu", "Nông Thị Mẫu"],
        "dc:identifier": ["urn:isbn:9780306406157"],
        "dc:issued": ["2019"],
        "dc:language": ["vi"],
        "dc:publisher": ["Nhà xuất bản Mẫu"],
        "atom:rights": ["CC BY 4.0 · Trung tâm Mẫu"],
    }
    categories = [(each.get("term"), each.get("label")) for each in entry.findall("{*}category")]
    assert categories == [("nong-nghiep", "Nông nghiệp"), ("book", "Sách"), ("bắp", "bắp")]
    for name in ("title", "creator", "subject", "rights", "description", "abstract"):
        assert not entry.findall(f"{{{NAMESPACES['dc']}}}{name}")


def test_5_1_1_an_entry_keeps_its_id_by_whichever_name_the_site_is_asked(client, library, settings):
    settings.ALLOWED_HOSTS = ["mot.example", "hai.example"]
    settings.WAGTAILADMIN_BASE_URL = "https://thu-vien.example"
    pk = number("Kỹ thuật trồng ngô")
    for host in settings.ALLOWED_HOSTS:
        content = client.get(f"/opds/hoc-lieu/{pk}", headers={"host": host}).content.decode()
        assert f"<id>https://thu-vien.example/r/{pk}</id>" in content
        assert f'href="http://{host}/r/{pk}/tep/' in content


def test_5_1_2_a_partial_entry_leads_to_the_complete_one_which_says_more(atom, library):
    partial = atom("/hoc-lieu").entry("Kỹ thuật trồng ngô")
    (link,) = [each for each in links_of(partial, "alternate") if each.get("type") == ENTRY]
    complete = atom(link.get("href"))
    assert complete.response.headers["Content-Type"] == ENTRY
    assert links_of(complete.tree, "self")[0].get("href") == link.get("href")
    assert partial.find("{*}content") is None
    content = complete.tree.findtext("{*}content")
    assert "120 trang" in content
    assert "Trạm Khuyến nông Mẫu" in content
    assert complete.tree.findtext("{*}id") == partial.findtext("{*}id")


def test_5_1_3_the_summary_is_plain_text_and_not_the_content(atom, library):
    entry = atom(f"/hoc-lieu/{number('Kỹ thuật trồng ngô')}").tree
    summary = entry.find("{*}summary")
    assert (summary.get("type"), len(summary), summary.text) == ("text", 0, "Tóm tắt của một học liệu mẫu.")
    assert entry.findtext("{*}content") != summary.text


def test_5_1_3_without_an_abstract_the_facts_are_the_summary(atom, indexed):
    ResourceFactory(title="Không tóm tắt", abstract="", page_count=40)
    indexed()
    assert atom("/hoc-lieu").entry("Không tóm tắt").findtext("{*}summary") == "Sách · 40 trang · Người lớn"


def test_5_2_1_a_file_of_ours_is_open_access_with_its_exact_type_and_can_be_fetched(atom, client, library):
    (way,) = links_of(atom("/hoc-lieu").entry("Kỹ thuật trồng ngô"), OPEN_ACCESS)
    assert (way.get("type"), way.get("length")) == ("application/epub+zip", "12")
    response = client.get(way.get("href"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == way.get("type")


def test_5_2_1_light_versions_are_offered_beside_the_whole_one(atom, indexed):
    resource = ResourceFactory(title="Phim")
    film = with_file(resource, "phim.mp4", RenditionForm.VIDEO, "video/mp4")
    with_file(
        resource, "nhe.mp3", RenditionForm.AUDIO, "audio/mpeg", purpose=RenditionPurpose.LIGHT, made_from=film
    )
    indexed()
    links = links_of(atom("/hoc-lieu").entry("Phim"), OPEN_ACCESS)
    assert [(each.get("type"), each.get("title")) for each in links] == [
        ("video/mp4", None),
        ("audio/mpeg", "Bản nhẹ"),
    ]


def test_5_2_1_a_page_of_another_site_or_one_that_asks_to_sign_in_is_no_open_access(atom, indexed):
    ResourceFactory(title="Trang web", link="https://vi-du.example/bai")
    locked = ResourceFactory(title="Cần tài khoản", link="https://vi-du.example/sach.pdf")
    ResourceFactory(title="Tệp nơi khác", link="https://vi-du.example/khac.pdf")
    link = locked.renditions.get()
    LinkCheck.objects.create(rendition=link, url=link.url, state=LinkState.LOGIN, checked_on="2026-11-01")
    indexed()
    feed = atom("/hoc-lieu")
    found = {
        title: [
            (each.get("rel").rpartition("/")[2], each.get("type"))
            for each in feed.entry(title).findall("{*}link")
            if each.get("rel").startswith("http://opds-spec.org/acquisition")
        ]
        for title in feed.titles
    }
    assert found == {
        "Trang web": [("acquisition", "text/html")],
        "Cần tài khoản": [("acquisition", "application/pdf")],
        "Tệp nơi khác": [("open-access", "application/pdf")],
    }


def test_5_2_2_covers_are_jpeg_png_or_gif_and_can_be_fetched(atom, client, library):
    entry = atom("/hoc-lieu").entry("Kỹ thuật trồng ngô")
    for relation in ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"):
        (link,) = links_of(entry, relation)
        assert link.get("type") == "image/jpeg"
        response = client.get(link.get("href"))
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.content.startswith(b"\xff\xd8")
    assert not links_of(atom("/hoc-lieu").entry("Nuôi bò mùa rét"), "http://opds-spec.org/image")


def test_5_2_3_no_collection_links_that_would_tear_a_list_into_groups(atom, library):
    assert not atom("/hoc-lieu").all("//atom:link[@rel='collection']")


def test_5_3_each_acquisition_link_has_a_media_type(atom, library):
    links = atom("/crawlable").all("//atom:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]")
    assert links
    assert all("/" in link.get("type") for link in links)
