"""Golden verdicts where every target must be met: Thông tư 24/2023/TT-BGDĐT and 25/2023/TT-BGDĐT."""

import pytest

from .sheets import full, judge, rules

UNIT = rules("tt24-2023-unit-district")
COMMUNE = rules("tt25-2023-commune-community")
PROVINCE = rules("tt25-2023-province-community")


def unit(level="1", months=None, **answers):
    data = full(UNIT, level, months_since_previous=months)
    data["answers"] |= {name[1:].replace("_", "."): answer for name, answer in answers.items()}
    return data


def commune(level="1", area="standard", months=None, **answers):
    data = full(COMMUNE, level, area, months_since_previous=months)
    data["answers"] |= {name[1:].replace("_", "."): answer for name, answer in answers.items()}
    return data


def ratio(numerator, denominator=100):
    return {"numerator": numerator, "denominator": denominator}


def pair(trained, university, of=100):
    return {"parts": {"trained": [trained, of], "university": [university, of]}}


@pytest.mark.parametrize(
    ("sheet", "unmet"),
    [
        (unit(), []),
        (unit("2"), []),
        (unit(c2_1=ratio(90)), []),
        (unit(c2_1=ratio(89)), ["2.1"]),
        (unit(c2_1=ratio(91)), []),
        (unit("2", c2_1=ratio(95)), []),
        (unit("2", c2_1=ratio(94)), ["2.1"]),
        (unit("2", c2_1=ratio(90)), ["2.1"]),
        (unit(c2_4=ratio(50)), []),
        (unit(c2_4=ratio(49)), ["2.4"]),
        (unit("2", c2_4=ratio(69)), ["2.4"]),
        (unit("2", c2_4=ratio(70)), []),
        (unit(c2_1=ratio(9, 10)), []),
        (unit(c2_1=ratio(899, 999)), ["2.1"]),
        (unit(c2_1=ratio(900, 999)), []),
        (unit(c3_1b=ratio(94)), ["3.1b"]),
        (unit(c3_1b=ratio(95)), []),
        (unit("2", c3_1b=ratio(96)), ["3.1b"]),
        (unit("2", c3_1b=ratio(97)), []),
        (unit(c1_1={"met": False}), ["1.1"]),
        (unit(c1_1={"met": False}, c3_3={"met": False}), ["1.1", "3.3"]),
        (unit(c3_4={"band": "đáp ứng cơ bản"}), []),
        (unit(c3_4={"band": "Đáp ứng  tốt"}), []),
        (unit("2", c3_4={"band": "đáp ứng cơ bản"}), ["3.4"]),
        (unit("2", c3_4={"band": "đáp ứng tốt"}), []),
        (unit(c3_4={"band": "chưa đáp ứng"}), ["3.4"]),
        (unit(c1_3={"na": "Doanh nghiệp"}), []),
        (unit(c1_3={"met": False}), ["1.3"]),
        (unit(c2_1={**ratio(100), "evidence": False}), ["2.1"]),
        (unit(c1_1={"met": True, "evidence": False}), ["1.1"]),
        (unit(c1_3={"na": "Doanh nghiệp", "evidence": False}), []),
        (commune(), []),
        (commune(c5_1=ratio(60)), []),
        (commune(c5_1=ratio(59)), ["5.1"]),
        (commune("2", c5_1=ratio(79)), ["5.1"]),
        (commune("2", c5_1=ratio(80)), []),
        (commune(c5_2=pair(50, 12)), []),
        (commune(c5_2=pair(49, 12)), ["5.2"]),
        (commune(c5_2=pair(50, 11)), ["5.2"]),
        (commune(c5_2=pair(49, 11)), ["5.2"]),
        (commune(area="disadvantaged", c5_2=pair(40, 10)), []),
        (commune(area="disadvantaged", c5_2=pair(39, 10)), ["5.2"]),
        (commune(area="disadvantaged", c5_2=pair(40, 9)), ["5.2"]),
        (commune("2", "disadvantaged", c5_2=pair(50, 12)), []),
        (commune("2", "disadvantaged", c5_2=pair(50, 11)), ["5.2"]),
        (commune("2", c5_2=pair(59, 15)), ["5.2"]),
        (commune(c4_2={"band": "mức độ 1"}), ["4.2"]),
        (commune(c4_2={"band": "mức độ 3"}), []),
        (commune("2", c4_2={"band": "mức độ 2"}), ["4.2"]),
        (commune(c4_4={"band": "Mức độ 1"}), []),
        (commune(c1_1={"met": True, "evidence": False}), []),
    ],
)
def test_one_target_missed_is_the_level_missed(sheet, unmet):
    rules = UNIT if "3.1b" in sheet["answers"] else COMMUNE
    found = judge(rules, sheet)
    assert [code for code, met in found.met.items() if not met] == unmet
    assert found.passed is (not unmet)
    assert found.result == (f"Mức độ {sheet['level']}" if not unmet else None)
    assert found.total is None
    assert found.vetoes == ()
    assert all(any(reason.startswith(code) for reason in found.reasons) for code in unmet)


def test_what_does_not_apply_is_neither_met_nor_missed():
    found = judge(UNIT, unit(c1_3={"na": "Doanh nghiệp tư nhân"}))
    assert "1.3" not in found.met
    assert any("Doanh nghiệp tư nhân" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("level", "months", "vetoes"),
    [("2", 11, ("UP12",)), ("2", 0, ("UP12",)), ("2", 12, ()), ("2", 13, ()), ("2", None, ()), ("1", 1, ())],
)
@pytest.mark.parametrize("sheet", [unit, commune])
def test_the_second_level_waits_a_year(sheet, level, months, vetoes):
    rules = UNIT if sheet is unit else COMMUNE
    found = judge(rules, sheet(level, months=months))
    assert (found.vetoes, found.passed) == (vetoes, not vetoes)
    assert all(found.met.values())


def test_the_reason_says_how_many_are_missing():
    found = judge(UNIT, unit(c2_1=ratio(1_700, 2_000)))
    [reason] = found.reasons
    assert "1.700" in reason
    assert reason.endswith("100.") or "100" in reason


@pytest.mark.parametrize(
    ("answer", "met"), [({"count": 3}, False), ({"count": 4}, True), ({"met": True}, True)]
)
def test_a_number_is_compared_with_the_least_one(answer, met):
    data = full(PROVINCE, "1")
    data["answers"]["3.4"] = answer
    assert judge(PROVINCE, data).met["3.4"] is met
