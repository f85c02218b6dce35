"""Golden verdicts by points with bands: Thông tư 22/2020/TT-BGDĐT, 100 points in 10 criteria."""

from decimal import Decimal

import pytest

from .sheets import full, judge, rules

UNIT = rules("tt22-2020-unit")
MOST = {
    "1.1": 10,
    "1.2": 10,
    "1.3": 10,
    "2.1": 10,
    "2.2": 5,
    "2.3": 10,
    "2.4": 5,
    "3.1": 25,
    "3.2": 10,
    "3.3": 5,
}


def sheet(**lost) -> dict:
    """The full sheet without the points `lost`, by criterion as in `c1_1=3`."""
    data = full(UNIT)
    for name, points in lost.items():
        code = name[1:].replace("_", ".")
        data["answers"][code] = {"points": MOST[code] - points}
    return data


@pytest.mark.parametrize(
    ("lost", "groups", "total", "result"),
    [
        ({}, (30, 30, 40), 100, "Tốt"),
        ({"c1_1": 1}, (29, 30, 40), 99, "Tốt"),
        ({"c3_1": 5}, (30, 30, 35), 95, "Tốt"),
        ({"c1_1": 10}, (20, 30, 40), 90, "Tốt"),
        ({"c2_1": 10, "c2_2": 4}, (30, 16, 40), 86, "Tốt"),
        ({"c3_1": 15}, (30, 30, 25), 85, "Tốt"),
        ({"c1_1": 5, "c2_1": 5, "c3_2": 5}, (25, 25, 35), 85, "Tốt"),
        ({"c3_1": 16}, (30, 30, 24), 84, "Khá"),
        ({"c1_1": 6, "c2_1": 5, "c3_2": 5}, (24, 25, 35), 84, "Khá"),
        ({"c3_1": 20}, (30, 30, 20), 80, "Khá"),
        ({"c3_1": 25}, (30, 30, 15), 75, "Khá"),
        ({"c3_1": 25, "c1_1": 4}, (26, 30, 15), 71, "Khá"),
        ({"c3_1": 25, "c1_1": 5}, (25, 30, 15), 70, "Khá"),
        ({"c1_1": 10, "c1_2": 10, "c1_3": 10}, (0, 30, 40), 70, "Khá"),
        ({"c2_1": 10, "c2_2": 5, "c2_3": 10, "c2_4": 5}, (30, 0, 40), 70, "Khá"),
        ({"c3_1": 25, "c1_1": 6}, (24, 30, 15), 69, "Trung bình"),
        ({"c1_1": 10, "c1_2": 10, "c1_3": 10, "c2_2": 1}, (0, 29, 40), 69, "Trung bình"),
        ({"c3_1": 25, "c3_2": 10, "c3_3": 5}, (30, 30, 0), 60, "Trung bình"),
        ({"c3_1": 25, "c3_2": 10, "c1_1": 10}, (20, 30, 5), 55, "Trung bình"),
        ({"c3_1": 25, "c3_2": 10, "c1_1": 10, "c2_2": 4}, (20, 26, 5), 51, "Trung bình"),
        ({"c3_1": 25, "c3_2": 10, "c1_1": 10, "c2_2": 5}, (20, 25, 5), 50, "Trung bình"),
        ({"c3_1": 25, "c3_2": 10, "c1_1": 10, "c2_2": 5, "c3_3": 1}, (20, 25, 4), 49, "Không đạt"),
        ({"c3_1": 25, "c3_2": 10, "c3_3": 5, "c1_1": 10, "c1_2": 1}, (19, 30, 0), 49, "Không đạt"),
        ({"c1_1": 10, "c1_2": 10, "c1_3": 10, "c3_1": 25, "c3_2": 10}, (0, 30, 5), 35, "Không đạt"),
        (
            {"c2_1": 10, "c2_2": 5, "c2_3": 10, "c2_4": 5, "c3_1": 25, "c3_2": 10, "c3_3": 5},
            (30, 0, 0),
            30,
            "Không đạt",
        ),
        ({f"c{code.replace('.', '_')}": most for code, most in MOST.items()}, (0, 0, 0), 0, "Không đạt"),
        (
            {f"c{code.replace('.', '_')}": most for code, most in MOST.items() if code != "3.3"},
            (0, 0, 5),
            5,
            "Không đạt",
        ),
    ],
)
def test_the_total_falls_into_its_band(lost, groups, total, result):
    found = judge(UNIT, sheet(**lost))
    assert (found.total, found.result, found.passed) == (total, result, result != "Không đạt")
    assert found.groups == dict(zip("123", groups, strict=True))
    assert found.vetoes == ()


@pytest.mark.parametrize(
    ("points", "total", "result"),
    [
        ("9.99", Decimal("84.99"), "Khá"),
        ("10", 85, "Tốt"),
        ("9.5", Decimal("84.5"), "Khá"),
    ],
)
def test_a_part_of_a_point_does_not_round_up(points, total, result):
    data = sheet(c3_1=15)
    data["answers"]["1.1"] = {"points": Decimal(points)}
    found = judge(UNIT, data)
    assert (found.total, found.result) == (total, result)


def test_tenths_add_up_exactly():
    data = sheet(c3_1=15)
    for code in ("1.1", "1.2", "1.3"):
        data["answers"][code] = {"points": 9.9}
    assert judge(UNIT, data).total == Decimal("84.7")


def test_the_reason_names_the_total_and_the_band():
    assert "85" in judge(UNIT, sheet(c3_1=15)).reasons[0]
    assert "Tốt" in judge(UNIT, sheet(c3_1=15)).reasons[0]
    [reason] = judge(UNIT, sheet(c3_1=25, c3_2=10, c3_3=5, c1_1=10, c1_2=1)).reasons
    assert "49" in reason
    assert "50" in reason


def test_evidence_does_not_count_where_the_text_does_not_ask_for_it():
    data = sheet()
    data["answers"]["1.1"]["evidence"] = False
    assert judge(UNIT, data) == judge(UNIT, sheet())
