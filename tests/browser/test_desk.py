"""The officers' desk on a phone: from what waits for one to the issued decision, by the four people of a commune.

Every page on the way is looked at as the others are: nothing to scroll sideways, nothing that axe-core complains of.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from django.utils import timezone

from .conftest import _sign_in, manage
from .desk_content import NAMES, VILLAGE
from .visit import WIDTH_OF_PAGE, follow, violations

PHONE = {"width": 360, "height": 740}
CONTENT = "from tests.browser import desk_content; desk_content."
CRITERIA, POINTS = 4, "24"  # of 25 each
MEMBERS = 5


class Desk:
    """A person with the phone in the hand."""

    def __init__(self, browser: Browser, site: str, var_dir, username: str):
        self.site = site
        self.context = browser.new_context(locale="vi-VN", viewport=PHONE, reduced_motion="reduce")
        self.page: Page = _sign_in(self.context, site, var_dir, username).pages[0]

    def goes_to_what_waits(self, round: str, work: str) -> None:
        self.page.goto(f"{self.site}/can-bo/viec/")
        self.looks()
        job = self.page.locator("section").filter(has=self.page.get_by_role("heading", name=work))
        job = job.filter(has=self.page.get_by_role("link", name=round))
        follow(job.get_by_role("link", name=VILLAGE))
        self.looks()

    def follows(self, name: str, role="link") -> None:
        follow(self.page.get_by_role(role, name=name))
        self.looks()

    def presses(self, name: str) -> None:
        self.follows(name, role="button")

    def fills_in(self, values: dict[str, str]) -> None:
        for label, text in values.items():
            self.page.get_by_label(label).fill(text)

    def is_told(self, sentence: str) -> None:
        expect(self.page.get_by_text(sentence)).to_be_visible()

    def looks(self) -> None:
        assert self.page.evaluate(WIDTH_OF_PAGE) == PHONE["width"], self.page.url
        assert violations(self.page) == "", self.page.url


@pytest.fixture(scope="module")
def round(site, var_dir) -> str:
    return manage(var_dir, CONTENT + "add()").strip()


@pytest.fixture
def sits_down(browser, site, var_dir, round):
    """sits_down(name of a sample person) -> Desk"""
    desks = []

    def sits_down(username: str) -> Desk:
        desks.append(Desk(browser, site, var_dir, username))
        return desks[-1]

    yield sits_down
    for desk in desks:
        desk.context.close()


def test_from_the_own_sheets_to_the_issued_decision(sits_down, var_dir, round):
    officer, verifier = sits_down("canboxa"), sits_down("thamdinh")
    clerk, issuer = sits_down("thukyhoidong"), sits_down("banhanh")
    fill_in_and_hand_in(officer, round)
    verify(verifier, round)
    hold_the_council(clerk, round)
    hang_out(clerk, round)
    manage(var_dir, CONTENT + "let_the_notice_run_out()")
    draft(clerk, round, "31/QĐ-UBND")
    issue(issuer, round, "31/QĐ-UBND")


def fill_in_and_hand_in(officer: Desk, round: str) -> None:
    officer.goes_to_what_waits(round, "Điền và nộp phiếu tự chấm")
    officer.page.get_by_role("button", name="Bảng").click()
    for name in NAMES:
        row = officer.page.get_by_role("row").filter(has=officer.page.get_by_role("rowheader", name=name))
        for criterion in range(CRITERIA):
            row.get_by_role("gridcell").nth(criterion).click()
            officer.page.keyboard.type(POINTS)
            officer.page.keyboard.press("Enter")
    officer.presses("Nộp tất cả phiếu")
    officer.is_told("Đã nộp 3 phiếu")


def verify(verifier: Desk, round: str) -> None:
    verifier.goes_to_what_waits(round, "Thẩm định phiếu đã nộp")
    verifier.page.get_by_role("button", name="Đồng ý với phiếu tự chấm ở các ô còn trống").click()
    verifier.presses("Xác nhận đã thẩm định tất cả")
    verifier.is_told("Đã thẩm định 3 phiếu")


def hold_the_council(clerk: Desk, round: str) -> None:
    clerk.goes_to_what_waits(round, "Đưa ra hội đồng")
    clerk.presses("Chuẩn bị phiên họp")
    clerk.fills_in({"Chủ trì": "Chủ tịch mẫu", "Thư ký": "Thư ký mẫu"})
    for number in range(1, MEMBERS + 1):
        clerk.fills_in({f"Thành viên {number}: Tên": f"Người Mẫu {number}"})
    clerk.page.get_by_label("Thành viên 1: Đại diện Hội Khuyến học").check()
    clerk.presses("Lưu phiên họp")
    clerk.presses("Đưa 3 trường hợp đã thẩm định ra họp")
    clerk.follows(VILLAGE)
    clerk.presses("Lưu biểu quyết")
    clerk.presses("Kết thúc phiên họp")


def hang_out(clerk: Desk, round: str) -> None:
    clerk.goes_to_what_waits(round, "Đưa ra công khai")
    clerk.follows("Công khai 3 trường hợp hội đồng đã biểu quyết")
    clerk.presses("Chốt danh sách và công khai")
    clerk.is_told("Đã chốt danh sách công khai")


def draft(clerk: Desk, round: str, number: str) -> None:
    clerk.follows(f"{round}, ")  # from the notice back to the commune
    clerk.presses("Soạn quyết định cho 3 trường hợp")
    today = f"{timezone.localdate():%d/%m/%Y}"
    clerk.fills_in({"Số quyết định": number, "Ngày ban hành": today})
    clerk.fills_in({"Chức vụ người ký": "Chủ tịch", "Họ tên người ký": "Người Ký Mẫu"})
    clerk.presses("Lưu dự thảo")


def issue(issuer: Desk, round: str, number: str) -> None:
    issuer.goes_to_what_waits(round, "Ra quyết định khi hết thời gian công khai")
    issuer.follows(number)
    issuer.presses("Ban hành quyết định")
    issuer.is_told("Quyết định đã được ban hành")
    for name in NAMES:
        expect(issuer.page.get_by_role("main")).to_contain_text(name)
