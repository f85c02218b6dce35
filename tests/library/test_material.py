"""What a file or an address says of itself: taken when it is worth it, left open when it is not."""

import pytest

from django.core.files.base import ContentFile

from library.domain.material import (
    judged,
    kind_guessed,
    language_guessed,
    look_at_address,
    look_at_file,
    title_in_name,
    title_of,
)
from library.enums import Kind, Language, RenditionForm
from portal.cms.uploads import UploadRefused
from tests.factories.cms import picture_bytes
from tests.factories.files import archive, epub, pdf, recording, text_pdf
from tests.web.loopback import reply, serving

TITLED = '#set document(title: "Kế hoạch khuyến học", author: "Người Mẫu")\n'
PAGE = """<!doctype html><html lang="en"><head><title>Trồng ngô trên đất dốc</title>
<meta name="DC.creator" content="Người Mẫu"><meta name="citation_isbn" content="978-0-306-40615-7">
<meta property="og:site_name" content="Trang mẫu"></head><body><h1>Trồng ngô</h1>
<p>Kỹ thuật trồng ngô.</p><a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/deed">CC</a>
<script>document.title = "x"</script></body></html>"""


def values_of(content: bytes, name: str = "tep.bin") -> dict:
    return look_at_file(ContentFile(content, name))[1].values


@pytest.fixture
def at_home(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]


