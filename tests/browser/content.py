"""What a new site does not have and the browser tests want to see: an event, and a page with every kind of block.

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

EVENT = "ngay-hoi-doc-sach-mau"
EVERY_BLOCK = "trang-mau-moi-khoi"


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
    ]


def _image():
    file = BytesIO()
    Image.new("RGB", (1200, 800), "#28388c").save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(
        title="Ô màu chàm", file=ImageFile(file, name="mau-cham.png"), description="Một ô màu chàm"
    )


def _document():
    return get_document_model().objects.create(title="Tệp mẫu", file=ContentFile(b"Chu", name="tep-mau.txt"))
