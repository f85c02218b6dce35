"""What an editor puts into a page arrives at the reader."""

import pytest
from playwright.sync_api import expect

from .addresses import address


@pytest.fixture
def article(page, site):
    page.goto(address(site, "page with every block"), wait_until="networkidle")
    return page.locator("#article")


def test_pictures_are_drawn_and_described(article):
    pictures = article.locator("img")
    assert pictures.count() == 3
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert [picture.get_attribute("alt") for picture in pictures.all()] == [
        "Một ô màu chàm",
        "Một ô màu chàm",
        "",
    ]


def test_list_of_pages_names_pages_below_the_chosen_one(article):
    assert article.locator(".list__title a").count() == 3


def test_part_opens_and_shows_its_text(article):
    article.locator("summary", has_text="Ai được dự?").click()
    expect(article.get_by_text("Mọi người.")).to_be_visible()


def test_table_says_what_its_columns_and_rows_are(article):
    expect(article.get_by_role("columnheader", name="Số hộ")).to_be_visible()
    expect(article.get_by_role("rowheader", name="Xã mẫu", exact=True)).to_be_visible()


def test_file_can_be_taken_away(article, page):
    with page.expect_download() as download:
        article.locator(".files a").click()
    assert download.value.suggested_filename.endswith(".txt")


def test_questions_of_the_help_pages_are_there(page, site):
    page.goto(f"{site}/huong-dan/dang-ky-gia-dinh-hoc-tap/")
    question = page.locator("summary", has_text="Có phải nộp tiền không?")
    question.click()
    expect(page.get_by_text("Cổng không thu bất cứ khoản nào.")).to_be_visible()
