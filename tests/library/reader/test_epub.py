"""EPUB and web pages: chapters cleaned and shown as our own pages."""

import io
import json
import re
import zipfile

import pytest

from django.urls import reverse

from library.enums import RenditionForm
from library.reader import book as reader
from library.reader import epub, markup
from portal.web import sandbox
from tests.factories.cms import picture_bytes
from tests.factories.files import archive
from tests.factories.files import epub as epub_file
from tests.library.reader.material import CHAPTERS, address, prose, stored, taken


@pytest.mark.django_db
class TestEPUB:
    def test_chapters_come_in_the_order_of_the_spine(self, client):
        rendition = taken(epub_file(CHAPTERS))
        first = client.get(address(rendition)).content.decode()
        assert "<b>đất dốc</b>" in first
        assert "<h2>Chương một</h2>" in first
        assert "Phòng sâu bệnh" in client.get(address(rendition, "?trang=2")).content.decode()
        assert client.get(address(rendition)).context["contents"] == [
            (0, "Chương một", 1, "?trang=1#trang"),
            (0, "Chương hai", 2, "?trang=2#trang"),
        ]

    def test_what_could_run_or_call_home_is_cleaned_away(self, client):
        evil = (
            '<p onclick="alert(1)">Chữ</p><script>alert(2)</script><style>p{}</style><iframe src="https://a.example"/>'
            '<a href="javascript:alert(3)">a</a><img src="https://a.example/x.png"/><form action="/"><input/></form>'
            '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(4)</script></svg>'
        )
        html = client.get(address(taken(epub_file({"Một": evil})))).content.decode()
        text = html.partition('id="reader-text"')[2].partition("reader__turn")[0]
        assert "Chữ" in text
        for bad in ("alert", "onclick", "a.example", "javascript:", "<iframe", "<form", "<input", "<style"):
            assert bad not in text.partition("</div>")[0]

    def test_pictures_are_drawn_anew_and_have_their_room(self, client):
        rendition = taken(
            epub_file({"Một": '<img src="../images/a.png" alt="Ngô"/>'}, {"a.png": picture_bytes("PNG")})
        )
        html = client.get(address(rendition)).content.decode()
        assert re.search(r'<img[^>]*src="anh-1.webp"[^>]*width="64"', html)
        picture = client.get(reverse("library:picture", args=[rendition.resource_id, rendition.pk, 1]))
        assert picture["Content-Type"] == "image/webp"
        missing = client.get(reverse("library:picture", args=[rendition.resource_id, rendition.pk, 2]))
        assert missing.status_code == 404

    def test_a_chapter_that_is_missing_does_not_take_the_others_with_it(self, client):
        content = epub_file(CHAPTERS)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if not name.endswith("c1.xhtml")]
            whole = {name: packed.read(name) for name in names}
        rendition = stored(archive(whole), RenditionForm.EPUB)
        assert "Phòng sâu bệnh" in client.get(address(rendition)).content.decode()

    def test_elements_that_xhtml_closes_at_once_swallow_nothing(self, client):
        body = '<a id="dau"/><script src="x.js"/><p>Chữ<br/>sau <i/>đó.</p>'
        html = client.get(address(taken(epub_file({"Một": body})))).content.decode()
        assert "Chữ<br>sau <i></i>đó." in html

    def test_links_within_the_book_lead_to_its_pages(self, client):
        chapters = {"Một": '<p><a href="c2.xhtml#cuoi">tới</a></p>', "Hai": '<p id="cuoi">Cuối</p>'}
        rendition = taken(epub_file(chapters))
        assert 'href="?trang=2#doc-cuoi"' in client.get(address(rendition)).content.decode()
        assert 'id="doc-cuoi"' in client.get(address(rendition, "?trang=2")).content.decode()

    def test_a_long_chapter_is_cut_into_pages_that_a_slow_line_carries(self, client):
        rendition = taken(epub_file({"Một": "".join(f"<p>{prose(80)} {n}</p>" for n in range(300))}))
        book = reader.open_book(rendition)
        assert book.index.pages > 3
        response = client.get(address(rendition), headers={"Accept-Encoding": "gzip"})
        assert len(response.content) < 40_000
        assert sum(len(page) for page in book.text) == 301

    def test_entities_of_a_document_are_not_followed(self, tmp_path):
        bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><container>&x;</container>'
        path = tmp_path / "a.epub"
        path.write_bytes(archive({"META-INF/container.xml": bomb}))
        with pytest.raises(sandbox.Refused):
            epub.outline(str(path), str(tmp_path))

    def test_pages_without_javascript_have_all_that_is_needed(self, client):
        html = client.get(address(taken(epub_file(CHAPTERS)))).content.decode()
        for part in ('rel="next"', 'name="trang"', 'name="tim"', "<summary>"):
            assert part in html


@pytest.mark.django_db
def test_a_web_page_is_read_like_a_book_without_its_pictures(client):
    page = "<!doctype html><html><body><h1>Đầu</h1>lời <img src='https://a.example/x.png'><p>Chữ</p></body></html>"
    html = client.get(address(taken(page.encode()))).content.decode()
    assert "<h2>Đầu</h2>" in html
    assert "<p>lời </p>" in html
    assert "a.example" not in html


def test_loose_markup_is_cut_without_losing_a_word(tmp_path):
    path = tmp_path / "a.html"
    words = prose(20_000).split()
    path.write_text(f"<html><body><div><div>{'<br>'.join(words)}</div></div></body></html>", encoding="utf-8")
    markup.outline(str(path), str(tmp_path))
    text = json.loads((tmp_path / "text.json").read_text())
    assert sum(len(line.split()) for page in text for line in page) >= len(words) * 0.99
