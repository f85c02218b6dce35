"""A newcomer finds something to learn, reads it, keeps it and comes back; on a small phone, by keyboard, without a script."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .addresses import address
from .content import PAGES, TO_READ
from .test_display import A_VOICE
from .test_keyboard import tab_to

PHONE = {"width": 360, "height": 740}
SLOW_LINE = 400_000 / 8  # bytes a second
SECONDS_ON_IT = 3  # in which a page must be usable, design_language.md


@pytest.fixture
def phone(browser) -> Page:
    context = browser.new_context(locale="vi-VN", viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def place(page: Page):
    return page.locator(".reader__place").first


def find_it(page: Page, site: str) -> None:
    """From the front door: types without accents, opens what is found."""
    page.goto(site)
    box = page.locator("main input[name=q]").first
    box.fill("ky thuat trong ngo")
    box.press("Enter")
    page.locator("main .list__item a", has_text=TO_READ).first.click()
    expect(page.locator("h1")).to_have_text(TO_READ)


def read_it(page: Page) -> None:
    """The PDF, whose label tells it from the other files."""
    page.locator(".way", has_text="Cả cuốn").get_by_role("link", name="Đọc tại đây").click()
    expect(place(page)).to_have_text(f"Trang 1 trên {PAGES}")


def turn(page: Page, number: int) -> None:
    page.locator(".reader__turn").last.get_by_role("link", name="Trang sau").click()
    expect(place(page)).to_have_text(f"Trang {number} trên {PAGES}")


def test_a_newcomer_finds_reads_keeps_and_goes_on_where_they_stopped(phone, site):
    find_it(phone, site)
    resource = phone.url
    read_it(phone)
    picture = phone.locator(".reader__page img")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 800
    turn(phone, 2)
    turn(phone, 3)

    phone.goto(resource)
    keep = phone.get_by_role("button", name="Giữ lại")
    keep.click()
    expect(phone.get_by_role("button", name="Đã giữ lại")).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("link", name="Danh sách của tôi").first.click()
    kept = phone.locator("[data-entries=kept]")
    expect(kept.get_by_role("link", name=TO_READ)).to_be_visible()

    phone.locator("[data-entries=reading]").locator("[data-go-on]").click()
    expect(place(phone)).to_have_text(f"Trang 3 trên {PAGES}")


def test_the_reader_opened_anew_goes_to_the_page_that_was_read_last(phone, site):
    reader = address(site, "reader, PDF")
    phone.goto(f"{reader}?trang=4")
    expect(place(phone)).to_have_text(f"Trang 4 trên {PAGES}")
    phone.goto(reader)
    expect(place(phone)).to_have_text(f"Trang 4 trên {PAGES}")


def test_nothing_of_it_leaves_the_browser_of_who_does_not_sign_in(phone, site):
    sent = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.goto(address(site, "reader, PDF") + "?trang=2")
    log = json.loads(phone.evaluate("localStorage.getItem('so-hoc-tap')"))
    assert [entry["page"] for entry in log["reading"].values()] == [2]
    assert set(sent) == {"GET"}
    assert phone.context.cookies() == []


def test_who_signs_in_finds_the_page_again_in_another_browser(officer, site):
    page, reader = officer.pages[0], address(site, "reader, PDF")
    page.goto(f"{reader}?trang=5")
    assert page.evaluate("localStorage.getItem('so-hoc-tap')") is None
    page.goto(reader)
    expect(place(page)).to_have_text(f"Trang 5 trên {PAGES}")


def test_without_javascript_it_is_found_read_and_searched(plain_page, site):
    find_it(plain_page, site)
    read_it(plain_page)
    expect(plain_page.locator(".reader__page img")).to_be_visible()
    turn(plain_page, 2)
    plain_page.get_by_role("link", name="Chữ", exact=True).click()
    expect(plain_page.locator("#reader-text")).to_contain_text("Khuyến học là việc của mọi nhà")
    turn(plain_page, 3)
    expect(plain_page.locator("#reader-text")).to_be_visible()
    plain_page.get_by_role("searchbox", name="Tìm trong tài liệu này").fill("goc hoc tap")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator(".reader__found mark").first).to_have_text("góc học tập")
    plain_page.locator(".reader__found a", has_text="Trang 5").click()
    expect(place(plain_page)).to_have_text(f"Trang 5 trên {PAGES}")
    expect(plain_page.locator(".reader__sizes")).to_be_hidden()


def test_keys_turn_the_pages(page, site):
    page.goto(address(site, "reader, PDF") + "?trang=2")
    page.keyboard.press("ArrowRight")
    expect(place(page)).to_have_text(f"Trang 3 trên {PAGES}")
    page.keyboard.press("ArrowLeft")
    expect(place(page)).to_have_text(f"Trang 2 trên {PAGES}")


def test_a_key_pressed_in_a_field_turns_nothing(page, site):
    page.goto(address(site, "reader, PDF") + "?trang=2")
    page.get_by_role("searchbox", name="Tìm trong tài liệu này").fill("ngô")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Đến trang").fill("4")
    page.keyboard.press("Enter")
    expect(place(page)).to_have_text(f"Trang 4 trên {PAGES}")


def test_tab_and_enter_alone_turn_the_pages(page, site):
    page.goto(address(site, "reader, PDF"))
    tab_to(page, ".reader__turn a[rel=next]")
    page.keyboard.press("Enter")
    expect(place(page)).to_have_text(f"Trang 2 trên {PAGES}")


def test_the_next_page_is_there_before_it_is_asked_for(page, site):
    fetched = []
    page.on("response", lambda response: fetched.append(response.url))
    page.goto(address(site, "reader, PDF"), wait_until="networkidle")
    assert any(url.endswith("/2-800.webp") for url in fetched)


def test_a_page_comes_in_three_seconds_on_a_slow_line(browser, site):
    """Counted in bytes, not in seconds: all that a second page needs, its scripts and styles being there already."""
    context = browser.new_context(viewport=PHONE, extra_http_headers={"Save-Data": "on"})
    page, sizes = context.new_page(), []
    reader = address(site, "reader, PDF")
    page.goto(reader, wait_until="networkidle")
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(f"{reader}?trang=2", wait_until="networkidle")
    context.close()
    assert 10_000 < sum(sizes) <= SLOW_LINE * SECONDS_ON_IT


def test_text_grows_at_once_and_on_the_next_page_too(page, site):
    page.goto(address(site, "reader, PDF as text"))
    size = "parseFloat(getComputedStyle(document.getElementById('reader-text')).fontSize)"
    usual = page.evaluate(size)
    page.get_by_role("button", name="Chữ rất to").click()
    assert page.evaluate(size) > usual * 1.3
    turn(page, 3)
    assert page.evaluate(size) > usual * 1.3


@pytest.mark.parametrize("kind", ["reader, PDF as text", "reader, PDF", "reader, EPUB", "reader, audio"])
def test_what_can_be_read_can_be_heard(page, site, kind):
    page.add_init_script(A_VOICE)
    page.goto(address(site, kind))
    page.locator(".read-aloud button").click()
    assert any(len(text) > 20 for text in page.evaluate("window.spoken"))


def test_who_deletes_the_list_of_a_browser_deletes_all_that_the_reader_kept(phone, site):
    phone.goto(address(site, "reader, PDF") + "?trang=2")
    play_to(phone, address(site, "reader, audio"), 9)
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(f"{site}/thu-vien/cua-toi/")
    phone.locator("[data-act=clear]").click()
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_contents_lead_into_the_book(page, site):
    page.goto(address(site, "reader, EPUB"))
    page.get_by_text("Mục lục").click()
    page.get_by_role("link", name="Chương 3").click()
    expect(page.locator("#reader-text h2", has_text="Chương 3")).to_be_visible()
    page.goto(address(site, "reader, EPUB") + "?trang=1")
    picture = page.locator("#reader-text img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 400


def play_to(page: Page, url: str, second: int) -> None:
    """Plays a recording from a second before that one until it is reached, and leaves."""
    page.goto(url)
    player = page.locator("[data-resume]")
    player.evaluate(
        "(player, at) => { player.muted = true; player.currentTime = at; return player.play(); }", second - 1
    )
    page.wait_for_function("at => document.querySelector('[data-resume]').currentTime > at", arg=second)
    player.evaluate("player => player.pause()")


def goes_on_from(page: Page, second: int) -> None:
    """The recording that is open stands where it was left, and says so."""
    expect(page.locator("[data-resumed]")).to_be_visible()
    assert second <= page.locator("[data-resume]").evaluate("player => player.currentTime") < second + 2


@pytest.mark.parametrize("kind", ["reader, audio", "reader, video"])
def test_a_recording_goes_on_where_it_was_left_in_this_browser(phone, site, kind):
    play_to(phone, address(site, kind), 9)
    phone.goto(address(site, kind))
    goes_on_from(phone, 9)
    phone.goto(f"{site}/thu-vien/cua-toi/")
    onward = phone.locator("[data-entries=reading] [data-go-on]")
    expect(onward).to_have_text(re.compile(r"Nghe, xem tiếp từ 0:(09|10)"), use_inner_text=True)
    onward.click()
    goes_on_from(phone, 9)
    phone.get_by_role("button", name="Từ đầu").click()
    phone.reload()
    expect(phone.locator("[data-resumed]")).to_be_hidden()


def test_a_recording_goes_on_in_another_browser_of_who_signs_in(officer, site, browser):
    page = officer.pages[0]
    with page.expect_response("**/cho-dung/") as told:
        play_to(page, address(site, "reader, audio"), 9)
    assert told.value.status == 204
    assert page.evaluate("localStorage.getItem('so-hoc-tap')") is None
    elsewhere = browser.new_context(storage_state={"cookies": officer.cookies(), "origins": []})
    other = elsewhere.new_page()
    other.goto(address(site, "reader, audio"))
    goes_on_from(other, 9)
    elsewhere.close()


def test_leaving_the_page_is_enough_for_the_account_to_remember(officer, site):
    page = officer.pages[0]
    play_to(page, address(site, "reader, audio"), 7)
    page.locator("[data-resume]").evaluate("player => { player.currentTime = 13; }")
    page.goto(site)
    page.goto(address(site, "reader, audio"))
    goes_on_from(page, 13)


@pytest.mark.parametrize(("kind", "player"), [("reader, audio", "audio"), ("reader, video", "video")])
def test_recordings_play_and_can_be_read(page, site, kind, player):
    page.goto(address(site, kind))
    playing = page.locator(player)
    playing.evaluate("player => { player.muted = true; return player.play(); }")
    page.wait_for_function("kind => document.querySelector(kind).currentTime > 0.2", arg=player)
    assert playing.evaluate("player => player.error") is None
    page.locator("summary", has_text="bản chép lời").click()
    expect(page.get_by_text("hai mươi giây im lặng")).to_be_visible()


def test_captions_stand_on_the_film(page, site):
    page.goto(address(site, "reader, video"))
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length === 1")
    cue = page.evaluate("document.querySelector('video').textTracks[0].cues[0].text")
    assert cue.startswith("Một ô màu chàm")


@pytest.mark.parametrize("kind", ["reader, PDF", "reader, PDF closer"])
def test_a_page_stays_within_the_smallest_screen(page, site, kind):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address(site, kind), wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    shown = page.locator(".reader__page")
    inner, outer = shown.evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert (inner > outer * 2) == ("closer" in kind)
