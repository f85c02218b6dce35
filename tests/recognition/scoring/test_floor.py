"""Golden verdicts by points with a floor: Công dân học tập (QĐ 324/QĐ-KHVN), 10 indicators of 10 points."""

import pytest

from .sheets import full, judge, rules

CITIZEN = rules("khvn-citizen-2021-2030")
CODES = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2")
LABEL = "Đạt Công dân học tập"


def sheet(points: str, area: str = "standard") -> dict:
    """Ten figures in the order of the indicators, for example "8 8 8 8 8 8 8 8 8 8"."""
    data = full(CITIZEN, area=area)
    data["answers"] = {code: {"points": int(n)} for code, n in zip(CODES, points.split(), strict=True)}
    return data


@pytest.mark.parametrize(
    ("area", "points", "total", "passed", "low"),
    [
        ("standard", "10 10 10 10 10 10 10 10 10 10", 100, True, ""),
        ("standard", "8 8 8 8 8 8 8 8 8 8", 80, True, ""),
        ("standard", "8 8 8 8 8 8 8 8 8 9", 81, True, ""),
        ("standard", "8 8 8 8 8 8 8 8 8 7", 79, False, ""),
        ("standard", "5 5 10 10 5 5 10 10 10 10", 80, True, ""),
        ("standard", "5 5 10 10 5 5 10 10 10 9", 79, False, ""),
        ("standard", "10 10 10 10 5 5 5 5 10 10", 80, True, ""),
        ("standard", "10 10 10 10 10 4 10 10 10 10", 94, False, "B2"),
        ("standard", "10 10 10 10 10 5 10 10 10 10", 95, True, ""),
        ("standard", "10 10 10 10 10 0 10 10 10 10", 90, False, "B2"),
        ("standard", "4 10 10 10 10 10 10 10 10 4", 88, False, "A1 C2"),
        ("standard", "4 8 9 9 8 8 9 9 8 8", 80, False, "A1"),
        ("standard", "4 8 9 9 8 8 9 9 8 7", 79, False, "A1"),
        ("standard", "7 7 7 7 7 7 7 7 7 7", 70, False, ""),
        ("standard", "0 0 0 0 0 0 0 0 0 0", 0, False, "A1 A2 A3 A4 B1 B2 B3 B4 C1 C2"),
        ("standard", "4 4 4 4 4 4 4 4 4 4", 40, False, "A1 A2 A3 A4 B1 B2 B3 B4 C1 C2"),
        ("standard", "5 5 5 5 5 5 5 5 5 5", 50, False, ""),
        ("disadvantaged", "10 10 10 10 10 10 10 10 10 10", 100, True, ""),
        ("disadvantaged", "8 8 8 8 8 8 8 8 8 8", 80, True, ""),
        ("disadvantaged", "8 8 8 8 8 8 8 8 8 7", 79, True, ""),
        ("disadvantaged", "7 7 7 7 7 7 7 7 7 7", 70, True, ""),
        ("disadvantaged", "7 7 7 7 7 7 7 7 7 8", 71, True, ""),
        ("disadvantaged", "7 7 7 7 7 7 7 7 7 6", 69, False, ""),
        ("disadvantaged", "5 5 5 5 5 5 10 10 10 10", 70, True, ""),
        ("disadvantaged", "4 5 5 6 5 5 10 10 10 10", 70, False, "A1"),
        ("disadvantaged", "10 10 10 10 4 10 10 10 10 10", 94, False, "B1"),
        ("disadvantaged", "5 5 5 5 5 5 5 5 5 5", 50, False, ""),
        ("disadvantaged", "0 10 10 10 10 10 10 10 0 0", 70, False, "A1 C1 C2"),
        ("disadvantaged", "10 10 10 10 10 10 10 0 0 0", 70, False, "B4 C1 C2"),
        ("disadvantaged", "9 9 9 9 9 9 5 5 5 0", 69, False, "C2"),
    ],
)
def test_the_total_and_the_lowest_indicator_decide_together(area, points, total, passed, low):
    found = judge(CITIZEN, sheet(points, area))
    low = low.split()
    assert (found.total, found.passed, found.result) == (total, passed, LABEL if passed else None)
    assert found.vetoes == (("V1",) if low else ())
    assert [code for code, met in found.met.items() if not met] == low


def test_the_groups_add_up_to_the_total():
    assert judge(CITIZEN, sheet("1 2 3 4 5 6 7 8 9 10")).groups == {"A": 10, "B": 26, "C": 19}


def test_enough_points_and_a_low_indicator_are_told_apart():
    total, low = judge(CITIZEN, sheet("10 10 10 10 10 4 10 10 10 10")).reasons
    assert "94" in total
    assert low.startswith("B2")
    assert "4" in low
    assert "5" in low


def test_too_few_points_name_what_the_area_asks_for():
    [standard] = judge(CITIZEN, sheet("6 6 6 6 6 6 6 6 6 6")).reasons
    [disadvantaged] = judge(CITIZEN, sheet("6 6 6 6 6 6 6 6 6 6", "disadvantaged")).reasons
    assert "80" in standard
    assert "70" in disadvantaged
