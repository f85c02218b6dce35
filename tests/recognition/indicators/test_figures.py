"""The pure part: rates in exact numbers, and what they are taken over."""

from decimal import Decimal

import pytest

from recognition.domain.indicators import wording
from recognition.domain.indicators.figures import WHOLE, Coverage, Part, Rate, add_up
from recognition.enums import Indicator

D = Decimal


def part(recognised=0, total=None, registered=None, commune=1, **more):
    known = {"total": total, "registered": registered}
    numbers = {name: None if value is None else D(value) for name, value in known.items()}
    return Part(commune, D(recognised), D(recognised), **numbers, **more)


def figure(*parts, target=70, indicator=Indicator.FAMILY):
    return add_up(indicator, [(each, WHOLE) for each in parts], (target, 2025) if target else None)


@pytest.mark.parametrize(
    ("recognised", "total", "target", "missing"),
    [
        (700, 1000, 70, 0),
        (699, 1000, 70, 1),
        (6996, 10_000, 70, 4),
        (2099, 3000, 70, 1),
        (0, 1, 70, 1),
        (1, 1, 70, 0),
        (0, 3, 65, 2),
        (2, 3, 65, 0),
        (69_999, 100_000, 70, 1),
    ],
)
def test_the_target_is_tested_in_whole_numbers(recognised, total, target, missing):
    found = figure(part(recognised, total), target=target)
    assert found.missing == missing
    assert found.is_reached == (missing == 0) == found.over_total.reaches(target)


def test_a_rate_that_rounds_up_to_the_target_still_says_who_is_missing():
    assert wording.over_total(figure(part(2099, 3000))) == "70,0 % (thiếu 1 hộ)"
    assert wording.over_total(figure(part(2100, 3000))) == "70,0 %"


def test_both_rates_have_their_own_denominator():
    """Long Thành Trung 2017: 2,910 of 4,843 households, of whom 4,035 had registered (recognition_facts.md, 5)."""
    found = figure(part(2910, 4843, 4035))
    assert wording.over_total(found).startswith("60,1 %")
    assert wording.over_registered(found) == "72,1 %"


def test_a_missing_denominator_is_missing_and_never_nought():
    found = figure(part(12))
    assert (found.recognised, found.total, found.over_total, found.missing) == (12, None, None, None)
    assert wording.over_total(found) == "chưa có mẫu số"
    assert found.coverage == Coverage(0, 1)


def test_a_rate_is_taken_over_the_communes_that_have_a_denominator_and_says_how_many():
    found = figure(part(70, 100, commune=1), part(50, None, commune=2), part(30, 100, commune=3))
    assert (found.recognised, found.total) == (150, 200)
    assert found.over_total == Rate(D(100), D(200))
    assert wording.coverage(found.coverage) == "2/3 xã"


def test_a_commune_that_declares_villages_is_known_by_villages():
    found = figure(
        part(7, 10, village=True), part(3, None, village=True), part(1, None, counts_as_unit=False)
    )
    assert wording.coverage(found.coverage) == "1/2 xóm"
    assert found.over_total == Rate(D(7), D(10))


def test_more_holders_than_there_are_is_told_instead_of_a_rate():
    assert wording.over_total(figure(part(120, 100))) == "nhiều hơn tổng số: xin xem lại hai con số"


def test_registered_that_nobody_keeps_is_not_nought():
    found = figure(part(12, 100))
    assert (found.registered, found.over_registered) == (None, None)
    assert wording.over_registered(found) == "chưa rõ số đăng ký"


def test_a_part_that_is_divided_is_an_estimate():
    found = add_up(Indicator.FAMILY, [(part(10, 30), D("0.4"))])
    assert (found.recognised, found.total, found.estimated) == (4, 12, True)


def test_numbers_that_nobody_has_checked_are_provisional():
    assert figure(part(1, 2, locked=False)).provisional
    assert not figure(part(1, 2)).provisional
