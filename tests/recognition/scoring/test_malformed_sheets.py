import math

import pytest

from recognition.domain.scoring import MalformedSheet, read_sheet

from .sheets import full, rules

CITIZEN = rules("khvn-citizen-2021-2030")
UNIT = rules("tt24-2023-unit-district")
COMMUNE = rules("tt25-2023-commune-community")


@pytest.mark.parametrize(
    ("rules", "level", "change"),
    [
        (CITIZEN, None, {"A1": {"points": 11}}),
        (CITIZEN, None, {"A1": {"points": -1}}),
        (CITIZEN, None, {"A1": {"points": "10"}}),
        (CITIZEN, None, {"A1": {"points": True}}),
        (CITIZEN, None, {"A1": {"points": None}}),
        (CITIZEN, None, {"A1": {"points": math.inf}}),
        (CITIZEN, None, {"A1": {"points": math.nan}}),
        (CITIZEN, None, {"A1": {"met": True}}),
        (CITIZEN, None, {"A1": {"points": 5, "met": True}}),
        (CITIZEN, None, {"A1": {}}),
        (CITIZEN, None, {"A1": 5}),
        (CITIZEN, None, {"A1": {"na": "không có"}}),
        (CITIZEN, None, {"Z9": {"points": 5}}),
        (UNIT, "1", {"1.1": {"na": "không có"}}),
        (UNIT, "1", {"1.3": {"na": " "}}),
        (UNIT, "1", {"1.3": {"na": True}}),
        (UNIT, "1", {"1.1": {"met": 1}}),
        (UNIT, "1", {"1.1": {"met": True, "evidence": "no"}}),
        (UNIT, "1", {"2.1": {"numerator": 5}}),
        (UNIT, "1", {"2.1": {"numerator": 5, "denominator": 0}}),
        (UNIT, "1", {"2.1": {"numerator": 6, "denominator": 5}}),
        (UNIT, "1", {"2.1": {"numerator": -1, "denominator": 5}}),
        (UNIT, "1", {"2.1": {"numerator": 4.5, "denominator": 5}}),
        (UNIT, "1", {"2.1": {"met": True}}),
        (UNIT, "1", {"3.4": {"band": "rất tốt"}}),
        (UNIT, "1", {"3.4": {"band": 2}}),
        (COMMUNE, "1", {"4.2": {"band": "hạng 2"}}),
        (COMMUNE, "1", {"5.2": {"parts": {"trained": [1, 2]}}}),
        (COMMUNE, "1", {"5.2": {"parts": {"trained": [1, 2], "university": [1]}}}),
        (COMMUNE, "1", {"5.2": {"parts": {"trained": [1, 2], "university": [1, 2], "other": [1, 2]}}}),
        (COMMUNE, "1", {"5.2": {"parts": [[1, 2], [1, 2]]}}),
    ],
)
def test_an_answer_that_would_have_to_be_guessed_is_refused(rules, level, change):
    data = full(rules, level)
    data["answers"] |= change
    with pytest.raises(MalformedSheet, match=next(iter(change))):
        read_sheet(rules, data)


@pytest.mark.parametrize(
    ("rules", "change"),
    [
        (UNIT, {"level": None}),
        (UNIT, {"level": "3"}),
        (UNIT, {"level": 1}),
        (CITIZEN, {"level": "1"}),
        (CITIZEN, {"area": None}),
        (CITIZEN, {"area": "remote"}),
        (CITIZEN, {"area": ["standard"]}),
        (CITIZEN, {"answers": None}),
        (CITIZEN, {"answers": []}),
        (UNIT, {"months_since_previous": -1}),
        (UNIT, {"months_since_previous": 6.5}),
        (UNIT, {"months_since_previous": "12"}),
    ],
)
def test_a_sheet_that_does_not_say_what_it_is_about_is_refused(rules, change):
    level = "2" if rules is UNIT else None
    with pytest.raises(MalformedSheet):
        read_sheet(rules, full(rules, level) | change)


def test_a_missing_answer_is_named():
    data = full(CITIZEN)
    del data["answers"]["B2"], data["answers"]["C1"]
    with pytest.raises(MalformedSheet, match="B2, C1"):
        read_sheet(CITIZEN, data)


def test_the_months_must_be_spoken_of_when_they_matter():
    data = full(UNIT, "2")
    del data["months_since_previous"]
    with pytest.raises(MalformedSheet):
        read_sheet(UNIT, data)
    first = full(UNIT, "1")
    del first["months_since_previous"]
    assert read_sheet(UNIT, first).months_since_previous is None


def test_no_area_is_asked_for_where_it_makes_no_difference():
    data = full(UNIT, "1")
    del data["area"]
    assert read_sheet(UNIT, data).area is None


@pytest.mark.parametrize("sheet", [None, [], 3, "x"])
def test_what_is_no_sheet_is_refused(sheet):
    with pytest.raises(MalformedSheet):
        read_sheet(CITIZEN, sheet)
