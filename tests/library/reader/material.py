"""What the tests of the reader read."""

import random
import secrets

from django.core.files.base import ContentFile
from django.urls import reverse

from library.domain.renditions import take_in
from library.enums import RenditionForm
from library.models import Rendition
from tests.factories.library import ResourceFactory

SYLLABLES = [
    "khuyến",
    "học",
    "người",
    "dân",
    "tộc",
    "Tày",
    "Nùng",
    "trồng",
    "ngô",
    "ruộng",
    "bậc",
    "thang",
    "đọc",
    "sách",
    "chữ",
    "việc",
    "làng",
    "xóm",
    "nghề",
]
CHAPTERS = {"Chương một": "<p>Trồng ngô trên <b>đất dốc</b>.</p>", "Chương hai": "<p>Phòng sâu bệnh.</p>"}


def prose(words: int) -> str:
    """Text that does not repeat itself, so that no picture of it is smaller than of a real page."""
    pick = random.Random(7)
    return " ".join(pick.choice(SYLLABLES) + ("." if number % 12 == 11 else "") for number in range(words))


def taken(content: bytes, name="a.bin") -> Rendition:
    return take_in(ResourceFactory(title="Trồng ngô"), ContentFile(content, name))


def stored(content: bytes, form: RenditionForm) -> Rendition:
    """As `taken`, past the checks of uploads: what came in before they were stricter, or spoilt on the disk."""
    rendition = Rendition(
        resource=ResourceFactory(), form=form, size=len(content), checksum=secrets.token_hex(32)
    )
    rendition.file = ContentFile(content, "a.bin")
    rendition.save()
    return rendition


def address(rendition: Rendition, query: str = "") -> str:
    return reverse("library:read", args=[rendition.resource_id, rendition.pk]) + query
