"""Numbers read and written."""

from decimal import Decimal

import pytest

from portal.text import format_number_vi, parse_number_vi


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234.567,5", "1234567.5"),
        ("1234567,50", "1234567.50"),
        ("1.500", "1500"),
        ("-12,5", "-12.5"),
        ("−7", "-7"),
        ("+0", "0"),
        (" ６５,５ ", "65.5"),
    ],
)
def test_numbers_are_read_with_dots_between_thousands(written, number):
    assert str(parse_number_vi(written)) == number


@pytest.mark.parametrize(
    "written",
    ["", "1.5", "1,234,567.5", "1.23.456", "1234.567", "1 234", "12,", ",5", "NaN", "1e3", "9" * 61],
)
def test_what_is_no_vietnamese_number_is_refused(written):
    with pytest.raises(ValueError, match="not a number"):
        parse_number_vi(written)


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (1_234_567, None, "1.234.567"),
        (Decimal("1234567.5"), None, "1.234.567,5"),
        (65.5, None, "65,5"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-1234.005"), 2, "-1.234,01"),
        (9.99, 1, "10,0"),
        (0, 2, "0,00"),
        (10**40, 1, "10" + ".000" * 13 + ",0"),
    ],
)
def test_numbers_are_written_with_dots_between_thousands(number, places, written):
    assert format_number_vi(number, places) == written


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_not_finite_is_not_written(number):
    with pytest.raises(ValueError, match="not a finite number"):
        format_number_vi(number)
