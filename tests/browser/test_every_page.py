"""What holds for every type of page: WCAG by axe-core, 320 pixels, no error, a budget of bytes."""

from functools import cache

import pytest

from .addresses import PAGE_TYPES, address
from .visit import NARROW, Visit, violations, visit

BUDGET = 60 * 1024  # bytes of HTML, CSS and JavaScript of a first visit, as they cross the line
ERRORS = {"no such page"}  # Chromium itself complains of their status


@pytest.fixture(scope="module")
def seen(browser, site):
    """seen(page type) -> Visit, each page visited once."""

    @cache
    def see(page_type: str) -> Visit:
        return visit(browser, site, address(site, page_type))

    return see


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_answers_as_it_should(seen, page_type):
    assert seen(page_type).status == (404 if page_type in ERRORS else 200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_axe_finds_nothing(seen, page_type, scheme):
    assert seen(page_type).violations[scheme] == ""


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_fits_320_pixels_with_the_menu_open(seen, page_type):
    assert seen(page_type).width_at_narrow == NARROW


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_fits_320_pixels_with_very_large_text(seen, page_type):
    assert seen(page_type).width_with_large_text == NARROW


@pytest.mark.parametrize("page_type", [name for name in PAGE_TYPES if name not in ERRORS])
def test_browser_reports_no_error_and_no_breach_of_the_content_security_policy(seen, page_type):
    assert seen(page_type).complaints == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_calls_no_foreign_server(seen, page_type):
    assert seen(page_type).foreign == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_first_visit_stays_within_the_budget(seen, page_type):
    assert 0 < seen(page_type).text_bytes <= BUDGET
    assert seen(page_type).stylesheets == 1


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_has_one_main_heading_a_title_and_a_language(seen, page_type):
    page = seen(page_type)
    assert len(page.main_headings) == 1
    assert page.main_headings[0].strip()
    assert page.title.partition("–")[0].strip()
    assert page.language == "vi"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_officers_corner(officer, site, scheme):
    page = officer.pages[0]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}/can-bo/")
    assert violations(page) == ""


@pytest.mark.parametrize("setting", [{"contrast": "more"}, {"textSize": "largest"}])
def test_axe_finds_nothing_with_high_contrast_or_very_large_text(page, site, setting):
    page.goto(site)
    page.evaluate("setting => Object.assign(document.documentElement.dataset, setting)", setting)
    assert violations(page) == ""
