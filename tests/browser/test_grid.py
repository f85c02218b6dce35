"""The village grid in a real browser: a phone and a keyboard, with and without a connection."""

import json
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import manage
from .visit import violations

SAVED = "Đã lưu tất cả."


@pytest.fixture(scope="module")
def grid(site, var_dir) -> str:
    """The address of the grid."""
    return site + manage(var_dir, "from tests.browser.grid_content import add; add()").strip()


@pytest.fixture(scope="module")
def households():
    """Those whose sheets no test has touched yet; the pages of a test stand on one of their own."""
    return iter(f"Hộ mẫu {number:02}" for number in range(20, 60))


@pytest.fixture
def household(households) -> str:
    return next(households)


@pytest.fixture
def desk(officer, grid) -> Page:
    """The officer of the commune before the table, on a desktop."""
    return opened(officer, grid, 1280)


@pytest.fixture
def phone(officer, grid) -> Page:
    return opened(officer, grid, 360)


def opened(context: BrowserContext, url: str, width: int) -> Page:
    page = context.pages[0]
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(url)
    expect(page.locator("[data-live]")).to_be_visible()
    return page


def cell(page: Page, name: str, column: int):
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
    return row.get_by_role("gridcell").nth(column)


def status(page: Page):
    return page.locator(".village-grid__status")


def until(page: Page, expression: str) -> None:
    """The pages forbid `eval`, with which Playwright itself would wait."""
    look = f"look => (async () => ({expression}) || new Promise(done => setTimeout(done, 50)).then(() => look(look)))()"
    page.evaluate(f"(() => {{ const look = {look}; return look(look); }})()")


def go_offline(page: Page) -> None:
    page.context.set_offline(True)


def test_arrow_keys_enter_and_tab_move_and_typing_saves_as_you_go(desk, household):
    cell(desk, household, 0).click()
    desk.keyboard.type("5")
    desk.keyboard.press("Tab")
    desk.keyboard.type("3,5")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("td:focus")).to_have_attribute("data-c", "1")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("F2")
    desk.keyboard.type("2")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text(SAVED)
    expect(desk.get_by_role("rowheader", name=household)).to_contain_text("10,5")
    desk.reload()
    assert [cell(desk, household, each).inner_text() for each in range(3)] == ["5", "3,5", "2"]


def test_escape_takes_back_and_leaves_the_grid_for_the_buttons(desk, household):
    cell(desk, household, 0).click()
    desk.keyboard.type("5")
    desk.keyboard.press("Escape")
    assert "5" not in cell(desk, household, 0).inner_text()
    desk.keyboard.press("Escape")
    expect(desk.locator(".village-grid__details")).to_be_focused()
    expect(status(desk)).to_contain_text(SAVED)


def test_a_refused_cell_says_why_and_stays_until_it_is_mended(desk, household):
    target = cell(desk, household, 0)
    target.click()
    desk.keyboard.type("99")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text("1 bị từ chối")
    target.click()
    expect(desk.locator(".village-grid__details")).to_contain_text("1.1: điểm phải từ 0 đến 5.")
    desk.reload()
    expect(cell(desk, household, 0)).to_contain_text("99")
    cell(desk, household, 0).click()
    desk.keyboard.type("4")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text(SAVED)


def test_last_year_is_taken_over_by_a_key_for_a_cell_and_by_a_button_for_all(desk):
    first = cell(desk, "Lý Văn Mẫu", 0)
    expect(first.locator("i")).to_have_text("4")
    first.click()
    desk.keyboard.press("=")
    expect(first.locator("i")).to_have_count(0)
    expect(status(desk)).to_contain_text(SAVED)
    desk.get_by_role("button", name="Lấy số liệu năm trước").click()
    expect(status(desk)).to_contain_text(SAVED)
    expect(desk.get_by_role("rowheader", name="Nông Văn Đường")).to_contain_text("80 · Đạt")


