"""The sheets of an assessment in a real browser, on a phone: while one types, what it comes to stays in sight."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import _sign_in, manage
from .visit import follow, violations

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def addresses(site, var_dir) -> list[str]:
    """Of a sheet that was handed in, and of an own sheet that waits to be filled in."""
    printed = manage(var_dir, "from tests.browser.sheet_content import add; add()")
    return [site + path for path in printed.split()]


@pytest.fixture
def phone(context: BrowserContext, site, var_dir, addresses) -> Page:
    """The verifier before a sheet."""
    page = _sign_in(context, site, var_dir, "thamdinh").pages[0]
    page.set_viewport_size(PHONE)
    page.goto(addresses[0])
    return page


def test_typing_points_updates_total_group_banner_and_difference(phone):
    banner = phone.locator("[data-standing]")
    expect(banner).to_contain_text("88")
    expect(banner).to_contain_text("Đạt")
    for code in ("1.1", "1.2", "2.1", "2.2"):
        phone.get_by_label(f"{code} Số điểm").fill("22")
    first = phone.get_by_label("1.1 Số điểm")
    first.fill("10")
    expect(banner).to_contain_text("76")
    expect(banner).to_contain_text("Không đạt")
    expect(banner).to_be_in_viewport()
    expect(phone.locator('[data-group="1"]')).to_have_text("32")
    row = phone.locator('[data-code="1.1"]')
    expect(row.get_by_text("Thấp hơn 12 điểm")).to_be_visible()
    expect(row.get_by_label("1.1 Vì sao khác")).to_be_visible()
    first.fill("22")
    expect(banner).to_contain_text("88")
    expect(row.get_by_text("Thấp hơn 12 điểm")).to_be_hidden()


def test_the_three_sheets_are_stacked_on_a_phone_and_side_by_side_on_a_desktop(phone):
    own, verifier = (phone.locator('[data-code="1.1"] .sheet__cell').nth(number) for number in (0, 1))
    assert own.bounding_box()["y"] < verifier.bounding_box()["y"]
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.set_viewport_size({"width": 1280, "height": 800})
    assert own.bounding_box()["y"] == verifier.bounding_box()["y"]


def test_the_box_one_types_in_is_not_hidden_behind_the_bar(phone):
    for code in ("1.1", "1.2", "2.1", "2.2"):
        phone.get_by_label(f"{code} Số điểm").focus()
        box = phone.get_by_label(f"{code} Số điểm").bounding_box()
        bar = phone.locator("[data-standing]").bounding_box()
        assert box["y"] + box["height"] <= bar["y"], code


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_sheets(phone, scheme):
    phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    phone.get_by_label("1.1 Số điểm").fill("10")
    expect(phone.locator('[data-code="1.1"]').get_by_text("Thấp hơn 12 điểm")).to_be_visible()
    assert violations(phone) == ""


@pytest.mark.parametrize("path", ["/can-bo/viec/", "/can-bo/dot-xet/"])
def test_axe_finds_nothing_on_the_lists(phone, site, path):
    phone.goto(site + path)
    assert violations(phone) == ""
    follow(phone.locator("main a").last)
    assert violations(phone) == ""


def test_a_household_fills_in_its_sheet_with_a_phone_without_javascript(plain_page, addresses):
    plain_page.goto(addresses[1])
    for code in ("1.1", "1.2", "2.1", "2.2"):
        plain_page.get_by_label(f"{code} Số điểm").fill("20,5")
    plain_page.get_by_role("button", name="Lưu", exact=True).click()
    expect(plain_page.locator("[data-standing]")).to_contain_text("82")
    plain_page.get_by_role("button", name="Nộp phiếu").click()
    expect(plain_page.get_by_text("Phiếu đã nộp. Tiếp theo xã thẩm định.").first).to_be_visible()
    assert plain_page.locator("main input:not([type=hidden])").count() == 0
