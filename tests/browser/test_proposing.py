"""An officer sends material from a phone of 360 pixels, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.cms import picture_bytes
from tests.factories.files import text_pdf

from .conftest import _sign_in
from .visit import WIDTH_OF_PAGE, violations

PHONE = {"width": 360, "height": 740}
START = "/can-bo/gui-hoc-lieu/"
PLAN = {
    "name": "ke-hoach.pdf",
    "mimeType": "application/pdf",
    "buffer": text_pdf(2, setup='#set document(title: "Kế hoạch học chữ buổi tối")\n'),
}
PHOTO = {"name": "IMG_2034.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(gps=True)}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request, browser, site, var_dir) -> Page:
    context = browser.new_context(locale="vi-VN", viewport=PHONE, java_script_enabled=request.param)
    yield _sign_in(context, site, var_dir, "canboxa").pages[0]
    context.close()


@pytest.fixture
def smart_phone(browser, site, var_dir) -> Page:
    context = browser.new_context(locale="vi-VN", viewport=PHONE, reduced_motion="reduce")
    yield _sign_in(context, site, var_dir, "canboxa").pages[0]
    context.close()


def go_on(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def test_from_the_officers_corner_to_the_librarian(phone, site):
    phone.locator(f"main a[href$='{START}']").first.click()
    phone.locator("input[type=file]").set_input_files(PLAN)
    go_on(phone)
    expect(phone.locator("[name=title]")).to_have_value("Kế hoạch học chữ buổi tối")
    expect(phone.locator("[name=page_count]")).to_have_value("2")
    expect(phone.locator("[name=language]")).to_have_value("vie")
    go_on(phone)
    # The second time the library may have it already: then it is said, and sent all the same.
    if phone.locator("#alike").count():
        go_on(phone)
    expect(phone.locator(".prose .notice").first).to_contain_text("chờ thủ thư")
    phone.goto(site + START)
    expect(phone.locator("main .list__item").first).to_contain_text("Kế hoạch học chữ buổi tối")


def test_a_photo_is_described_by_hand_and_nothing_typed_is_lost(phone, site):
    phone.goto(site + START)
    phone.locator("input[type=file]").set_input_files(PHOTO)
    go_on(phone)
    expect(phone.locator("[name=kind]")).to_have_value("picture")
    phone.locator("[name=note]").fill("Tờ rơi phát ở chợ phiên.")
    go_on(phone)
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.locator("[name=note]")).to_have_value("Tờ rơi phát ở chợ phiên.")


def test_a_file_stays_though_the_link_is_wrong(phone, site):
    phone.goto(site + START)
    phone.locator("[name=url]").fill("khong phai dia chi")
    phone.locator("input[type=file]").set_input_files(PLAN)
    go_on(phone)
    expect(phone.locator(".field--error [name=url]")).to_have_value("khong phai dia chi")
    expect(phone.locator("main .notice--success")).to_be_visible()
    phone.locator("[name=url]").fill("")
    go_on(phone)
    expect(phone.locator("[name=title]")).to_have_value("Kế hoạch học chữ buổi tối")


def test_a_link_that_does_not_open_is_told_and_sent_all_the_same(phone, site):
    phone.goto(site + START)
    phone.locator("[name=url]").fill("khong-co.invalid/so-tay")
    go_on(phone)
    expect(phone.locator("main .notice--warning").first).to_contain_text("khong-co.invalid")
    expect(phone.locator("[name=title]")).to_have_value("so tay")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_every_step_fits_the_phone(smart_phone, site, scheme):
    page = smart_phone
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def is_well():
        assert violations(page) == ""
        assert page.evaluate(WIDTH_OF_PAGE) <= PHONE["width"]

    def go_on_to_the_answer():
        """axe must not look at the page that is just leaving."""
        with page.expect_navigation():
            go_on(page)

    page.goto(site + START)
    is_well()
    go_on_to_the_answer()
    is_well()  # with a mistake
    page.locator("[name=url]").fill(
        "https://khong-co.invalid/mot-dia-chi-rat-la-dai-khong-co-cho-ngat-dong/" + "x" * 200
    )
    page.locator("input[type=file]").set_input_files(PLAN)
    go_on_to_the_answer()
    is_well()
    go_on_to_the_answer()
    is_well()
    if page.locator("#alike").count():
        go_on_to_the_answer()
        is_well()


def test_a_file_that_is_too_large_is_told_before_it_is_sent(smart_phone, site, tmp_path):
    film = tmp_path / "phim.mp4"
    with film.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    smart_phone.goto(site + START)
    smart_phone.locator("input[type=file]").set_input_files(film)
    message = smart_phone.locator("input[type=file]").evaluate("input => input.validationMessage")
    assert "50 MB" in message
    go_on(smart_phone)
    expect(smart_phone).to_have_url(site + START)
