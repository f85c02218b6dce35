"""Evidence added on a phone in a real browser: what was typed on the sheet is kept, and one comes back to the criterion."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.cms import picture_bytes

from .conftest import _sign_in, manage
from .visit import follow, violations

PHONE = {"width": 360, "height": 740}
PHOTO = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(gps=True)}


@pytest.fixture(scope="module")
def addresses(site, var_dir) -> list[str]:
    """Of a sheet that waits to be filled in: for its officer, and for the household."""
    printed = manage(var_dir, "from tests.browser.evidence_content import add; add()")
    return [site + path for path in printed.split()]


@pytest.fixture
def phone(context: BrowserContext, site, var_dir, addresses) -> Page:
    """The officer before a sheet that waits to be filled in."""
    page = _sign_in(context, site, var_dir, "canboxa").pages[0]
    page.set_viewport_size(PHONE)
    page.goto(addresses[0])
    return page


def add_photo(page: Page, code: str) -> None:
    page.get_by_label(f"{code} Số điểm").fill("20")
    page.get_by_role("button", name=f"Thêm minh chứng {code}").click()
    page.get_by_label("Nội dung").fill("Giấy khen của trường")
    page.get_by_label("Chụp ảnh").set_input_files(PHOTO)
    page.get_by_role("button", name="Lưu", exact=True).click()


def test_an_officer_photographs_a_certificate_and_is_back_at_its_criterion(phone):
    add_photo(phone, "1.2")
    expect(phone).to_have_url(re.compile("#c-1.2$"))
    criterion = phone.locator('[data-code="1.2"]')
    photo = criterion.get_by_role("img", name="Giấy khen của trường")
    photo.scroll_into_view_if_needed()
    expect(photo).not_to_have_js_property("naturalWidth", 0)
    expect(phone.get_by_label("1.2 Số điểm")).to_have_value("20")


def test_enter_in_a_box_saves_and_does_not_lead_away(phone, addresses):
    phone.get_by_label("1.1 Số điểm").fill("21")
    phone.get_by_label("1.1 Số điểm").press("Enter")
    expect(phone).to_have_url(addresses[0])
    expect(phone.get_by_label("1.1 Số điểm")).to_have_value("21")
    expect(phone.get_by_text("Đã lưu.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_evidence_and_none_scrolls_sideways(phone, scheme):
    phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    add_photo(phone, "2.1")
    expect(phone).to_have_url(re.compile("#c-2.1$"))
    follow(phone.locator('[data-code="2.1"]').get_by_role("link", name="Giấy khen của trường").last)
    for _page in ("the piece", "whom it covers"):
        assert violations(phone) == ""
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        if more := phone.get_by_role("link", name="Thêm hộ được chứng minh").all():
            follow(more[0])
    phone.goto(phone.url.replace("/ho/", "/"))
    follow(phone.get_by_role("link", name="Minh chứng", exact=True))
    assert violations(phone) == ""


def test_a_household_adds_a_photo_without_javascript(plain_page, addresses):
    plain_page.goto(addresses[1])
    add_photo(plain_page, "2.2")
    expect(plain_page.locator('[data-code="2.2"]')).to_contain_text("Giấy khen của trường")
    plain_page.get_by_role("button", name="Thêm minh chứng 2.2").click()
    expect(plain_page.get_by_role("img", name="Giấy khen của trường").last).to_be_visible()
    plain_page.get_by_role("button", name="Bỏ Giấy khen của trường").last.click()
    expect(plain_page.get_by_text("Đã bỏ minh chứng.")).to_be_visible()
