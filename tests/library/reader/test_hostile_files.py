"""Hostile files end in a sentence, within their time and memory."""

import json
import zlib
from pathlib import Path

import pytest

from django.urls import reverse

from library.enums import RenditionForm
from library.reader import book as reader
from library.reader import pdf as pdf_jobs
from portal.web import sandbox
from tests.factories.files import archive, pdf, stream, text_pdf
from tests.factories.files import epub as epub_file
from tests.library.reader.material import address, stored, taken


def form_bomb() -> bytes:
    """A page that draws a form that draws a form ten times ...: 10^12 strokes in 3 kB."""
    objects, depth = [], 12
    for level in range(depth):
        body = b"/X Do " * 10 if level < depth - 1 else b"0 0 m 500 500 l S "
        entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        if level < depth - 1:
            entries += f" /Resources << /XObject << /X {5 + level} 0 R >> >>"
        objects.append(stream(body, entries))
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> >> /Contents %d 0 R" % (4 + depth)
    return pdf("", *objects, stream(b"/X Do")).replace(b"/MediaBox [0 0 595 842]", page)


BILLION_LAUGHS = (
    b"<!DOCTYPE package ["
    + b"<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12))
    + b"]><package>&a11;</package>"
)


def picture_bomb() -> bytes:
    """A page with a picture of 13,000 x 13,000 dots, half a gigabyte, packed twice into 3 kB."""
    side, packer = 13_000, zlib.compressobj()
    packed = b"".join(packer.compress(bytes(3 * side)) for _row in range(side)) + packer.flush()
    image = stream(
        zlib.compress(packed),
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        "/Filter [/FlateDecode /FlateDecode]",
    )
    content = stream(b"595 0 0 842 0 0 cm /X Do")
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R"
    return pdf("", image, content).replace(b"/MediaBox [0 0 595 842]", page)


@pytest.mark.django_db
class TestHostileFiles:
    @pytest.mark.parametrize(
        ("content", "form"),
        [
            (b"%PDF-1.7 broken", RenditionForm.PDF),
            (b"", RenditionForm.PDF),
            (b"no archive", RenditionForm.EPUB),
            (archive({"mimetype": b"application/epub+zip"}), RenditionForm.EPUB),
            (archive({"META-INF/container.xml": b"<a"}), RenditionForm.EPUB),
            (epub_file({}), RenditionForm.EPUB),
            (b"<div>" * 5000, RenditionForm.HTML),
        ],
    )
    def test_a_broken_file_ends_in_a_sentence_and_can_still_be_kept(self, client, content, form):
        rendition = stored(content, form)
        response = client.get(address(rendition))
        assert response.status_code == 422
        assert str(response.context["trouble"]).endswith(".")
        assert "?tai=1" in response.content.decode()

    def test_endless_pages_are_refused(self, client):
        rendition = stored(pdf(pages="/Kids [3 0 R] /Count 100000"), RenditionForm.PDF)
        assert client.get(address(rendition)).status_code in (200, 422)
        many = " ".join(["3 0 R"] * (pdf_jobs.MAX_PAGES + 1))
        rendition = stored(pdf(pages=f"/Kids [{many}] /Count {pdf_jobs.MAX_PAGES + 1}"), RenditionForm.PDF)
        assert client.get(address(rendition)).status_code == 422

    @pytest.fixture
    def jobs(self, monkeypatch):
        """The seconds that each job was given; none gets more than three here."""
        asked, run = [], sandbox.run

        def limited(job, *arguments, seconds=sandbox.SECONDS, **limits):
            asked.append(seconds)
            return run(job, *arguments, seconds=min(seconds, 3.0), **limits)

        monkeypatch.setattr(sandbox, "run", limited)
        return asked

    @pytest.mark.parametrize("bomb", [form_bomb, picture_bomb])
    def test_a_bomb_costs_at_most_its_limits_and_costs_them_once(self, client, bomb, jobs):
        rendition = stored(bomb(), RenditionForm.PDF)
        first = client.get(address(rendition))
        assert str(first.context.get("trouble", ".")).endswith(".")
        assert ("trouble" in first.context) or bomb is picture_bomb  # which may be drawn without its picture
        assert 0 < max(jobs) <= sandbox.SECONDS
        jobs.clear()
        again = client.get(address(rendition))
        assert again.status_code == first.status_code
        assert again.context.get("trouble") == first.context.get("trouble")
        assert jobs == []

    def test_all_that_is_done_for_one_request_takes_the_time_of_one_job(self, client, jobs):
        client.get(address(stored(text_pdf(body="Chữ."), RenditionForm.PDF)))
        opening, drawing = jobs
        assert drawing < opening <= sandbox.SECONDS

    def test_a_damaged_page_does_not_take_the_others_with_it(self, client):
        rendition = stored(pdf(pages="/Kids [3 0 R 9 0 R 3 0 R] /Count 3"), RenditionForm.PDF)
        book = reader.open_book(rendition)
        book.draw_ahead()
        assert {path.name for path in book.folder.glob("*-800.webp")} == {"1-800.webp", "3-800.webp"}
        response = client.get(address(rendition, "?trang=2"))
        assert response.status_code == 200
        assert "hỏng" in str(response.context["trouble"])
        assert "?trang=3" in response.content.decode()
        image = reverse("library:page_image", args=[rendition.resource_id, rendition.pk, 2, 800])
        assert client.get(image).status_code == 422

    @pytest.mark.parametrize(
        "members",
        [
            {"OEBPS/text/c1.xhtml": b"<p>" + b"a" * 31_000_000},
            {f"OEBPS/text/c{number}.xhtml": b"<p>a</p>" * 3_000_000 for number in range(1, 21)},
            {"OEBPS/text/c1.xhtml": b"<i>" * 200_000},
            {"OEBPS/book.opf": b"<package>" + b"<a>" * 200_000},
            {"OEBPS/book.opf": BILLION_LAUGHS},
        ],
        ids=["a chapter", "chapters", "a deep chapter", "a deep package", "entities of entities"],
    )
    def test_a_book_that_unpacks_without_end_ends_in_a_sentence(self, client, members, jobs):
        chapters = {str(number): "" for number in range(1, 21)}
        rendition = stored(epub_file(chapters, **members), RenditionForm.EPUB)
        response = client.get(address(rendition))
        assert response.status_code == 422
        assert str(response.context["trouble"]).endswith(".")
        assert len(jobs) == 1

    def test_a_locked_document_says_that_it_is_locked(self, client):
        key = "<" + "00" * 32 + ">"
        lock = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>".encode()
        content = pdf("", lock).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")
        response = client.get(address(stored(content, RenditionForm.PDF)))
        assert response.status_code == 422
        assert "mật khẩu" in str(response.context["trouble"])

    def test_trouble_is_forgotten_after_a_day(self, client, monkeypatch):
        rendition = taken(text_pdf(body="Chữ."))
        folder = reader.folder_of(rendition)
        folder.mkdir(parents=True)
        (folder / reader.TROUBLE).write_text(json.dumps("overrun"))
        assert client.get(address(rendition)).status_code == 422
        monkeypatch.setattr(reader, "TRIED_AGAIN", 0)
        assert client.get(address(rendition)).status_code == 200

    def test_the_limits_are_20_seconds_and_512_megabytes(self):
        assert (sandbox.SECONDS, sandbox.MEGABYTES) == (20, 512)

    def test_a_file_that_went_missing_ends_in_a_sentence(self, client):
        rendition = taken(pdf())
        Path(rendition.file.path).unlink()
        assert client.get(address(rendition)).status_code == 422
