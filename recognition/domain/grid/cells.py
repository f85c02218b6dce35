"""A cell of the grid: an answer as an officer types it on one line, and the line for an answer. Pure.

One line is what a plain form, a spreadsheet and a backup file can all hold. The words are Vietnamese in every language:
they are what is typed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.text import fold, format_number_vi, nfc, parse_number_vi
from recognition.domain.scoring import MalformedSheet, RuleSet, read_answer
from recognition.domain.scoring.rules import NUMBER, Target
from recognition.enums import TargetKind

LONGEST, MOST_DIGITS = 300, 12  # characters in a cell, a reason included; digits in a number
YES, NO, DOES_NOT_APPLY, BELOW = "có", "không", "KAD", "chưa đạt"
YES_TYPED = {"c", "co", "x", "d", "dat", "1"}
NO_TYPED = {"k", "khong", "0", "chua", "khong dat", "chua dat"}
WHY_NOT = re.compile(r"(?:kad|không áp dụng|khong ap dung)\b\s*[:.–-]?\s*(?P<reason>.*)", re.IGNORECASE)
DOT_AS_COMMA = re.compile(r"(\d+)\.(\d)")
ARROW = re.compile(r"\s*(?:→|->|;|>)\s*")


def read_cell(rules: RuleSet, code: str, text: str) -> dict:
    """The answer that was typed, in the shape of `read_answer`; {} for an empty cell. Raises MalformedSheet with a sentence."""
    line, target = " ".join(nfc(text).split()), rules.targets.get(code)
    if target is None:
        raise MalformedSheet(_("The criteria set does not have %(codes)s.") % {"codes": code})
    if not line:
        return {}
    if len(line) > LONGEST:
        raise MalformedSheet(_("%(code)s: at most %(most)s characters.") % {"code": code, "most": LONGEST})
    answer = _answer(target, line)
    read_answer(rules, code, answer)
    return answer


def _answer(target: Target, line: str) -> dict:
    if why := WHY_NOT.fullmatch(line):
        return {"na": why["reason"]}
    try:
        return READ[target.kind](target, line)
    except ValueError:
        raise MalformedSheet(
            _("%(code)s: write it like this: %(example)s.")
            % {"code": target.code, "example": example(target)}
        ) from None


def example(target: Target) -> str:
    """How an answer is typed."""
    return {
        TargetKind.POINTS: "8; 8,5",
        TargetKind.YES_NO: f"{YES}; {NO}",
        TargetKind.RATIO: "45/50",
        TargetKind.RATIO_PAIR: "60/100; 15/100",
        TargetKind.BAND: "; ".join(choices(target)),
        TargetKind.COUNT: "3",
        TargetKind.TREND: "40 → 45",
    }[target.kind]


def choices(target: Target) -> list[str]:
    """What a cell is chosen from; [] where it is typed."""
    if target.kind == TargetKind.YES_NO:
        return [YES, NO]
    if target.kind != TargetKind.BAND:
        return []
    known = list(dict.fromkeys(target.least.values()))
    if not all(NUMBER.search(each) for each in known):
        return [BELOW, *known]
    most = max(int(NUMBER.search(each)[0]) for each in known)
    return [NUMBER.sub(str(number), known[0]) for number in range(1, most + 1)]


def parts_of(target: Target) -> list[str]:
    """The names of the two ratios, in the order in which they are typed."""
    return list(next(iter(target.least.values())))


def _points(target: Target, line: str) -> dict:
    dotted = DOT_AS_COMMA.fullmatch(line)
    points = parse_number_vi(f"{dotted[1]},{dotted[2]}" if dotted else line)
    if points != round(points, 1):
        raise ValueError(line)
    return {"points": _plain(points)}


def _met(target: Target, line: str) -> dict:
    typed = fold(line)
    if typed not in YES_TYPED | NO_TYPED:
        raise ValueError(line)
    return {"met": typed in YES_TYPED}


def _ratio(target: Target, line: str) -> dict:
    numerator, denominator = _pair(line)
    return {"numerator": numerator, "denominator": denominator}


def _ratio_pair(target: Target, line: str) -> dict:
    return {"parts": dict(zip(parts_of(target), map(_pair, line.split(";")), strict=True))}


def _band(target: Target, line: str) -> dict:
    offered = choices(target)
    typed = fold(line)
    by_number = {NUMBER.search(each)[0]: each for each in offered if NUMBER.search(each)}
    found = by_number.get(typed) or next((each for each in offered if fold(each) == typed), line)
    return {"band": found}


def _count(target: Target, line: str) -> dict:
    return {"count": _whole(line)} if line[0].isdigit() else _met(target, line)


def _trend(target: Target, line: str) -> dict:
    if fold(line) in YES_TYPED | NO_TYPED:
        return _met(target, line)
    previous, current = map(_figure, ARROW.split(line))
    return {"values": {"previous": previous, "current": current}}


READ: Mapping[TargetKind, Callable[[Target, str], dict]] = {
    TargetKind.POINTS: _points,
    TargetKind.YES_NO: _met,
    TargetKind.RATIO: _ratio,
    TargetKind.RATIO_PAIR: _ratio_pair,
    TargetKind.BAND: _band,
    TargetKind.COUNT: _count,
    TargetKind.TREND: _trend,
}


def _pair(text: str) -> list[int]:
    numerator, denominator = text.split("/")
    return [_whole(numerator), _whole(denominator)]


def _whole(text: str) -> int:
    number = parse_number_vi(text)
    if number != int(number) or number < 0 or number.adjusted() >= MOST_DIGITS:
        raise ValueError(text)
    return int(number)


def _figure(text: str) -> int | float:
    """As JSON can hold it."""
    number = parse_number_vi(text)
    if number.adjusted() >= MOST_DIGITS:
        raise ValueError(text)
    plain = _plain(number)
    return plain if isinstance(plain, int) else float(plain)


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == int(number) else number


def cell_text(target: Target, answer: Mapping) -> str:
    """The line for an answer as it is stored; "" for none."""
    if not answer:
        return ""
    if "na" in answer:
        return f"{DOES_NOT_APPLY}: {answer['na']}"
    if "met" in answer:
        return YES if answer["met"] else NO
    if "points" in answer:
        return format_number_vi(_plain(Decimal(answer["points"])))
    if "numerator" in answer:
        return f"{answer['numerator']}/{answer['denominator']}"
    if "parts" in answer:
        return "; ".join("{}/{}".format(*answer["parts"][name]) for name in parts_of(target))
    if "values" in answer:
        return " → ".join(format_number_vi(answer["values"][year]) for year in ("previous", "current"))
    return str(answer["count"]) if "count" in answer else answer["band"]