def test_a_block_of_a_spreadsheet_is_pasted(desk):
    cell(desk, "Hộ mẫu 10", 0).click()
    desk.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "1\\t2\\t3\\r\\n4\\t5\\t0\\r\\n");
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }"""
    )
    expect(status(desk)).to_contain_text(SAVED)
    desk.reload()
    texts = [
        [cell(desk, name, each).inner_text() for each in range(3)] for name in ("Hộ mẫu 10", "Hộ mẫu 11")
    ]
    assert texts == [["1", "2", "3"], ["4", "5", "0"]]


def test_a_name_is_found_without_accents(desk):
    desk.get_by_label("Tìm tên").fill("duong")
    expect(desk.get_by_role("rowheader")).to_have_count(1)
    expect(desk.get_by_role("rowheader")).to_contain_text("Nông Văn Đường")


def test_a_lost_connection_is_counted_kept_and_made_good(desk, tmp_path, household):
    go_offline(desk)
    cell(desk, household, 0).click()
    for number in "123":
        desk.keyboard.type(number)
        desk.keyboard.press("Tab")
    expect(status(desk)).to_contain_text("3 chưa gửi")
    expect(status(desk)).to_contain_text("Mất kết nối")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Tải về bản sao").click()
    backup = json.loads(download.value.path().read_text("utf-8"))
    assert [(each["code"], each["text"]) for each in backup["cells"]] == [
        ("1.1", "1"),
        ("1.2", "2"),
        ("1.3", "3"),
    ]
    desk.context.set_offline(False)
    expect(status(desk)).to_contain_text(SAVED)
    desk.reload()
    assert [cell(desk, household, each).inner_text() for each in range(3)] == ["1", "2", "3"]


def test_the_page_opens_again_without_a_connection_and_knows_what_is_unsent(desk, household):
    until(desk, "navigator.serviceWorker.controller !== null")
    desk.reload()
    cell(desk, household, 0).click()
    desk.keyboard.type("5")
    desk.keyboard.press("Tab")
    expect(status(desk)).to_contain_text(SAVED)
    go_offline(desk)
    desk.keyboard.type("4")
    desk.keyboard.press("Tab")
    expect(status(desk)).to_contain_text("1 chưa gửi")
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.reload()
    expect(status(desk)).to_contain_text("1 chưa gửi")
    assert cell(desk, household, 0).inner_text() == "5"
    expect(cell(desk, household, 1)).to_contain_text("4")
    desk.context.set_offline(False)
    expect(status(desk)).to_contain_text(SAVED)


def test_who_leaves_with_unsent_cells_is_asked(desk, household):
    go_offline(desk)
    cell(desk, household, 0).click()
    desk.keyboard.type("5")
    desk.keyboard.press("Enter")
    with desk.expect_event("dialog") as asked:
        desk.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_backup_is_brought_back_on_another_day(desk, tmp_path, household):
    data = json.loads(desk.locator("#grid-data").text_content())
    row = next(each["row"] for each in data["rows"] if each["name"] == household)
    unsent = {"row": row, "code": "1.1", "name": "", "text": "3", "note": None, "seen": "", "noteSeen": ""}
    backup = {key: data[key] for key in ("round", "village", "stage", "title")}
    backup |= {"kind": "portal-grid-backup", "cells": [unsent]}
    file = tmp_path / "o-chua-gui.json"
    file.write_text(json.dumps(backup), "utf-8")
    desk.get_by_text("Nạp lại bản sao").click()
    desk.get_by_label("Tệp bản sao").set_input_files(file)
    expect(desk.get_by_text("1 ô từ bản sao đang chờ gửi.")).to_be_visible()
    expect(status(desk)).to_contain_text(SAVED)
    expect(cell(desk, household, 0)).to_have_text("3")
    file.write_text(json.dumps(backup | {"village": 0, "title": "Xóm Khác"}), "utf-8")
    desk.get_by_label("Tệp bản sao").set_input_files(file)
    expect(desk.get_by_text("Bản sao này thuộc lưới khác: Xóm Khác.")).to_be_visible()


def test_what_another_wrote_meanwhile_is_shown_and_the_officer_decides(desk, grid, household):
    other = desk.context.new_page()
    opened_there = other.goto(grid)
    assert opened_there.ok
    cell(other, household, 0).click()
    other.keyboard.type("2")
    other.keyboard.press("Enter")
    expect(status(other)).to_contain_text(SAVED)
    mine = cell(desk, household, 0)
    mine.click()
    desk.keyboard.type("5")
    desk.keyboard.press("Enter")
    expect(status(desk)).to_contain_text("1 bị từ chối")
    mine.click()
    expect(desk.locator(".village-grid__details")).to_contain_text(
        "đã ghi “2” trong lúc đó. Số của anh/chị là “5”."
    )
    desk.get_by_role("button", name="Giữ số của tôi").click()
    expect(status(desk)).to_contain_text(SAVED)
    other.reload()
    assert cell(other, household, 0).inner_text() == "5"


def test_signing_out_takes_the_kept_pages_along(desk, site):
    until(desk, "navigator.serviceWorker.controller !== null")
    desk.reload()
    until(desk, "caches.has('grid-pages')")
    desk.goto(f"{site}/can-bo/")
    desk.get_by_role("button", name="Đăng xuất").click()
    desk.wait_for_load_state()
    assert desk.evaluate("caches.has('grid-pages')") is False


def test_a_phone_goes_through_one_household_after_another(phone):
    expect(phone.get_by_role("combobox", name="Gia đình")).to_be_visible()
    field = phone.get_by_label("1.1", exact=True)
    field.fill("5")
    field.blur()
    expect(status(phone)).to_contain_text(SAVED)
    phone.get_by_role("button", name="Sau", exact=True).first.click()
    expect(phone.get_by_label("1.1", exact=True)).to_have_value("")
    phone.get_by_role("button", name="Bảng").click()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_on_a_phone_the_name_stays_in_sight_when_the_table_is_moved_sideways(phone):
    phone.get_by_role("button", name="Bảng").click()
    name = phone.get_by_role("rowheader").first
    before = name.bounding_box()["x"]
    phone.locator(".village-grid").evaluate("frame => (frame.scrollLeft = 400)")
    assert name.bounding_box()["x"] == before
    sizes = phone.locator(".village-grid td").first.bounding_box()
    assert sizes["width"] >= 44
    assert sizes["height"] >= 44


def test_every_button_of_the_desk_is_large_enough_for_a_thumb(phone):
    for control in phone.locator("[data-live] :is(button, input, select):visible").all():
        assert control.bounding_box()["height"] >= 44


def test_why_a_criterion_does_not_apply_is_asked_and_a_level_is_chosen(officer, site, var_dir):
    address = manage(var_dir, "from tests.browser.grid_content import add_units; add_units()").strip()
    page = opened(officer, site + address, 1280)
    cell(page, "Trường mẫu", 2).click()
    page.get_by_role("button", name="Không áp dụng").click()
    page.get_by_role("textbox", name="Vì sao tiêu chí 1.3 không áp dụng?").fill("không dùng ngân sách")
    page.get_by_role("button", name="Ghi lại").click()
    expect(cell(page, "Trường mẫu", 2)).to_contain_text("KAD: không dùng ngân sách")
    cell(page, "Trường mẫu", 14).click()
    page.keyboard.press("F2")
    page.get_by_role("combobox", name="Trường mẫu, 3.4").select_option("đáp ứng tốt")
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text(SAVED)
    page.reload()
    expect(cell(page, "Trường mẫu", 14)).to_have_text("đáp ứng tốt")


def test_what_was_just_typed_is_sent_before_the_village_is_handed_in(desk, household):
    cell(desk, household, 0).click()
    for _ in range(20):
        desk.keyboard.type("4")
        desk.keyboard.press("Tab")
    desk.get_by_role("button", name="Nộp tất cả phiếu").click()
    expect(desk.get_by_text(re.compile(r"Đã nộp \d phiếu"))).to_be_visible()
    expect(desk.get_by_role("rowheader", name=household)).to_contain_text("tự chấm")
    expect(desk.get_by_role("alert")).to_contain_text("Phiếu còn thiếu mục")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(officer, grid, scheme, width, household):
    page = officer.pages[0]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = opened(officer, grid, width)
    for mode in ("Từng hộ một", "Bảng"):
        page.get_by_role("button", name=mode).click()
        assert violations(page) == ""
    cell(page, household, 0).click()
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("1 bị từ chối")
    page.keyboard.press("ArrowUp")
    assert violations(page) == ""


def test_without_javascript_the_form_does_the_same(plain_officer, grid, household):
    page = plain_officer
    page.goto(f"{grid}?{urlencode({'ten': household})}")
    page.get_by_label(f"{household}, 1.1", exact=True).fill("99")
    page.get_by_label(f"{household}, 1.2", exact=True).fill("5")
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_label(f"{household}, 1.1", exact=True)).to_have_value("99")
    expect(page.get_by_role("alert")).to_contain_text(f"{household}, 1.1: 1.1: điểm phải từ 0 đến 5.")
    page.get_by_label(f"{household}, 1.1", exact=True).fill("4")
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_text("Đã lưu 1 ô.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
