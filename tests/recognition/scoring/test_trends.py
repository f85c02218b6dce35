"""Golden verdicts of figures that are compared with the year before (income, employment: Thông tư 25/2023/TT-BGDĐT)."""

from decimal import Decimal

import pytest

from recognition.domain.scoring import MalformedSheet, UnusableRules, read_rules, read_sheet
from recognition.enums import TargetKind, Trend

from .sheets import full, judge, rules

DISTRICT = rules("tt25-2023-district-community")


def content(**requirement):
    criterion = {
        "code": "4.2",
        "kind": TargetKind.TREND,
        "max_points": None,
        "applies_if": "",
        "evidence_required": False,
        "requirement": requirement,
    }
    return {
        "code": "MAU",
        "scoring_model": "all_targets_met",
        "total_points": None,
        "rules": {"levels": [{"code": "1"}], "thresholds": [{"label_vi": "Mức độ 1"}]},
        "groups": [{"code": "4", "criteria": [criterion]}],
    }


def sheet(answer):
    return {"id": 1, "level": "1", "answers": {"4.2": answer}}


def figures(previous, current):
    return sheet({"values": {"previous": previous, "current": current}})


@pytest.mark.parametrize(
    ("trend", "previous", "current", "met"),
    [
        ("rising", 48_000_000, 48_000_001, True),
        ("rising", 48_000_000, 48_000_000, False),
        ("rising", 48_000_000, 47_999_999, False),
        ("rising", 0, 1, True),
        ("rising", 97.1, 97.2, True),
        ("rising", 97.1, Decimal("97.10"), False),
        ("rising", -1.5, -1.4, True),
        ("falling", 12.5, 12.4, True),
        ("falling", 12.5, 12.5, False),
        ("falling", 12.5, 12.6, False),
        ("falling", 1, 0, True),
        ("falling", 0, 0, False),
        ("not_lower", 90, 90, True),
        ("not_lower", 90, 91, True),
        ("not_lower", 90, 89, False),
        ("not_lower", 0.3, Decimal("0.30"), True),
    ],
)
def test_a_figure_goes_the_way_the_text_asks(trend, previous, current, met):
    found = judge(read_rules(content(trend=trend)), figures(previous, current))
    assert (found.met, found.passed) == ({"4.2": met}, met)
    assert any(reason.startswith("4.2") for reason in found.reasons) is not met


def test_the_reason_names_both_figures_and_what_is_asked():
    [reason] = judge(read_rules(content(trend="rising")), figures(48_000_000, 47_500_000)).reasons
    assert "48.000.000" in reason
    assert "47.500.000" in reason
    assert str(Trend.RISING.label) in reason


@pytest.mark.parametrize("met", [True, False])
def test_who_has_only_the_word_of_the_statistics_office_says_yes_or_no(met):
    assert judge(read_rules(content(trend="falling")), sheet({"met": met})).passed is met


@pytest.mark.parametrize(
    "answer",
    [
        {"values": {"previous": 1}},
        {"values": {"previous": 1, "current": 2, "next": 3}},
        {"values": [1, 2]},
        {"values": {"previous": "1", "current": 2}},
        {"values": {"previous": None, "current": 2}},
        {"values": {"previous": True, "current": 2}},
        {"values": {"previous": float("nan"), "current": 2}},
        {"values": {"previous": 10**400, "current": 2}},
        {"values": {"previous": Decimal("1E-999999"), "current": 2}},
        {"previous": 1, "current": 2},
        {"values": {"previous": 1, "current": 2}, "met": True},
        {"na": "Không có số liệu"},
    ],
    ids=str,
)
def test_figures_that_would_have_to_be_guessed_are_refused(answer):
    with pytest.raises(MalformedSheet, match="4.2"):
        read_sheet(read_rules(content(trend="rising")), sheet(answer))


def test_a_trend_without_a_direction_judges_nothing():
    with pytest.raises(UnusableRules):
        read_rules(content())


@pytest.mark.parametrize("met", [True, False])
def test_what_the_circular_files_ask_today_is_still_answered_by_yes_or_no(met):
    data = full(DISTRICT, "1")
    data["answers"]["4.2"] = {"met": met}
    assert judge(DISTRICT, data).met["4.2"] is met