class TestFiles:
    def test_a_pdf_tells_title_author_language_and_pages(self):
        assert values_of(text_pdf(2, setup=TITLED)) == {
            "title": "Kế hoạch khuyến học",
            "creators": [["Người Mẫu", "author"]],
            "language": "vie",
            "page_count": 2,
            "kind": "leaflet",
            "licence": "unknown",
        }

    def test_without_a_title_its_largest_letters_are_one(self):
        assert values_of(text_pdf(1))["title"] == "Chương 1"

    def test_a_pdf_without_a_word_leaves_the_name_of_the_file(self):
        found = values_of(pdf(), "Sổ tay_nuôi-ong (bản 2).pdf")
        assert found["title"] == "Sổ tay nuôi ong (bản 2)"
        assert found["page_count"] == 1

    def test_rights_in_a_pdf_are_read_from_its_open_metadata(self):
        packet = (
            b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            b'xmlns:cc="http://creativecommons.org/ns#"><rdf:Description>'
            b'<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>'
            b"</rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        content = pdf("/Metadata 4 0 R", b"<< /Length %d >>\nstream\n%s\nendstream" % (len(packet), packet))
        assert values_of(content)["licence"] == "CC-BY-4.0"

    def test_an_epub_is_read_by_its_package(self):
        found = values_of(epub({"Một": "<p>Chữ</p>"}))
        assert (found["title"], found["language"], found["kind"]) == ("Sách mẫu", "vie", "book")

    def test_a_page_is_read_by_its_head(self):
        finding = look_at_file(ContentFile(PAGE.encode(), "trang.html"))[1]
        assert finding.values == {
            "title": "Trồng ngô trên đất dốc",
            "creators": [["Người Mẫu", "author"]],
            "publisher": "Trang mẫu",
            "identifiers": [["isbn", "9780306406157"]],
            "language": "vie",
            "kind": "website",
            "licence": "CC-BY-SA-4.0",
        }
        assert finding.rights == "https://creativecommons.org/licenses/by-sa/4.0/deed"

    def test_a_photo_and_a_recording_say_what_they_are(self):
        assert values_of(picture_bytes(gps=True), "IMG_20261125_080000.jpg") == {
            "kind": "picture",
            "licence": "unknown",
        }
        assert values_of(recording(), "Bài hát then.wav")["title"] == "Bài hát then"

    def test_what_is_no_material_is_refused(self):
        with pytest.raises(UploadRefused):
            look_at_file(ContentFile(archive({"a.txt": b"a"}), "a.zip"))

    def test_a_file_that_cannot_be_read_is_described_by_its_name(self, monkeypatch):
        from portal.web import sandbox

        real = sandbox.run

        def run(job, *arguments, **limits):
            if job.startswith("library."):
                raise sandbox.Overrun("20 s")
            return real(job, *arguments, **limits)

        monkeypatch.setattr(sandbox, "run", run)
        assert values_of(text_pdf(), "Kế hoạch.pdf")["title"] == "Kế hoạch"


class TestAddresses:
    def look(self, content: bytes, media_type: str, path: str = "/bai/trong-ngo"):
        with serving(lambda handler: reply(handler, 200, content, Content_Type=media_type)) as (site, asked):
            finding = look_at_address(site + path)
        assert asked == [("GET", path)]
        return finding

    def test_a_page_is_a_link_with_a_title(self, at_home):
        finding = self.look(PAGE.encode(), "text/html; charset=utf-8")
        assert finding.form == RenditionForm.LINK
        assert finding.values["title"] == "Trồng ngô trên đất dốc"
        assert finding.problem == ""

    def test_a_pdf_is_told_by_its_content(self, at_home):
        finding = self.look(text_pdf(2, setup=TITLED), "application/octet-stream")
        assert (finding.form, finding.values["page_count"]) == (RenditionForm.PDF, 2)

    def test_an_address_that_does_not_answer_is_named_by_itself(self, at_home):
        finding = look_at_address("http://khong-co.invalid/tai/Ke-hoach_so-12.pdf")
        assert finding.values["title"] == "Ke hoach so 12"
        assert finding.form == RenditionForm.PDF
        assert "khong-co.invalid" in finding.problem

    def test_an_error_of_the_server_is_told(self, at_home):
        with serving(lambda handler: reply(handler, 404, b"<title>404</title>")) as (site, _asked):
            finding = look_at_address(f"{site}/mat")
        assert "404" in finding.problem
        assert finding.values["title"] == "mat"

    def test_our_own_network_is_not_looked_into(self):
        with serving(lambda handler: reply(handler, 200, PAGE.encode())) as (site, asked):
            assert look_at_address(f"{site}/bai").problem
        assert asked == []


@pytest.mark.parametrize(
    ("facts", "name", "title"),
    [
        ({"title": "Microsoft Word - Kế hoạch năm"}, "", "Kế hoạch năm"),
        ({"title": "Microsoft Word - KH so 12.doc", "heading": "Kế hoạch số 12"}, "", "Kế hoạch số 12"),
        ({"title": "untitled"}, "Sổ tay.pdf", "Sổ tay"),
        ({"title": "Document1"}, "IMG_2034.pdf", ""),
        ({}, "DSC00012.JPG", ""),
        ({}, "20261125_080000.jpg", ""),
        ({}, "ke-hoach_so-12.PDF", "ke hoach so 12"),
        ({"title": "1984"}, "", ""),
    ],
)
def test_words_of_programs_are_no_titles(facts, name, title):
    assert title_of(facts, name) == title


def test_names_are_made_nfc():
    assert title_in_name("Ho\u0323c ta\u0323\u0302p.pdf") == "Học tập"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Kế hoạch khuyến học", "en", Language.VIETNAMESE),
        ("Ke hoach khuyen hoc", "vi", Language.VIETNAMESE),
        ("Maize on slopes", "en-GB", Language.ENGLISH),
        ("Maize on slopes", "", Language.UNDETERMINED),
        ("Maize", "xx", Language.UNDETERMINED),
        ("Le maïs", "fr_FR", Language.FRENCH),
        ("Lai mậy", "tyz", Language.VIETNAMESE),
    ],
)
def test_the_language_is_told_by_letters_then_by_what_is_declared(text, declared, language):
    assert language_guessed(text, declared) == language


@pytest.mark.parametrize(
    ("form", "pages", "kind"),
    [
        (RenditionForm.PDF, 2, Kind.LEAFLET),
        (RenditionForm.PDF, 30, Kind.GUIDE),
        (RenditionForm.PDF, 120, Kind.BOOK),
        (RenditionForm.PDF, None, Kind.GUIDE),
        (RenditionForm.LINK, None, Kind.WEBSITE),
        (RenditionForm.VIDEO, None, Kind.VIDEO),
    ],
)
def test_the_kind_is_guessed(form, pages, kind):
    assert kind_guessed(form, pages) == kind


def test_what_is_too_long_is_cut_and_what_is_no_number_left_out():
    finding = judged(
        RenditionForm.HTML,
        {"title": "x" * 900, "publisher": "y" * 900, "numbers": ["12345", "doi:10.1000/ABC"], "year": "20"},
    )
    assert len(finding.values["title"]) == 300
    assert len(finding.values["publisher"]) == 200
    assert finding.values["identifiers"] == [["doi", "10.1000/abc"]]
    assert "year" not in finding.values
