"""Suggestions while typing: by keyboard, by touch, for screen readers, and not for those who save data."""

import re

import pytest
from playwright.sync_api import expect

from .visit import violations

BOX = "#site-search"
OPTIONS = ".search-box__offers:not([hidden]) [role=option]"


@pytest.fixture
def box(page, site):
    page.goto(f"{site}/tim-kiem/")
    return page.locator(BOX)


def test_the_list_opens_while_typing_and_the_arrows_walk_it(page, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("hoc tap", delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    number = page.locator(OPTIONS).count()
    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(box).to_have_value("hoc tap")
    box.press("ArrowUp")
    expect(page.locator(OPTIONS).nth(number - 1)).to_have_attribute("aria-selected", "true")
    box.press("Home")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)


def test_enter_opens_what_is_chosen_and_else_searches(page, site, box):
    box.press_sequentially("hoc tap", delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()
    box.press("ArrowDown")
    target = page.locator("[role=option][aria-selected=true]").get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"{site}{target}")
    page.goto(f"{site}/tim-kiem/")
    box.press_sequentially("hoc tap", delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()
    box.press("Enter")
    page.wait_for_url(re.compile(r"/tim-kiem/\?q=hoc\+tap"))


def test_escape_closes_the_list_and_then_empties_the_box(page, box):
    box.press_sequentially("hoc tap", delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()
    box.press("Escape")
    expect(page.locator(OPTIONS)).to_have_count(0)
    expect(box).to_have_value("hoc tap")
    box.press("ArrowDown")
    expect(page.locator(OPTIONS).first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    box.press("Escape")
    expect(box).to_have_value("")


def test_the_list_is_told_to_screen_readers_and_has_no_fault(page, box):
    box.press_sequentially("hoc tap", delay=20)
    expect(page.locator("form:has(#site-search) [role=status]")).to_contain_text(re.compile(r"\d"))
    box.press("ArrowDown")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == ""


def test_no_request_on_each_key(page, box):
    asked = []
    page.on("request", lambda request: "/suggest/" in request.url and asked.append(request.url))
    box.press_sequentially("trong ngo", delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()
    assert 1 <= len(asked) <= 3  # for nine keys; a busy machine types with pauses


def test_by_touch_on_a_narrow_phone(browser, site):
    context = browser.new_context(
        locale="vi-VN", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{site}/tim-kiem/")
    page.locator(BOX).tap()
    page.locator(BOX).press_sequentially("hoc tap", delay=20)
    option = page.locator(OPTIONS).first
    expect(option).to_be_visible()
    assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    target = option.get_attribute("data-url")
    option.tap()
    page.wait_for_url(f"{site}{target}")
    context.close()


def test_who_saves_data_gets_no_suggestions_and_searches_all_the_same(browser, site):
    context = browser.new_context(locale="vi-VN", extra_http_headers={"Save-Data": "on"})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: "suggest" in request.url and asked.append(request.url))
    page.goto(f"{site}/tim-kiem/")
    page.locator(BOX).press_sequentially("hoc tap", delay=20)
    page.wait_for_timeout(500)
    assert asked == []
    page.locator(BOX).press("Enter")
    page.wait_for_url(re.compile(r"\?q=hoc\+tap"))
    context.close()
