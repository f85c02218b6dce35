"""A librarian adds a source, reads it and looks through what it brought, with JavaScript off. The source is the site itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import _sign_in
from .visit import WIDTH_OF_PAGE, follow

SECONDS_TO_READ = 90


@pytest.fixture
def librarian(plain_page, site, var_dir) -> Page:
    _sign_in(plain_page.context, site, var_dir, "thuthu")
    return plain_page


def test_a_source_is_looked_at_kept_read_and_reviewed(librarian, site):
    page = librarian
    page.goto(f"{site}/admin/thu-vien/kho/them/")
    page.locator("[name=protocol]").select_option("oai")
    page.locator("[name=url]").fill(f"{site}/khong-co")
    follow(page.get_by_role("button", name="Kiểm tra kết nối"))
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu gì cả")
    expect(page.locator("[name=url]")).to_have_value(f"{site}/khong-co")

    page.locator("[name=url]").fill(f"{site}/oai")
    follow(page.get_by_role("button", name="Kiểm tra kết nối"))
    expect(page.get_by_role("heading", name=re.compile("^Kết nối tốt"))).to_be_visible()
    expect(page.locator(".source-example")).to_have_count(5)
    assert page.evaluate(WIDTH_OF_PAGE) <= 360
    page.locator("[name=name]").fill("Chính cổng này")
    follow(page.get_by_role("button", name="Lưu nguồn"))

    follow(page.get_by_role("button", name="Thu thập ngay"))
    read_to_the_end = page.get_by_role("cell", name="Đã đọc hết")
    expect(read_to_the_end).to_be_visible(timeout=SECONDS_TO_READ * 1000)  # the page looks again by itself
    follow(page.get_by_role("link", name=re.compile("biểu ghi mới$")))

    first = page.locator("tbody tr").first
    title = first.locator("td.title a").first.inner_text()
    first.get_by_role("checkbox").check()
    follow(page.get_by_role("button", name="Không nhận", exact=True))
    expect(page.get_by_role("alert")).to_contain_text("lý do")
    expect(first.get_by_role("checkbox")).to_be_checked()
    page.get_by_label("Lý do không nhận").fill("Chính là học liệu của cổng này.")
    follow(page.get_by_role("button", name="Không nhận", exact=True))
    page.goto(f"{site}/admin/thu-vien/duyet/?state=declined")
    declined = page.locator("tbody tr", has_text="Chính là học liệu của cổng này.")
    expect(declined).to_contain_text(title)
