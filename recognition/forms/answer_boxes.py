"""One answer on a page: what stands in its boxes <-> the shape that a verdict takes. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.text import format_number_vi, parse_number_vi

from ..display.criteria import part_label
from ..domain.scoring import MalformedSheet
from ..domain.scoring.rules import NUMBER, Target
from ..enums import TargetKind

NUMERATOR, DENOMINATOR = gettext_lazy("How many reach it"), gettext_lazy("Of how many altogether")
LONGEST = 300  # characters of a reason
NONE_OF_THEM = "không đạt"  # ranks below every named band


@dataclass(frozen=True, slots=True)
class Box:
    """`options`: [(value, label)] of a choice, empty for a box to type in; `number`: digits are wanted."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    after: str = ""
    number: bool = True


def boxes(target: Target, typed: Mapping[str, str]) -> list[Box]:
    """`typed`: {part: text}, from `typed_of` or `read_typed`."""
    found = [
        Box(name_of(target, part), label, typed.get(part, ""), options, after)
        for part, label, options, after in _parts(target)
    ]
    if may_not_apply(target):
        label = _("Or why it does not apply")
        found.append(Box(name_of(target, "na"), label, typed.get("na", ""), number=False))
    return found


def name_of(target: Target, part: str) -> str:
    return f"{target.code}-{part}"


def may_not_apply(target: Target) -> bool:
    return target.conditional and target.max_points is None


def read_typed(target: Target, data: Mapping[str, str]) -> dict[str, str]:
    """What stands in the boxes of the target, blanks trimmed; empty ones are left out."""
    parts = [*(part for part, *_rest in _parts(target)), *(["na"] if may_not_apply(target) else [])]
    texts = {part: " ".join(data.get(name_of(target, part), "").split())[:LONGEST] for part in parts}
    return {part: text for part, text in texts.items() if text}


def typed_of(answer: Mapping | None) -> dict[str, str]:
    """What stands in the boxes for an answer."""
    found = {}
    for key, value in (answer or {}).items():
        if key == "met":
            found["met"] = "yes" if value else "no"
        elif key == "parts":
            for part, pair in value.items():
                found |= {f"{part}-n": _written(pair[0]), f"{part}-d": _written(pair[1])}
        elif key == "values":
            found |= {year: _written(number) for year, number in value.items()}
        else:
            found[key] = value if isinstance(value, str) else _written(value)
    return found


def answer_in(target: Target, typed: Mapping[str, str]) -> dict:
    """The answer that was typed; {} for none. Raises MalformedSheet with a sentence for what cannot be read; whether it fits
    its criterion is for `read_answer`."""
    if not typed:
        return {}
    if "na" in typed:
        if len(typed) > 1:
            sentence = _("%(code)s: write either an answer or why it does not apply, not both.")
            raise MalformedSheet(sentence % {"code": target.code})
        return {"na": typed["na"]}
    missing = [label for part, label, *_rest in _parts(target) if part not in typed]
    if missing:
        facts = {"code": target.code, "missing": ", ".join(str(label).lower() for label in missing)}
        raise MalformedSheet(_("%(code)s: still missing: %(missing)s.") % facts)
    return _read(target, typed)


def _parts(target: Target) -> list[tuple[str, str, tuple, str]]:
    """[(part, label, options, what stands behind it)]"""
    match target.kind:
        case TargetKind.POINTS:
            most = _("of %(most)s points") % {"most": target.max_points}
            return [("points", pgettext("answer", "Points"), (), most)]
        case TargetKind.YES_NO:
            options = (
                ("", "–"),
                ("yes", pgettext("criterion", "met")),
                ("no", pgettext("criterion", "not met")),
            )
            return [("met", _("Is it met?"), options, "")]
        case TargetKind.RATIO:
            return [("numerator", NUMERATOR, (), ""), ("denominator", DENOMINATOR, (), "")]
        case TargetKind.RATIO_PAIR:
            names = sorted(next(iter(target.least.values())))
            return [each for name in names for each in _pair(name)]
        case TargetKind.COUNT:
            return [("count", pgettext("answer", "Number"), (), "")]
        case TargetKind.TREND:
            return [("previous", _("The year before"), (), ""), ("current", _("This year"), (), "")]
        case TargetKind.BAND:
            return [("band", _("Level reached"), (("", "–"), *bands(target)), "")]
    raise ValueError(target.kind)


def _pair(name: str):
    words = part_label(name)
    yield (f"{name}-n", f"{NUMERATOR}, {words}", (), "")
    yield (f"{name}-d", f"{DENOMINATOR}, {words}", (), "")


def bands(target: Target) -> tuple[tuple[str, str], ...]:
    """[(value, label)] of the bands that the text knows, the lowest first."""
    known = list(dict.fromkeys(target.least.values()))
    numbers = [NUMBER.search(band) for band in known]
    if not all(numbers):
        return ((NONE_OF_THEM, _("none of them")), *((band, band) for band in known))
    most = max(int(number[0]) for number in numbers)
    named = [NUMBER.sub(str(number), known[0], count=1) for number in range(most + 1)]
    return ((named[0], _("none of them")), *((band, band) for band in named[1:]))


def _read(target: Target, typed: Mapping[str, str]) -> dict:
    match target.kind:
        case TargetKind.POINTS:
            return {"points": _points(target, typed["points"])}
        case TargetKind.YES_NO:
            return {"met": typed["met"] == "yes"}
        case TargetKind.RATIO:
            return {part: _whole(target, typed[part]) for part in ("numerator", "denominator")}
        case TargetKind.RATIO_PAIR:
            names = next(iter(target.least.values()))
            pairs = {name: [_whole(target, typed[f"{name}-{end}"]) for end in "nd"] for name in names}
            return {"parts": pairs}
        case TargetKind.COUNT:
            return {"count": _whole(target, typed["count"])}
        case TargetKind.TREND:
            return {
                "values": {year: _plain(_number(target, typed[year])) for year in ("previous", "current")}
            }
    return {"band": typed["band"]}


def _points(target: Target, text: str) -> Decimal:
    points = _number(target, text)
    if points != round(points, 1):
        raise MalformedSheet(_("%(code)s: one digit after the comma at most.") % {"code": target.code})
    return points


def _whole(target: Target, text: str) -> int:
    number = _number(target, text)
    if number != int(number):
        raise MalformedSheet(_("%(code)s: write a whole number.") % {"code": target.code})
    return int(number)


def _number(target: Target, text: str) -> Decimal:
    try:
        return parse_number_vi(text)
    except ValueError as error:
        facts = {"code": target.code, "text": text[:40]}
        sentence = _("%(code)s: “%(text)s” is not a number. Write digits, with a comma before decimals.")
        raise MalformedSheet(sentence % facts) from error


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _written(number) -> str:
    """As it would be typed: without marks between thousands, without an empty decimal."""
    number = Decimal(str(number))
    if number == number.to_integral_value():
        return str(int(number))
    return format_number_vi(number.normalize()).replace(".", "")
