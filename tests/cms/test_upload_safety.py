"""What a file is, its content tells; what could harm a reader is refused with a sentence."""

import io
import zipfile

import pypdfium2
import pytest
from PIL import Image

from django.core.files.base import ContentFile

from portal.accounts.domain import groups
from portal.accounts.enums import Role
from portal.cms.models import PortalDocument
from portal.cms.uploads import DOCUMENTS, RESOURCES, Group, UploadRefused, archives, check, refusal
from portal.cms.uploads.kinds import kind_of
from portal.web import sandbox
from tests.factories.accounts import UserFactory
from tests.factories.cms import picture_bytes, upload
from tests.factories.files import archive, epub, pdf, recording, stream, text_pdf

EVERYTHING = frozenset(Group)
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
OPENING = "/OpenAction 4 0 R"
SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def sent(content: bytes, name: str = "tệp của tôi.bin", allowed=EVERYTHING):
    return check(ContentFile(content, name), allowed)


def refused(content: bytes, allowed=EVERYTHING) -> str:
    with pytest.raises(UploadRefused) as refusal:
        sent(content, allowed=allowed)
    assert refusal.value.message.endswith(".")
    return refusal.value.code


def packed_objects(objects: bytes) -> bytes:
    """A PDF whose fourth object is an object stream: the names in it stand nowhere in the file."""
    import zlib

    return stream(zlib.compress(objects), "/Type /ObjStm /Filter /FlateDecode /N 1 /First 4")


@pytest.mark.parametrize(
    ("content", "group", "ending"),
    [
        (pdf(), Group.PDF, ".pdf"),
        (epub({"Một": "<p>Chữ</p>"}), Group.EPUB, ".epub"),
        (archive(DOCX), Group.OFFICE, ".docx"),
        (archive(XLSX), Group.OFFICE, ".xlsx"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), Group.OFFICE, ".odt"),
        (archive({"a.txt": b"chu"}), Group.ARCHIVE, ".zip"),
        (picture_bytes("PNG"), Group.IMAGE, ".png"),
        (picture_bytes("WEBP"), Group.IMAGE, ".webp"),
        (recording(), Group.AUDIO, ".wav"),
        (b"ID3\x04" + b"\0" * 60, Group.AUDIO, ".mp3"),
        (b"OggS\0\x02" + b"\0" * 22 + b"\x01\x13OpusHead", Group.AUDIO, ".ogg"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0mp42isom", Group.AUDIO, ".m4a"),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42isom", Group.VIDEO, ".mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", Group.VIDEO, ".webm"),
        (b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o", Group.CAPTIONS, ".vtt"),
        ("<!DOCTYPE html>\n<!-- mẫu --><html><p>Chữ".encode(), Group.HTML, ".html"),
        ("Tên;Xã\nMẫu;Mẫu".encode(), Group.TEXT, ".txt"),
    ],
)
def test_a_file_is_what_its_content_says_whatever_its_name(content, group, ending):
    checked = sent(content)

    assert checked.kind.group is group
    assert checked.file.name == "tep-cua-toi" + ending
    assert checked.file.size


def test_a_table_of_plain_text_keeps_the_ending_by_which_it_is_opened():
    assert sent(b"a;b", "bang.csv").file.name == "bang.csv"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"MZ\x90\0\x03", "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<?xml version='1.0'?><!-- x --><!DOCTYPE svg><svg:svg/>", "svg"),
        (b"<?xml version='1.0'?><rss/>", "unknown"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "unknown"),
        (b"Rar!\x1a\x07\x01\0", "unknown"),
        (picture_bytes()[:300], "picture"),
        ("<html>Tiếng Việt".encode("utf-16-le"), "unknown"),
        (b"<html>Ti\xcc\xff", "encoding"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.7 broken", "damaged"),
        (pdf(pages="/Kids [] /Count 0"), "damaged"),
    ],
)
def test_what_nobody_may_send_ends_in_a_sentence(content, code):
    assert refused(content) == code


def test_a_file_over_the_cap_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr("portal.cms.uploads.checking.MAX_BYTES", 10)
    assert refused(b"eleven byte") == "too large"
    assert refusal.MAX_BYTES == 50 * 1024 * 1024  # as its sentence says


def test_what_the_library_cannot_show_does_not_belong_there():
    assert refused(archive(DOCX), allowed=RESOURCES) == "not here"
    assert refused(b"<html>", allowed=DOCUMENTS) == "not here"


class TestPDF:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (pdf(OPENING, SCRIPT), "javascript"),
            (pdf(OPENING, b"<< /S /J#61vaScript /J#53 (app.alert(1)) >>"), "javascript"),
            (pdf("/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", SCRIPT), "javascript"),
            (
                pdf("/AA << /WC 4 0 R >>", b"<< /S /JavaScript /JS 5 0 R >>", stream(b"app.alert(1)")),
                "javascript",
            ),
            (pdf(OPENING, b"<< /S /Launch /F (calc.exe) >>"), "launch"),
            (pdf("/AcroForm << /XFA 4 0 R >>", stream(b"<xdp/>")), "form"),
        ],
        ids=["open", "escaped", "names", "closing, in a stream", "launch", "xfa"],
    )
    def test_programs_in_a_pdf_are_found(self, content, code):
        assert refused(content) == code

    def test_a_program_in_packed_objects_is_found(self):
        body = b"4 0 << /S /JavaScript /JS (app.alert(1)) >>"
        content = packed_catalog(body)
        assert b"JavaScript" not in content
        assert refused(content) == "javascript"

    def test_a_pdf_that_only_speaks_of_javascript_is_taken(self):
        titled = pdf("/PageLabels 4 0 R", b"<< /Nums [0 << /P (learn /JavaScript and \\(/JS\\)) >>] >>")
        assert sent(titled).kind.group is Group.PDF
        assert sent(text_pdf(body="Học /JavaScript và /Launch.")).kind.group is Group.PDF

    def test_a_pdf_behind_a_password_is_refused(self):
        assert refused(locked_pdf()) == "password"

    def test_a_pdf_that_takes_too_long_is_refused(self, monkeypatch):
        def overrun(*args, **kwargs):
            raise sandbox.Overrun("20 s")

        monkeypatch.setattr(sandbox, "run", overrun)
        assert refused(pdf()) == "overrun"


