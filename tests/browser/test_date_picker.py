"""The calendar of the admin as it is drawn: a Vietnamese week, and dates as they are written here."""

import datetime

import pytest
from playwright.sync_api import expect

FIELDS = {
    "day": ("/admin/grants/new/", "valid_to", "%d/%m/%Y"),
    "day and time": ("/admin/snippets/cms/alertbanner/add/", "ends_at", "%d/%m/%Y %H:%M"),
}
WEEK = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]


@pytest.mark.parametrize("kind", FIELDS)
def test_the_week_begins_on_monday_and_a_chosen_day_is_written_the_vietnamese_way(administrator, site, kind):
    address, name, written = FIELDS[kind]
    page = administrator.pages[0]
    page.goto(site + address)
    field = page.locator(f"input[name={name}]")
    field.click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")

    expect(calendar.locator("th")).to_have_text(WEEK)
    cell = calendar.locator("td[data-date='15']:not(.xdsoft_other_month)")
    shown = [int(cell.get_attribute(f"data-{part}")) for part in ("year", "month", "date")]
    column = cell.evaluate("cell => cell.cellIndex")
    cell.click()

    chosen = datetime.datetime.strptime(field.input_value(), written).date()
    assert chosen == datetime.date(shown[0], shown[1] + 1, shown[2])  # the script counts months from 0
    assert column == chosen.weekday()
