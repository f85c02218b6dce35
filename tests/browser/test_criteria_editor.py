"""The editor of criteria sets as the association uses it: sums while typing, and all of it without JavaScript too."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import _sign_in

SETS = "/admin/recognition/criteria/"


@pytest.fixture
def organiser(context, site, var_dir) -> Page:
    return _sign_in(context, site, var_dir, "phutrach").new_page()


@pytest.fixture
def plain_organiser(plain_page, site, var_dir) -> Page:
    """Signed in with JavaScript off."""
    _sign_in(plain_page.context, site, var_dir, "phutrach")
    return plain_page


def derived(page: Page, site: str, title: str, code: str) -> str:
    """The address of a draft that was begun from the set of that title, by links and forms alone."""
    page.goto(site + SETS)
    page.locator("a[href*='/inspect/']", has_text=title).first.click()
    page.get_by_role("link", name="Phiên bản mới").first.click()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Lưu").click()
    expect(page).to_have_url(re.compile(r"/draft/\d+/$"))
    return page.url


def test_the_sum_is_said_while_the_points_are_typed(organiser, site):
    derived(organiser, site, "Thông tư 22/2020", "THU-1")
    points = organiser.get_by_label("Điểm của 1.1")
    points.fill("3")
    wrong = organiser.get_by_text("Các tiêu chí của nhóm 1 cộng lại được 23 điểm, nhóm ghi 30.")
    expect(wrong).to_be_visible()
    organiser.get_by_label("Điểm của 1", exact=True).fill("23")
    expect(wrong).to_have_count(0)
    expect(organiser.get_by_text("Các nhóm cộng lại được 93 điểm, bộ tiêu chí ghi 100.")).to_be_visible()
    organiser.get_by_role("button", name="Lưu thứ tự và điểm").click()
    expect(organiser.get_by_label("Điểm của 1.1")).to_have_value("3")


def test_of_a_criterion_only_the_fields_of_its_kind_are_shown(organiser, site):
    derived(organiser, site, "Cộng đồng học tập cấp xã (Thông tư 25/2023", "THU-2")
    organiser.get_by_role("link", name=re.compile("^5.2 ")).click()
    expect(organiser.get_by_label("Tên tỉ lệ thứ 1")).to_be_visible()
    expect(organiser.get_by_label("Ít nhất bao nhiêu")).to_be_hidden()
    organiser.locator("[name=kind]").select_option("count")
    expect(organiser.get_by_label("Tên tỉ lệ thứ 1")).to_be_hidden()
    expect(organiser.get_by_label("Ít nhất bao nhiêu")).to_be_visible()


def test_a_draft_is_changed_and_refused_with_sentences_without_javascript(plain_organiser, site):
    page = plain_organiser
    draft = derived(page, site, "Thông tư 22/2020", "THU-3")
    page.get_by_label("Điểm của 1.1").fill("9")
    page.get_by_role("button", name="Lưu thứ tự và điểm").click()
    expect(page.get_by_text("Các tiêu chí của nhóm 1 cộng lại được 29 điểm, nhóm ghi 30.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^1.1 ")).click()
    page.locator("[name=text]").fill("Lời văn mới")
    page.locator("[name=max_points]").fill("10")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("link", name="1.1 Lời văn mới")).to_be_visible()
    page.goto(draft + "publish/")
    expect(page.get_by_text("Trước khi công bố, cần:")).to_be_visible()
    expect(page.get_by_role("button", name="Công bố chính thức")).to_have_count(0)
    page.goto(draft + "facts/")
    page.locator("[name=gaps]").fill("")
    page.get_by_role("button", name="Lưu").click()
    page.goto(draft + "publish/")
    expect(page.get_by_role("button", name="Công bố chính thức")).to_be_visible()