def packed_catalog(body: bytes) -> bytes:
    """A PDF 1.5 whose catalogue's action lies in a compressed object stream, read through a cross-reference stream."""
    import struct
    import zlib

    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        5: stream(zlib.compress(body), "/Type /ObjStm /Filter /FlateDecode /N 1 /First 4"),
    }
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.5\n")
    for number, each in bodies.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = places[6] = out.tell()
    rows = [struct.pack(">BHB", 0, 0, 255)]
    rows += [
        struct.pack(">BHB", 2, 5, 0) if n == 4 else struct.pack(">BHB", 1, places[n], 0) for n in range(1, 7)
    ]
    table = stream(b"".join(rows), "/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R")
    out.write(b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF whose security handler (RC4, 40 bit) no empty password opens."""
    return pdf(
        "",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")


class TestArchives:
    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        assert refused(archive({"a.txt": b"\0" * 30_000_000})) == "bomb"

    def test_members_that_share_their_bytes_are_a_bomb(self):
        content = archive({"a.bin": bytes(range(256)) * 40})
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entry = content[packed.start_dir : content.rfind(b"PK\x05\x06")]
        start = content[: len(content) - len(entry) - 22]
        copies = b"".join(entry.replace(b"a.bin", b"%05d" % number) for number in range(50))
        counts = (50).to_bytes(2, "little") * 2
        end = (
            b"PK\x05\x06\0\0\0\0"
            + counts
            + len(copies).to_bytes(4, "little")
            + len(start).to_bytes(4, "little")
        )
        assert refused(start + copies + end + b"\0\0") in ("bomb", "damaged")

    @pytest.mark.parametrize(
        "inner", [archive({"a": b"a"}), b"Rar!\x1a\x07\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"]
    )
    def test_an_archive_in_an_archive_is_refused_whatever_it_is_called(self, inner):
        assert refused(archive({"anh.jpg": inner})) == "nested"
        assert refused(epub({"Một": ""}, **{"OEBPS/a.docx": inner})) == "nested"

    def test_a_word_file_in_an_archive_is_what_archives_are_for(self):
        assert sent(archive({"a.docx": archive(DOCX)})).kind.group is Group.ARCHIVE
        assert sent(archive({**DOCX, "word/embeddings/a.xlsx": archive(XLSX)})).kind.group is Group.OFFICE

    def test_an_archive_that_only_calls_itself_a_word_file_is_nested(self):
        assert refused(archive({"a.docx": archive({"a": b"a"})})) == "nested"
        assert refused(archive({"a.docx": archive({**DOCX, "b.zip": archive({"a": b"a"})})})) == "nested"

    @pytest.mark.parametrize("member", ["word/vbaProject.bin", "a.exe"])
    def test_programs_and_macros_in_an_archive_are_refused(self, member):
        assert refused(archive({**DOCX, member: b"MZ\x90\0"})) == "program"

    @pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/..\\..\\b"])
    def test_a_path_that_leads_out_of_the_archive_is_refused(self, name):
        assert refused(archive({name: b"a"})) == "damaged"

    def test_a_locked_archive_is_refused(self):
        content = bytearray(archive({"a.txt": b"a"}))
        content[content.find(b"PK\x01\x02") + 8] |= 1
        assert refused(bytes(content)) == "locked"

    def test_a_crowd_of_members_is_refused(self, monkeypatch):
        monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
        assert refused(archive({str(n): b"a" for n in range(4)})) == "bomb"


def test_a_photo_forgets_where_it_was_taken():
    checked = sent(picture_bytes(gps=True), "ảnh.jpg", RESOURCES)
    assert checked.kind.media_type == "image/jpeg"
    assert not dict(Image.open(checked.file).getexif())


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(monkeypatch):
    monkeypatch.setattr("portal.cms.reencode.MAX_PIXELS", 100)
    assert refused(picture_bytes("PNG", size=(11, 10))) == "picture"


def test_a_checked_pdf_is_still_the_file_that_was_sent():
    content = text_pdf()
    stored = sent(content).file
    assert stored.read() == content
    assert len(pypdfium2.PdfDocument(content)) == 1
    assert kind_of(io.BytesIO(content)).group is Group.PDF


@pytest.fixture
def editor(client):
    groups.sync()
    client.force_login(UserFactory(role=Role.EDITOR))


@pytest.mark.django_db
def test_a_document_of_a_page_is_checked_by_its_content(client, editor):
    def attach(content):
        file = upload("Kế hoạch.pdf", content, "application/pdf")
        return client.post("/admin/documents/add/", {"title": "Kế hoạch", "file": file, "tags": ""})

    answer = attach(pdf(OPENING, SCRIPT))
    assert "file" in answer.context["form"].errors
    assert not PortalDocument.objects.exists()

    attach(archive(DOCX))
    assert PortalDocument.objects.get().file.name.endswith("ke-hoach.docx")


@pytest.mark.django_db
def test_documents_sent_many_at_once_are_checked_too(client, editor):
    answer = client.post("/admin/documents/multiple/add/", {"files[]": upload("a.pdf", pdf(OPENING, SCRIPT))})
    assert answer.json()["success"] is False
    assert not PortalDocument.objects.exists()
