"""A training on a phone without JavaScript, and the reader's own list, as people meet them."""

import re
from io import BytesIO

import pypdfium2
from playwright.sync_api import expect

from .visit import WIDTH_OF_PAGE, violations

TRAINING = "/thu-vien/lo-trinh/can-bo-lam-quen-voi-cong/"
RIGHT = [
    "Người quản trị cấp, gắn với vai trò và địa bàn",
    "Có",
    "Không, luôn có hai người xem",
    "Đã đúng sự thật và có nguồn chưa",
    "Người được nêu tên, chụp ảnh đã đồng ý chưa",
    "Ảnh đã có lời tả chưa",
    "Ủy ban nhân dân xã",
]


def test_an_officer_completes_a_training_on_a_phone_without_javascript(plain_officer, site):
    page = plain_officer
    page.goto(site + TRAINING)
    expect(page.get_by_text("Đã xong 0 trên 4 bước")).to_be_visible()
    for _ in range(4):
        page.get_by_role("button", name="Tôi đã xong bước này").first.click()
    expect(page.get_by_text("Đã xong 4 trên 4 bước")).to_be_visible()
    page.get_by_role("button", name="Kiểm tra câu trả lời").click()
    expect(page.get_by_text("Đúng 0 trên 5 câu.")).to_be_visible()
    for answer in RIGHT:
        page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Kiểm tra lại câu trả lời").click()
    expect(page.get_by_text("Đúng 5 trên 5 câu.")).to_be_visible()
    link = page.get_by_role("link", name="Tải giấy chứng nhận (PDF)")
    pdf = page.context.request.get(site + link.get_attribute("href"))
    text = pypdfium2.PdfDocument(BytesIO(pdf.body()))[0].get_textpage().get_text_range()
    assert "Cán bộ mẫu - Cán bộ xã" in text
    checked = re.search(r"/thu-vien/chung-nhan/\w+", text.replace("\r\n", ""))[0]
    page.context.clear_cookies()
    page.goto(site + checked)
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy chứng nhận hợp lệ")
    assert page.evaluate(WIDTH_OF_PAGE) <= 360


def test_a_training_fits_a_phone_and_everybody(officer, site):
    page = officer.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (TRAINING, f"{TRAINING}?c1=1&c4=0&tra-loi=1", "/thu-vien/tap-huan/"):
        page.goto(site + address)
        assert page.evaluate(WIDTH_OF_PAGE) <= 360, address
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == "", address


def test_who_does_not_sign_in_is_told_how_to_reach_a_training(plain_page, site):
    answer = plain_page.goto(site + TRAINING)
    assert answer.status == 403
    expect(plain_page.get_by_text("Cán bộ làm quen với cổng")).to_have_count(0)
    expect(plain_page.locator("main").get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_a_shelf_leads_to_its_resources_and_to_all_of_them(plain_page, site):
    plain_page.goto(site + "/thu-vien/")
    plain_page.get_by_role("link", name="Tập đọc những chữ đầu tiên").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Tập đọc những chữ đầu tiên")
    plain_page.locator(".card__title a").first.click()
    assert re.search(r"/r/\d+$", plain_page.url)


def test_a_list_kept_in_the_browser_moves_into_the_account(context, page, site, var_dir):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + "/thu-vien/lo-trinh/doc-truyen-tranh-tu-de-den-dai/")
    page.locator(".steps__title a").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Giữ lại").click()
    expect(page.get_by_role("button", name="Đã giữ lại")).to_have_attribute("aria-pressed", "true")
    page.goto(site + "/thu-vien/cua-toi/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    assert page.evaluate(WIDTH_OF_PAGE) <= 360
    assert violations(page) == ""
    assert not context.cookies(), "nothing of it has left the browser"
    sign_in(page, site, var_dir)
    page.goto(site + "/thu-vien/cua-toi/")
    page.get_by_role("button", name="Chuyển vào tài khoản của tôi").click()
    expect(page.get_by_text("Đã chuyển 1 mục vào tài khoản.")).to_be_visible()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng (CSV)").click()
    assert title in download.value.path().read_text(encoding="utf-8-sig")


def sign_in(page, site, var_dir):
    lines = (var_dir / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
    passwords = dict(line.split(" ", 1) for line in lines)
    page.goto(f"{site}/can-bo/dang-nhap/")
    page.locator("input[name=login]").fill("bientap")
    page.locator("input[name=password]").fill(passwords["bientap"])
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{site}/can-bo/")
