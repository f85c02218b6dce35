"""Sheets to be judged: a full one for each published set, changed where a test says so."""

from pathlib import Path

from recognition.domain.criteria_content import content_of
from recognition.domain.criteria_reading import read
from recognition.domain.scoring import RuleSet, Verdict, read_rules, read_sheet, verdict
from recognition.enums import TargetKind

SETS = Path(__file__).parents[3] / "recognition" / "data" / "criteria"


def rules(file: str) -> RuleSet:
    data = read((SETS / f"{file}.json").read_text("utf-8"))
    return read_rules(content_of(data.values, data.groups))


def full(rules: RuleSet, level: str | None = None, area: str = "standard", **sheet) -> dict:
    """Everything met, with the most points; what is conditional applies."""
    answers = {code: best(target, level) for code, target in rules.targets.items()}
    return {
        "id": "mau",
        "area": area,
        "level": level,
        "months_since_previous": None,
        "answers": answers,
        **sheet,
    }


def best(target, level):
    asked = target.least.get(level)
    return {
        TargetKind.POINTS: {"points": target.max_points},
        TargetKind.YES_NO: {"met": True},
        TargetKind.RATIO: {"numerator": 100, "denominator": 100},
        TargetKind.RATIO_PAIR: {"parts": {"trained": [100, 100], "university": [100, 100]}},
        TargetKind.BAND: {"band": asked},
        TargetKind.COUNT: {"count": target.count},
        TargetKind.TREND: {"met": True},
    }[target.kind]


def judge(rules: RuleSet, sheet: dict) -> Verdict:
    return verdict(rules, read_sheet(rules, sheet))
