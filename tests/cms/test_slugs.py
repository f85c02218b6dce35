"""Vietnamese slugs: the same on the server and while the editor types."""

import json
import re

import pytest

from portal.cms.slugs import SLUG_FORMATTERS
from portal.text.slug import slug
from tests.factories.home import HomePageFactory, StandardPageFactory

TITLES = [
    "Đại hội Khuyến học",
    "Xã Đàm Thủy: 33 xóm ra quân",
    "Người H'Mông học chữ",
    "  Thư   viện – sách, báo & học liệu!  ",
    "ĐƯỜNG ĐẾN TRƯỜNG",
    "Nghị quyết số 71-NQ/TW",
    "A\u0306n qua\u0309 nho\u031b\u0301 ke\u0309 tro\u0302\u0300ng ca\u0302y",
]


def as_typed(title):
    """What the slug field makes of a title: its formatters one by one, then lower case."""
    for pattern, replacement in SLUG_FORMATTERS:
        title = re.sub(pattern, replacement, title)
    return title.lower()


@pytest.mark.parametrize("title", TITLES)
def test_the_field_makes_the_same_slug_as_the_server(title):
    assert as_typed(title) == slug(title)


def test_every_vietnamese_letter_is_known_to_the_field():
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for letter in letters + letters.upper():
        for mark in marks:
            assert as_typed(letter + mark) == slug(letter + mark)


@pytest.mark.django_db
def test_a_page_without_a_slug_gets_a_vietnamese_one():
    HomePageFactory()

    assert StandardPageFactory(title="Đại hội Khuyến học").slug == "dai-hoi-khuyen-hoc"
    assert StandardPageFactory(title="Đại hội Khuyến học").slug == "dai-hoi-khuyen-hoc-2"


@pytest.mark.django_db
def test_the_editor_hands_the_rules_to_the_slug_field(admin_client):
    page = StandardPageFactory()

    response = admin_client.get(f"/admin/pages/{page.pk}/edit/")

    widget = response.context["form"].fields["slug"].widget
    assert len(json.loads(widget.attrs["data-w-slug-formatters-value"])) == len(SLUG_FORMATTERS)
