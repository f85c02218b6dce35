"""What a new site does not have and the browser tests want to see: an event, a page with every kind of block, and a
resource with a file of every form.

Run inside the site's own process: `manage.py shell -c "from tests.browser.content import add; add()"`.
"""

import datetime
from io import BytesIO

from PIL import Image

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from campaigns.models import EventIndexPage, EventPage
from home.models import HomePage, StandardPage
from library.domain.renditions import take_in
from library.enums import Audience, Kind, Level, RenditionForm
from library.models import LearningPath, Resource, Shelf, Subject
from tests.factories import files

EVENT = "ngay-hoi-doc-sach-mau"
EVERY_BLOCK = "trang-mau-moi-khoi"
TO_READ = "Kỹ thuật trồng ngô trên đất dốc (mẫu)"
PAGES = 6  # of its PDF
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nMột ô màu chàm, không có tiếng.\n"
TRANSCRIPT = "Bản ghi mẫu: hai mươi giây im lặng."


def add() -> None:
    events = EventIndexPage.objects.get()
    begins = timezone.now() + datetime.timedelta(days=30)
    event = EventPage(
        title="Ngày hội đọc sách mẫu",
        slug=EVENT,
        summary="Một ngày hội để thử trang.",
        starts_at=begins,
        ends_at=begins + datetime.timedelta(hours=3),
        venue="Nhà văn hóa mẫu",
    )
    events.add_child(instance=event)
    page = StandardPage(title="Trang mẫu có mọi loại khối", slug=EVERY_BLOCK, body=_blocks())
    HomePage.objects.get().add_child(instance=page)
    for each in (event, page):
        each.save_revision().publish()
    _to_read()


def _to_read() -> None:
    """A resource that is read, looked at and listened to here; its files come in by the door that all use."""
    resource = Resource.objects.create(
        title=TO_READ,
        kind=Kind.GUIDE,
        level=Level.ADULT,
        audience=Audience.CITIZEN,
        abstract="Một học liệu để thử.",
    )
    resource.subjects.add(Subject.objects.get(slug="nong-nghiep"))
    chapters = {f"Chương {number}": _chapter(number) for number in range(1, 4)}
    picture = files.epub(chapters, {"ngo.png": _png((400, 300))})
    captions = ContentFile(CAPTIONS.encode(), "phu-de.vtt")
    for content, name, label in (
        (files.text_pdf(PAGES), "ngo.pdf", "Cả cuốn"),
        (picture, "ngo.epub", ""),
        ("<!doctype html><h1>Trang mẫu</h1><p>Làm đất rồi gieo hạt.</p>".encode(), "ngo.html", ""),
        (_png((900, 600)), "ngo.png", "Ảnh một ô màu chàm"),
        (files.recording(20), "ngo.wav", ""),
        (files.film(20), "ngo.webm", ""),
    ):
        rendition = take_in(resource, ContentFile(content, name), label=label)
        if rendition.form in (RenditionForm.AUDIO, RenditionForm.VIDEO):
            rendition.transcript = TRANSCRIPT
            rendition.save()
        if rendition.form == RenditionForm.VIDEO:
            rendition.captions.save("phu-de.vtt", captions)


def _chapter(number: int) -> str:
    picture = "<p><img src='../images/ngo.png' alt='Một ô màu chàm'/></p>" if number == 1 else ""
    table = "<table><tr><th>Việc</th><th>Tháng</th></tr><tr><td>Gieo hạt</td><td>Hai</td></tr></table>"
    return f"<h2>Phần {number}</h2>{picture}<p>{files.TEXT * 6}</p>{table}"


def _png(size: tuple[int, int]) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#28388c").save(file, "PNG")
    return file.getvalue()


def _blocks():
    picture = {"image": _image(), "alt_text": "Một ô màu chàm", "decorative": False, "caption": "Màu chàm"}
    plain = {**picture, "alt_text": "", "decorative": True, "caption": ""}
    recording = {"address": "https://example.org/ghi-am", "transcript": "<p>Lời đọc trong bản ghi.</p>"}
    link = {"title": "Tìm học liệu", "address": "/thu-vien/"}
    table = {
        "columns": [{"type": "text", "heading": "Xã"}, {"type": "number", "heading": "Số hộ"}],
        "rows": [{"values": ["Xã mẫu", 1234]}, {"values": ["Xã mẫu khác", 56]}],
        "caption": "",
    }
    return [
        ("heading", {"text": "Đầu mục", "level": "2"}),
        (
            "text",
            "<p>Một đoạn văn với <a href='/thu-vien/'>liên kết</a>.</p><ol><li>Một</li><li>Hai</li></ol>",
        ),
        ("picture", picture),
        ("gallery", {"title": "Bộ ảnh", "pictures": [picture, plain]}),
        ("video", {"title": "Phim", **recording}),
        ("audio", {"title": "Tiếng", **recording}),
        ("files", {"title": "Tệp", "files": [{"document": _document(), "note": "Bản thử"}]}),
        ("quote", {"text": "Học, học nữa, học mãi.", "source": "V. I. Lênin"}),
        ("table", {"caption": "Số hộ", "table": table, "first_column_is_header": True, "source": "Mẫu"}),
        ("accordion", {"parts": [{"title": "Ai được dự?", "text": "<p>Mọi người.</p>"}]}),
        ("notice", {"kind": "warning", "text": "<p>Chú ý thời hạn.</p>"}),
        ("call_to_action", {"text": "Xem thêm học liệu.", "link": link}),
        ("page_list", {"title": "Trang con", "parent": HomePage.objects.get(), "count": 3}),
        ("shelf", Shelf.objects.first()),
        ("learning_path", LearningPath.objects.filter(officers_only=False).first()),
    ]


def _image():
    file = BytesIO(_png((1200, 800)))
    return get_image_model().objects.create(
        title="Ô màu chàm", file=ImageFile(file, name="mau-cham.png"), description="Một ô màu chàm"
    )


def _document():
    return get_document_model().objects.create(title="Tệp mẫu", file=ContentFile(b"Chu", name="tep-mau.txt"))
