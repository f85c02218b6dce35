"""The rules of a criteria set, compiled from its content: what a verdict needs and nothing else. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recognition.enums import Area, ScoringModel, TargetKind, Trend

NOT_PASSED = "không đạt"  # the band of this name is the one below all others (TT 22/2020/TT-BGDĐT)
NEGATIONS = ("chưa ", "không ")  # a band that begins so lies below every named one
NUMBER = re.compile(r"\d+")


class UnusableRules(ValueError):
    """The content of the set does not say how a sheet is judged."""


@dataclass(frozen=True, slots=True)
class Band:
    """Totals from `least` up to `most` (itself only when `inclusive`) are called `label`; in `area` alone, if one is named."""

    label: str
    least: int
    most: int
    inclusive: bool
    area: Area | None

    @property
    def passes(self) -> bool:
        return self.label.casefold() != NOT_PASSED

    def holds(self, total, area: Area | None) -> bool:
        below = total <= self.most if self.inclusive else total < self.most
        return self.least <= total and below and self.area in (None, area)


@dataclass(frozen=True, slots=True)
class Level:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Precondition:
    """A condition beside the total. `number`: points of every criterion, or months, as its kind says."""

    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """One criterion. `least` and `least_disadvantaged` map a level to what it asks: per cent, per cent by part, or a
    band; `count` and `trend` are the same for every level. `conditional`: some subjects are free of it; `needs_evidence`:
    without any it is not met."""

    code: str
    kind: TargetKind
    max_points: int | None
    conditional: bool
    least: Mapping[str, object]
    least_disadvantaged: Mapping[str, object]
    count: int | None
    trend: Trend | None = None
    needs_evidence: bool = False

    @property
    def says_enough(self) -> bool:
        """Does the text say what an answer of this kind is compared with?"""
        compared_with = {
            TargetKind.RATIO: self.least,
            TargetKind.RATIO_PAIR: self.least,
            TargetKind.BAND: self.least,
            TargetKind.COUNT: self.count,
            TargetKind.TREND: self.trend,
            TargetKind.POINTS: self.max_points,
        }
        return bool(compared_with.get(self.kind, True))

    def asked(self, level: str, area: Area | None) -> object:
        """What it asks at that level in that area; None when the text names nothing."""
        if area == Area.DISADVANTAGED and level in self.least_disadvantaged:
            return self.least_disadvantaged[level]
        return self.least.get(level)

    def rank(self, band: str) -> int | None:
        """Where a band stands, higher is better; None for one that the text does not know.

        Bands with a number ("mức độ 2") rank by it, others in the order in which the levels ask for them.
        """
        name, known = _key(band), [_key(each) for each in self.least.values()]
        if all(NUMBER.search(each) for each in known):
            same_words = NUMBER.sub("#", name) == NUMBER.sub("#", known[0])
            return int(NUMBER.search(name)[0]) if same_words else None
        if name in known:
            return known.index(name) + 1
        return 0 if name.startswith(NEGATIONS) else None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """`groups` maps the code of a group to the codes of its criteria."""

    code: str
    model: ScoringModel
    targets: Mapping[str, Target]
    groups: Mapping[str, tuple[str, ...]]
    total_points: int | None = None
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    floor: Precondition | None = None
    waiting: Precondition | None = None

    @property
    def needs_evidence(self) -> bool:
        return any(target.needs_evidence for target in self.targets.values())

    @property
    def depends_on_area(self) -> bool:
        return any(band.area for band in self.bands) or any(
            target.least_disadvantaged for target in self.targets.values()
        )

    def least_to_pass(self, area: Area | None) -> int:
        """The points from which on a total passes in that area."""
        return min(band.least for band in self.bands if band.passes and band.area in (None, area))

    def level_above_first(self, code: str | None) -> bool:
        return code is not None and code != self.levels[0].code

    def label_of(self, level: str) -> str:
        return next(each.label for each in self.levels if each.code == level)


def read_rules(content: Mapping) -> RuleSet:
    """From the content of a set (see `criteria_content`). Raises UnusableRules when it cannot judge a sheet."""
    rules, model = content["rules"], ScoringModel(content["scoring_model"])
    everywhere = any(each["kind"] == "no_evidence_means_not_met" for each in rules.get("preconditions", ()))
    targets = {
        criterion["code"]: _target(criterion, everywhere)
        for group in content["groups"]
        for criterion in group["criteria"]
    }
    compiled = RuleSet(
        code=content["code"],
        model=model,
        targets=targets,
        groups={
            group["code"]: tuple(each["code"] for each in group["criteria"]) for group in content["groups"]
        },
        total_points=content["total_points"],
        bands=_bands(rules) if model != ScoringModel.ALL_TARGETS_MET else (),
        levels=_levels(rules) if model == ScoringModel.ALL_TARGETS_MET else (),
        floor=_precondition(rules, "floor_per_criterion", "min_points_each"),
        waiting=_precondition(rules, "min_months_since_previous_level", "months"),
    )
    _refuse_unusable(compiled)
    return compiled


def _target(criterion: Mapping, needs_evidence: bool) -> Target:
    requirement = criterion["requirement"]
    return Target(
        code=criterion["code"],
        kind=TargetKind(criterion["kind"]),
        max_points=criterion["max_points"],
        conditional=bool(criterion["applies_if"]),
        least=requirement.get("min_ratio_pct") or requirement.get("min_band_vi") or {},
        least_disadvantaged=requirement.get("min_ratio_pct_disadvantaged") or {},
        count=requirement.get("min_count"),
        trend=Trend(requirement["trend"]) if "trend" in requirement else None,
        needs_evidence=needs_evidence or criterion["evidence_required"],
    )


def _bands(rules: Mapping) -> tuple[Band, ...]:
    return tuple(
        Band(
            label=each["label_vi"],
            least=each["min"],
            most=each["max"],
            inclusive=each["max_inclusive"],
            area=Area(each["area"]) if "area" in each else None,
        )
        for each in rules.get("thresholds", ())
    )


def _levels(rules: Mapping) -> tuple[Level, ...]:
    """The label is the one of the threshold that stands at the same place."""
    pairs = zip(rules.get("levels", ()), rules.get("thresholds", ()), strict=False)
    return tuple(Level(level["code"], threshold["label_vi"]) for level, threshold in pairs)


def _precondition(rules: Mapping, kind: str, number: str) -> Precondition | None:
    found = (each for each in rules.get("preconditions", ()) if each["kind"] == kind)
    return next((Precondition(each["code"], each[number]) for each in found), None)


def _refuse_unusable(rules: RuleSet) -> None:
    if rules.model == ScoringModel.ALL_TARGETS_MET:
        if not rules.levels or not all(target.says_enough for target in rules.targets.values()):
            raise UnusableRules(rules.code)
        return
    points: Sequence[int | None] = [target.max_points for target in rules.targets.values()]
    if any(target.kind != TargetKind.POINTS for target in rules.targets.values()):
        raise UnusableRules(rules.code)
    if not rules.bands or None in points or sum(points) != rules.total_points:
        raise UnusableRules(rules.code)
    if rules.model == ScoringModel.POINTS_WITH_FLOOR and rules.floor is None:
        raise UnusableRules(rules.code)


def _key(band: str) -> str:
    return " ".join(band.casefold().split())
