import datetime
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from django.core.files.base import ContentFile

from library.enums import Kind, Level, RenditionForm, RenditionPurpose
from library.models import Identifier, Rendition, Resource
from tests.factories.library import (
    LearningPathFactory,
    ResourceFactory,
    ShelfFactory,
    SubjectFactory,
    resource_step,
    text_step,
)

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/terms/",
    "opds": "http://opds-spec.org/2010/catalog",
    "thr": "http://purl.org/syndication/thread/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
}


class Document:
    """An answer in Atom, asked by XPath."""

    def __init__(self, response):
        assert response.status_code == 200, response.status_code
        self.response = response
        self.tree = etree.fromstring(response.content)

    def all(self, path):
        return self.tree.xpath(path, namespaces=NAMESPACES)

    def link(self, relation):
        """The address of the one link `relation` of the document itself; "" without one."""
        found = self.all(f"atom:link[@rel='{relation}']/@href")
        assert len(found) < 2, relation
        return found[0] if found else ""

    @property
    def titles(self):
        return [str(title) for title in self.all("atom:entry/atom:title/text()")]

    def entry(self, title):
        return next(each for each in self.all("atom:entry") if each.findtext("{*}title") == title)

    def facets(self, group):
        """{title: link} of a group of facets."""
        links = self.all("atom:link[@rel='http://opds-spec.org/facet']")
        own = [link for link in links if link.get(f"{{{NAMESPACES['opds']}}}facetGroup") == group]
        return {link.get("title"): link for link in own}


def links_of(entry, relation):
    return entry.xpath(f"atom:link[@rel='{relation}']", namespaces=NAMESPACES)


@pytest.fixture
def atom(client):
    """atom("/hoc-lieu?q=ngo"), or with a whole address."""
    return lambda path="": Document(client.get(path if "//" in path else f"/opds{path}"))


@pytest.fixture
def opds2(client):
    def get(path=""):
        response = client.get(path if "//" in path else f"/opds/v2{path}")
        assert response.status_code == 200, response.status_code
        return response.json()

    return get


def with_file(resource, name="sach.epub", form=RenditionForm.EPUB, media_type="application/epub+zip", **more):
    """A file of ours in the place of the link of the factory."""
    resource.renditions.filter(file="").delete()
    content = ContentFile(b"noi dung mau", name)
    return Rendition.objects.create(
        resource=resource, form=form, media_type=media_type, file=content, size=12, checksum="c" * 64, **more
    )


def with_cover(resource):
    written = BytesIO()
    Image.new("RGB", (240, 340), "#1d2750").save(written, "WEBP")
    return Rendition.objects.create(
        resource=resource,
        form=RenditionForm.IMAGE,
        purpose=RenditionPurpose.COVER,
        media_type="image/webp",
        file=ContentFile(written.getvalue(), "bia.webp"),
        checksum="b" * 64,
        made_from=resource.renditions.first(),
    )


@pytest.fixture
def library(indexed):
    """Four resources and two levels of subjects."""
    farming = SubjectFactory(name="Nông nghiệp", slug="nong-nghiep")
    breeding = SubjectFactory(name="Chăn nuôi", slug="chan-nuoi", parent=farming)
    health = SubjectFactory(name="Sức khỏe", slug="suc-khoe")
    maize = ResourceFactory(
        title="Kỹ thuật trồng ngô",
        subjects=[farming],
        creators=["Lò Văn Mẫu", "Nông Thị Mẫu"],
        tags=["bắp"],
        publisher="Nhà xuất bản Mẫu",
        year=2019,
        page_count=120,
        licence="CC-BY-4.0",
        rights_holder="Trung tâm Mẫu",
        reviewer="Trạm Khuyến nông Mẫu",
        reviewed_on=datetime.date(2026, 5, 4),
    )
    Identifier.objects.create(resource=maize, scheme="isbn", value="9780306406157")
    with_file(maize)
    with_cover(maize)
    ResourceFactory(
        title="Nuôi bò mùa rét", subjects=[breeding], kind=Kind.VIDEO, link="https://vi-du.example/bo.mp4"
    )
    ResourceFactory(title="Ăn uống đủ chất", subjects=[health], level=Level.PRIMARY)
    ResourceFactory(title="Taol Hmôngz", subjects=[health], kind=Kind.AUDIO, language="mww")
    indexed()


@pytest.fixture
def pages(library):
    """A shelf and a learning path of that library."""
    maize, cows = (Resource.objects.get(title=title) for title in ("Kỹ thuật trồng ngô", "Nuôi bò mùa rét"))
    ShelfFactory(title="Mùa rét", summary="Giữ ấm cho trâu bò.", picked=[cows, maize])
    LearningPathFactory(title="Học trồng ngô", steps=[resource_step(maize), text_step()])
