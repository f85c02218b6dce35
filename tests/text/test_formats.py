"""Django's forms and templates speak the formats of Viet Nam (vn_rules R6.1-R6.3)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest

from django import forms
from django.template import Context, Template
from django.utils import formats, translation


class SampleForm(forms.Form):
    day = forms.DateField(localize=True, required=False)
    moment = forms.DateTimeField(localize=True, required=False)
    amount = forms.DecimalField(localize=True, required=False)
    count = forms.IntegerField(localize=True, required=False)


def cleaned(**data):
    form = SampleForm(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize("written", ["05/02/2026", "5-2-2026", "05.02.2026", "2026-02-05"])
def test_a_form_reads_the_day_first(written):
    assert cleaned(day=written)["day"] == date(2026, 2, 5)


def test_a_form_refuses_the_american_order():
    assert "day" in SampleForm({"day": "02/23/2026"}).errors


def test_a_form_reads_date_and_time():
    assert cleaned(moment="05/02/2026 15:05")["moment"].isoformat() == "2026-02-05T15:05:00+07:00"


def test_a_form_reads_vietnamese_numbers():
    assert cleaned(amount="1.234.567,5", count="1.500") == {
        "day": None,
        "moment": None,
        "amount": Decimal("1234567.5"),
        "count": 1500,
    }


def test_a_form_shows_a_value_as_it_will_read_it():
    form = SampleForm(initial={"day": date(2026, 2, 5), "amount": Decimal("1234567.5")})
    assert 'value="05/02/2026"' in str(form["day"])
    assert 'value="1234567,5"' in str(form["amount"]) or 'value="1.234.567,5"' in str(form["amount"])


def test_templates_write_dates_and_numbers():
    written = Template("{{ day }} · {{ moment }} · {{ amount }}").render(
        Context(
            {"day": date(2026, 2, 5), "moment": datetime(2026, 2, 5, 8, 5, tzinfo=UTC), "amount": 1_234_567}
        )
    )
    assert written == "05/02/2026 · 05/02/2026 15:05 · 1.234.567"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("DATE_FORMAT", "23/11/2026"),
        ("SHORT_DATE_FORMAT", "23/11/2026"),
        ("YEAR_MONTH_FORMAT", "tháng 11 năm 2026"),
        ("MONTH_DAY_FORMAT", "23 tháng 11"),
    ],
)
def test_named_formats(name, written):
    assert formats.date_format(date(2026, 11, 23), name) == written


def test_time_has_24_hours():
    assert formats.time_format(datetime(2026, 11, 23, 15, 5, tzinfo=UTC)) == "15:05"


@pytest.mark.parametrize(
    ("language", "separators"), [("vi", ".,"), ("tyz", ".,"), ("nut", ".,"), ("en", ",.")]
)
def test_every_language_reads_the_day_first_and_begins_the_week_on_monday(language, separators):
    module = import_module(f"portal.formats.{language}.formats")
    assert module.DATE_INPUT_FORMATS[0] == "%d/%m/%Y"
    assert module.FIRST_DAY_OF_WEEK == 1
    written = [module.THOUSAND_SEPARATOR, module.DECIMAL_SEPARATOR]
    assert written == list(separators)


def test_english_pages_write_english_numbers_and_read_the_day_first():
    with translation.override("en"):
        assert formats.localize(1_234_567.5) == "1,234,567.5"
        assert formats.localize(date(2026, 2, 5)) == "5 February 2026"
        assert cleaned(day="05/02/2026")["day"] == date(2026, 2, 5)
