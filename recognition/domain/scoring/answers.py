"""A sheet as it comes in, checked against its rules: complete and unambiguous, or refused with a sentence. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.text import nfc
from recognition.enums import Area, TargetKind

from .rules import RuleSet, Target

Number = int | Decimal
MOST_DIGITS = 20  # before and after the decimal mark: a figure with more is a mistake, and a page of digits in a sentence
WANTED = {
    TargetKind.POINTS: gettext_lazy("points"),
    TargetKind.YES_NO: gettext_lazy("met or not met"),
    TargetKind.RATIO: gettext_lazy("a numerator and a denominator"),
    TargetKind.RATIO_PAIR: gettext_lazy("a numerator and a denominator for each part"),
    TargetKind.BAND: gettext_lazy("the level reached"),
    TargetKind.COUNT: gettext_lazy("a number"),
    TargetKind.TREND: gettext_lazy("the figure of the year before and the one of this year"),
}
KEYS = {
    TargetKind.POINTS: [{"points"}],
    TargetKind.YES_NO: [{"met"}],
    TargetKind.RATIO: [{"numerator", "denominator"}],
    TargetKind.RATIO_PAIR: [{"parts"}],
    TargetKind.BAND: [{"band"}],
    TargetKind.COUNT: [{"count"}, {"met"}],
    TargetKind.TREND: [{"values"}, {"met"}],
}


class MalformedSheet(ValueError):
    """The sheet cannot be judged; the text of the error says why, to whoever filled it in."""


@dataclass(frozen=True, slots=True)
class Ratio:
    numerator: int
    denominator: int

    def reaches(self, percent: int) -> bool:
        """By whole numbers: a rounded figure would pass who is one household short."""
        return self.numerator * 100 >= percent * self.denominator


@dataclass(frozen=True, slots=True)
class Answer:
    """One of these holds what was answered, by the kind of the target; `values` are the figures of the year before and of
    the year; `na` is the reason why it does not apply."""

    points: Number | None = None
    met: bool | None = None
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    band: str | None = None
    count: int | None = None
    values: tuple[Number, Number] | None = None
    na: str = ""
    evidence: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """`months_since_previous`: since the decision on the level below; None without one."""

    answers: Mapping[str, Answer]
    area: Area | None = None
    level: str | None = None
    months_since_previous: int | None = None


def read_sheet(rules: RuleSet, data: Mapping) -> Sheet:
    """From `{"area", "level", "months_since_previous", "answers": {code: answer}}`; an answer is one of
    `{"points": n}`, `{"met": bool}`, `{"numerator": n, "denominator": n}`, `{"parts": {name: [n, n]}}`, `{"band": label}`,
    `{"count": n}`, `{"values": {"previous": n, "current": n}}` or `{"na": reason}`, each with `"evidence": false` where there is none.

    Raises MalformedSheet for anything that would have to be guessed.
    """
    if not isinstance(data, Mapping):
        raise MalformedSheet(_("The sheet is not an object with answers."))
    answers = data.get("answers")
    if not isinstance(answers, Mapping):
        raise MalformedSheet(_("The sheet has no answers."))
    _refuse_other_criteria(rules, answers)
    level = _level(rules, data)
    return Sheet(
        answers={code: _answer(rules, target, answers[code]) for code, target in rules.targets.items()},
        area=_area(rules, data),
        level=level,
        months_since_previous=_months(rules, level, data),
    )


def _refuse_other_criteria(rules: RuleSet, answers: Mapping) -> None:
    if missing := [code for code in rules.targets if code not in answers]:
        raise MalformedSheet(_("There is no answer to %(codes)s.") % {"codes": _listed(missing)})
    if unknown := [str(code) for code in answers if code not in rules.targets]:
        raise MalformedSheet(_("The criteria set does not have %(codes)s.") % {"codes": _listed(unknown)})


def _area(rules: RuleSet, data: Mapping) -> Area | None:
    area = data.get("area")
    if area is None and not rules.depends_on_area:
        return None
    if area not in list(Area):
        raise MalformedSheet(_("The sheet does not say whether the area is standard or disadvantaged."))
    return Area(area)


def _level(rules: RuleSet, data: Mapping) -> str | None:
    level = data.get("level")
    known = [each.code for each in rules.levels]
    if level is None and known:
        raise MalformedSheet(_("The sheet does not say which level is asked for."))
    if level is not None and level not in known:
        raise MalformedSheet(_("The criteria set has no level “%(level)s”.") % {"level": level})
    return level


def _months(rules: RuleSet, level: str | None, data: Mapping) -> int | None:
    months = data.get("months_since_previous")
    if months is None:
        if rules.waiting and rules.level_above_first(level) and "months_since_previous" not in data:
            raise MalformedSheet(_("The sheet does not say how long ago the level below was recognised."))
        return None
    if not _is_whole(months):
        raise MalformedSheet(_("The months since the level below must be a whole number from 0."))
    return months


def read_answer(rules: RuleSet, code: str, data: object) -> Answer:
    """One answer alone, as `read_sheet` reads it. Raises MalformedSheet."""
    if code not in rules.targets:
        raise MalformedSheet(_("The criteria set does not have %(codes)s.") % {"codes": code})
    return _answer(rules, rules.targets[code], data)


def _answer(rules: RuleSet, target: Target, data: object) -> Answer:
    if not isinstance(data, Mapping):
        raise _misfit(target)
    evidence = data.get("evidence", True)
    if not isinstance(evidence, bool):
        raise MalformedSheet(
            _("%(code)s: say with true or false whether there is evidence.") % {"code": target.code}
        )
    keys = set(data) - {"evidence"}
    if keys == {"na"}:
        return Answer(na=_reason(rules, target, data["na"]), evidence=evidence)
    if keys not in KEYS[target.kind]:
        raise _misfit(target)
    return Answer(evidence=evidence, **_value(target, data))


def _reason(rules: RuleSet, target: Target, reason: object) -> str:
    if not isinstance(reason, str) or not reason.strip():
        raise MalformedSheet(_("%(code)s: write why it does not apply.") % {"code": target.code})
    if not target.conditional:
        raise MalformedSheet(_("%(code)s applies to everybody.") % {"code": target.code})
    if target.max_points is not None:
        raise MalformedSheet(
            _("%(code)s: the text does not say how points are counted when it does not apply.")
            % {"code": target.code}
        )
    return nfc(" ".join(reason.split()))


def _value(target: Target, data: Mapping) -> dict:
    if "met" in data:
        if not isinstance(data["met"], bool):
            raise _misfit(target)
        return {"met": data["met"]}
    if target.kind == TargetKind.POINTS:
        return {"points": _points(target, data["points"])}
    if target.kind == TargetKind.RATIO:
        return {"ratios": {"": _ratio(target, [data["numerator"], data["denominator"]])}}
    if target.kind == TargetKind.RATIO_PAIR:
        return {"ratios": _parts(target, data["parts"])}
    if target.kind == TargetKind.COUNT:
        if not _is_whole(data["count"]):
            raise _misfit(target)
        return {"count": data["count"]}
    if target.kind == TargetKind.TREND:
        return {"values": _two_years(target, data["values"])}
    return {"band": _band(target, data["band"])}


def _points(target: Target, points: object) -> Number:
    points = _number(target, points)
    if not 0 <= points <= target.max_points:
        raise MalformedSheet(
            _("%(code)s: points go from 0 to %(most)s.") % {"code": target.code, "most": target.max_points}
        )
    return points


def _number(target: Target, value: object) -> Number:
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        raise _misfit(target)
    if isinstance(value, int):
        if abs(value) >= 10**MOST_DIGITS:
            raise _misfit(target)
        return value
    exact = Decimal(str(value))
    if not exact.is_finite() or exact.adjusted() > MOST_DIGITS or exact.as_tuple().exponent < -MOST_DIGITS:
        raise _misfit(target)
    return exact


def _two_years(target: Target, values: object) -> tuple[Number, Number]:
    if not isinstance(values, Mapping) or set(values) != {"previous", "current"}:
        raise _misfit(target)
    return _number(target, values["previous"]), _number(target, values["current"])


def _ratio(target: Target, pair: object) -> Ratio:
    is_pair = isinstance(pair, Sequence) and len(pair) == 2 and all(_is_whole(each) for each in pair)
    if not is_pair:
        raise _misfit(target)
    ratio = Ratio(*pair)
    if ratio.denominator == 0:
        raise MalformedSheet(_("%(code)s: the denominator must not be 0.") % {"code": target.code})
    if ratio.numerator > ratio.denominator:
        raise MalformedSheet(
            _("%(code)s: the numerator must not be above the denominator.") % {"code": target.code}
        )
    return ratio


def _parts(target: Target, parts: object) -> dict[str, Ratio]:
    wanted = set(next(iter(target.least.values())))
    if not isinstance(parts, Mapping) or set(parts) != wanted:
        raise _misfit(target)
    return {name: _ratio(target, parts[name]) for name in sorted(wanted)}


def _band(target: Target, band: object) -> str:
    if not isinstance(band, str) or target.rank(nfc(band)) is None:
        raise MalformedSheet(
            _("%(code)s: “%(band)s” is not a level that the text knows.")
            % {"code": target.code, "band": band}
        )
    return nfc(" ".join(band.split()))


def _misfit(target: Target) -> MalformedSheet:
    return MalformedSheet(
        _("%(code)s: the answer must be %(wanted)s, or why it does not apply.")
        % {"code": target.code, "wanted": WANTED[target.kind]}
    )


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes)
