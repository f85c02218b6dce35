"""What a sheet comes to by its rules, with every reason. Pure: the same rules and sheet always give the same verdict."""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.text import format_number_vi
from recognition.enums import ScoringModel, TargetKind, Trend

from .answers import Answer, Number, Ratio, Sheet
from .rules import RuleSet, Target

KEEPS = {  # (the year before, this year) -> is it as it must be?
    Trend.RISING: operator.lt,
    Trend.FALLING: operator.gt,
    Trend.NOT_LOWER: operator.le,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`total` and `groups` in points, where there are any; `met` by criterion, without those that do not apply;
    `result`: the name of what was reached; `vetoes`: codes of conditions that refuse whatever the total is; `reasons`:
    sentences for the people concerned."""

    passed: bool
    result: str | None
    total: Number | None = None
    groups: Mapping[str, Number] = field(default_factory=dict)
    met: Mapping[str, bool] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def verdict(rules: RuleSet, sheet: Sheet) -> Verdict:
    """Judge a sheet that `read_sheet` has checked against the same rules."""
    if rules.model == ScoringModel.ALL_TARGETS_MET:
        return _by_targets(rules, sheet)
    return _by_points(rules, sheet)


def _by_points(rules: RuleSet, sheet: Sheet) -> Verdict:
    points = {code: _counted(target, sheet.answers[code]) for code, target in rules.targets.items()}
    groups = {code: _plain(sum(points[each] for each in codes)) for code, codes in rules.groups.items()}
    total = _plain(sum(points.values()))
    low = {code for code, given in points.items() if rules.floor and given < rules.floor.number}
    band = next((each for each in rules.bands if each.holds(total, sheet.area)), None)
    reached = band is not None and band.passes
    return Verdict(
        passed=reached and not low,
        result=band.label if band and not (reached and low) else None,
        total=total,
        groups=groups,
        met={code: code not in low for code in points} if rules.floor else {},
        vetoes=(rules.floor.code,) if low else (),
        reasons=(*_without_evidence(rules, sheet), *_on_points(rules, sheet, points, total, band, low)),
    )


def _counted(target: Target, answer: Answer) -> Number:
    return 0 if target.needs_evidence and not answer.evidence else answer.points


def _plain(number: Number) -> Number:
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number


def _on_points(rules, sheet, points, total, band, low) -> Iterator[str]:
    figures = {"total": format_number_vi(total), "most": rules.total_points}
    if band is None or not band.passes:
        least = rules.least_to_pass(sheet.area)
        yield _("%(total)s of %(most)s points; at least %(least)s are needed.") % {**figures, "least": least}
    elif low:
        yield _("%(total)s of %(most)s points would be enough.") % figures
    else:
        yield _("%(total)s of %(most)s points: %(result)s.") % {**figures, "result": band.label}
    for code in rules.targets:
        if code in low:
            yield _("%(code)s has %(points)s points; none may have fewer than %(least)s.") % {
                "code": code,
                "points": format_number_vi(points[code]),
                "least": rules.floor.number,
            }


def _by_targets(rules: RuleSet, sheet: Sheet) -> Verdict:
    """A criterion is met when all its targets are, a level when all its criteria are (TT 24/2023/TT-BGDĐT, Điều 9;
    TT 25/2023/TT-BGDĐT)."""
    met, reasons = {}, list(_without_evidence(rules, sheet))
    for code, target in rules.targets.items():
        answer = sheet.answers[code]
        if answer.na:
            reasons.append(_("%(code)s does not apply: %(reason)s") % {"code": code, "reason": answer.na})
            continue
        shortfall = _shortfall(target, answer, sheet)
        met[code] = not shortfall and (answer.evidence or not target.needs_evidence)
        reasons += shortfall
    waits = _waits(rules, sheet)
    if waits:
        reasons.append(
            ngettext(
                "Only %(months)s month since the level below was recognised; %(least)s are needed.",
                "Only %(months)s months since the level below was recognised; %(least)s are needed.",
                sheet.months_since_previous,
            )
            % {"months": sheet.months_since_previous, "least": rules.waiting.number}
        )
    passed = all(met.values()) and not waits
    label = rules.label_of(sheet.level)
    if passed:
        reasons.insert(0, _("Every target is met: %(result)s.") % {"result": label})
    return Verdict(
        passed=passed,
        result=label if passed else None,
        met=met,
        vetoes=(rules.waiting.code,) if waits else (),
        reasons=tuple(reasons),
    )


def _waits(rules: RuleSet, sheet: Sheet) -> bool:
    """Level 2 comes at least 12 months after the decision on level 1 (TT 24/2023/TT-BGDĐT, TT 25/2023/TT-BGDĐT)."""
    since = sheet.months_since_previous
    return bool(
        rules.waiting
        and rules.level_above_first(sheet.level)
        and since is not None
        and since < rules.waiting.number
    )


def _without_evidence(rules: RuleSet, sheet: Sheet) -> Iterator[str]:
    """A target without suitable evidence is not met (TT 24/2023/TT-BGDĐT, Điều 9.3)."""
    for code, target in rules.targets.items():
        answer = sheet.answers[code]
        if target.needs_evidence and not answer.evidence and not answer.na:
            yield _("%(code)s has no evidence, so it counts as not met.") % {"code": code}


def _shortfall(target: Target, answer: Answer, sheet: Sheet) -> list[str]:
    """Sentences on what is missing; none when the target is met."""
    asked = target.asked(sheet.level, sheet.area)
    if answer.met is not None:
        return [] if answer.met else [_("%(code)s is not met.") % {"code": target.code}]
    if target.kind == TargetKind.COUNT:
        enough = answer.count >= target.count
        facts = {"code": target.code, "count": answer.count, "least": target.count}
        return [] if enough else [_("%(code)s: %(count)s; at least %(least)s are needed.") % facts]
    if target.kind == TargetKind.BAND:
        enough = asked is None or target.rank(answer.band) >= target.rank(asked)
        facts = {"code": target.code, "band": answer.band, "least": asked}
        return [] if enough else [_("%(code)s: “%(band)s”; at least “%(least)s” is needed.") % facts]
    if target.kind == TargetKind.TREND:
        return [] if KEEPS[target.trend](*answer.values) else [_wrong_way(target, *answer.values)]
    wanted = asked if isinstance(asked, Mapping) else {"": asked or 0}
    return [
        _short_ratio(target.code, ratio, wanted[part])
        for part, ratio in answer.ratios.items()
        if not ratio.reaches(wanted.get(part, 0))
    ]


def _wrong_way(target: Target, previous: Number, current: Number) -> str:
    return _("%(code)s: %(previous)s the year before, %(current)s this year; it must be %(wanted)s.") % {
        "code": target.code,
        "previous": format_number_vi(previous),
        "current": format_number_vi(current),
        "wanted": target.trend.label,
    }


def _short_ratio(code: str, ratio: Ratio, percent: int) -> str:
    missing = -(-percent * ratio.denominator // 100) - ratio.numerator
    return _(
        "%(code)s: %(numerator)s of %(denominator)s; at least %(percent)s%% are needed, %(missing)s more."
    ) % {
        "code": code,
        "numerator": format_number_vi(ratio.numerator),
        "denominator": format_number_vi(ratio.denominator),
        "percent": percent,
        "missing": format_number_vi(missing),
    }
