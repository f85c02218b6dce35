"""A cell is typed on one line, and the line comes back the same."""

from decimal import Decimal

import pytest

from recognition.domain.grid.cells import cell_text, choices, read_cell
from recognition.domain.scoring import MalformedSheet
from recognition.domain.scoring.rules import RuleSet, Target
from recognition.enums import ScoringModel, TargetKind, Trend


def rules_with(kind, **values) -> RuleSet:
    given = {"max_points": None, "conditional": False, "least": {}, "least_disadvantaged": {}, "count": None}
    target = Target(code="1.1", kind=kind, **(given | values))
    return RuleSet("MAU", ScoringModel.ALL_TARGETS_MET, {"1.1": target}, {"1": ("1.1",)})


POINTS = rules_with(TargetKind.POINTS, max_points=10)
YES_NO = rules_with(TargetKind.YES_NO, conditional=True)
RATIO = rules_with(TargetKind.RATIO, least={"1": 60})
PAIR = rules_with(TargetKind.RATIO_PAIR, least={"1": {"trained": 50, "university": 12}})
NUMBERED = rules_with(TargetKind.BAND, least={"1": "mức độ 2", "2": "mức độ 3"})
NAMED = rules_with(TargetKind.BAND, least={"1": "đáp ứng cơ bản", "2": "đáp ứng tốt"})
COUNT = rules_with(TargetKind.COUNT, count=2)
TREND = rules_with(TargetKind.TREND, trend=Trend.RISING)


@pytest.mark.parametrize(
    ("rules", "typed", "answer", "text"),
    [
        (POINTS, "8", {"points": 8}, "8"),
        (POINTS, " 8,5 ", {"points": Decimal("8.5")}, "8,5"),
        (POINTS, "8.5", {"points": Decimal("8.5")}, "8,5"),
        (POINTS, "8,0", {"points": 8}, "8"),
        (YES_NO, "C", {"met": True}, "có"),
        (YES_NO, "Không", {"met": False}, "không"),
        (
            YES_NO,
            "không áp dụng: nhà không có trẻ em",
            {"na": "nhà không có trẻ em"},
            "KAD: nhà không có trẻ em",
        ),
        (YES_NO, "kad nhà không có trẻ em", {"na": "nhà không có trẻ em"}, "KAD: nhà không có trẻ em"),
        (RATIO, "45 / 50", {"numerator": 45, "denominator": 50}, "45/50"),
        (PAIR, "60/100;15/100", {"parts": {"trained": [60, 100], "university": [15, 100]}}, "60/100; 15/100"),
        (NUMBERED, "3", {"band": "mức độ 3"}, "mức độ 3"),
        (NUMBERED, "MUC DO 1", {"band": "mức độ 1"}, "mức độ 1"),
        (NAMED, "đáp ứng tốt", {"band": "đáp ứng tốt"}, "đáp ứng tốt"),
        (COUNT, "3", {"count": 3}, "3"),
        (COUNT, "có", {"met": True}, "có"),
        (TREND, "40,5 -> 45", {"values": {"previous": 40.5, "current": 45}}, "40,5 → 45"),
        (POINTS, "  ", {}, ""),
    ],
)
def test_a_line_is_read_and_comes_back(rules, typed, answer, text):
    assert read_cell(rules, "1.1", typed) == answer
    assert cell_text(rules.targets["1.1"], answer) == text
    assert read_cell(rules, "1.1", text) == answer


@pytest.mark.parametrize(
    ("rules", "typed", "sentence"),
    [
        (POINTS, "11", "1.1: điểm phải từ 0 đến 10."),
        (POINTS, "8,25", "1.1: xin ghi như sau: 8; 8,5."),
        (POINTS, "tám", "xin ghi như sau"),
        (POINTS, "=8", "xin ghi như sau"),
        (POINTS, "kad", "1.1: hãy ghi lý do không áp dụng"),
        (RATIO, "KAD: xa", "áp dụng cho mọi đối tượng"),
        (RATIO, "50/45", "tử số"),
        (RATIO, "45", "xin ghi như sau: 45/50"),
        (RATIO, "1/0", "mẫu số"),
        (RATIO, f"1/{'9' * 30}", "xin ghi như sau"),
        (PAIR, "60/100", "60/100; 15/100"),
        (NUMBERED, "khá", "văn bản không có mức"),
        (TREND, "40", "40 → 45"),
        (YES_NO, "có lẽ", "có; không"),
        (YES_NO, "x" * 400, "300"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(rules, typed, sentence):
    with pytest.raises(MalformedSheet, match=sentence.replace("(", r"\(")):
        read_cell(rules, "1.1", typed)


def test_a_criterion_that_the_set_does_not_have_is_refused():
    with pytest.raises(MalformedSheet, match="9.9"):
        read_cell(POINTS, "9.9", "1")


def test_levels_are_chosen_from_what_the_text_knows():
    assert choices(NUMBERED.targets["1.1"]) == ["mức độ 1", "mức độ 2", "mức độ 3"]
    assert choices(NAMED.targets["1.1"]) == ["chưa đạt", "đáp ứng cơ bản", "đáp ứng tốt"]
    assert choices(YES_NO.targets["1.1"]) == ["có", "không"]
    assert choices(POINTS.targets["1.1"]) == []
