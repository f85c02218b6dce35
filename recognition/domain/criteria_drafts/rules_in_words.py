"""The rules of a set as an officer writes them - bands, levels, conditions - and as the set keeps them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from recognition.enums import Area

from .bands import laid_out

FLOOR, WAITING, EVIDENCE = (
    "floor_per_criterion",
    "min_months_since_previous_level",
    "no_evidence_means_not_met",
)


class Band(NamedTuple):
    label: str
    least: int
    area: Area | None = None


class Level(NamedTuple):
    code: str
    label: str


@dataclass(frozen=True)
class Rules:
    """`floor`: points of every criterion; `waiting`: months between two levels; both None where there is no such rule."""

    bands: list[Band] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    floor: int | None = None
    waiting: int | None = None
    evidence: bool = False

    @classmethod
    def of(cls, kept: Mapping) -> "Rules":
        """From CriteriaSet.rules."""
        thresholds = kept.get("thresholds", [])
        pairs = zip(kept.get("levels", []), thresholds, strict=False)
        conditions = {each["kind"]: each for each in kept.get("preconditions", [])}
        return cls(
            bands=[
                Band(each["label_vi"], each["min"], Area(each["area"]) if each.get("area") else None)
                for each in thresholds
                if "min" in each
            ],
            levels=[Level(level["code"], threshold["label_vi"]) for level, threshold in pairs],
            floor=conditions.get(FLOOR, {}).get("min_points_each"),
            waiting=conditions.get(WAITING, {}).get("months"),
            evidence=EVIDENCE in conditions,
        )

    def kept(self, before: Mapping, total: int | None) -> dict:
        """As CriteriaSet.rules keeps them; `before`: the rules so far, whose wording stays where its meaning does."""
        found = {"preconditions": list(self._conditions(before))}
        if self.levels:
            return {**found, **self._levels_kept(before)}
        return {**found, "levels": [], "thresholds": laid_out(self._bands_kept(before), total)}

    def _levels_kept(self, before: Mapping) -> dict:
        known = {
            (level["code"], threshold["label_vi"]): (level, threshold)
            for level, threshold in zip(before.get("levels", []), before.get("thresholds", []), strict=False)
        }
        rule = _("A criterion is met when each of its targets is met, the level when all its criteria are.")
        pairs = [
            known.get(level)
            or ({"code": level.code, "name_vi": level.label}, {"label_vi": level.label, "rule_vi": rule})
            for level in self.levels
        ]
        return {"levels": [level for level, _each in pairs], "thresholds": [each for _level, each in pairs]}

    def _bands_kept(self, before: Mapping) -> Iterator[dict]:
        named = {
            each["area"]: each["area_vi"] for each in before.get("thresholds", []) if each.get("area_vi")
        }
        for band in self.bands:
            row = {"label_vi": band.label, "min": band.least}
            if band.area:
                row["area"] = band.area.value
            if band.area == Area.DISADVANTAGED:
                row["area_vi"] = named.get(band.area, str(band.area.label))
            yield row

    def _conditions(self, before: Mapping) -> Iterator[dict]:
        known = {each["kind"]: each for each in before.get("preconditions", [])}
        if self.floor is not None:
            new = {"code": "V1", "kind": FLOOR, "min_points_each": self.floor}
            text = _("No criterion may have fewer than %(floor)s points.") % {"floor": self.floor}
            yield _worded(known.get(FLOOR), new, text)
        if self.evidence:
            text = _("A criterion without evidence counts as not met.")
            yield _worded(known.get(EVIDENCE), {"code": "EVID", "kind": EVIDENCE}, text)
        if self.waiting is not None:
            new = {"code": f"UP{self.waiting}", "kind": WAITING, "months": self.waiting}
            text = _("A level above the first comes at least %(months)s months after the one below.")
            yield _worded(known.get(WAITING), new, text % {"months": self.waiting})


def _worded(known: Mapping | None, new: Mapping, text: str) -> dict:
    """What is known already keeps its code and wording as long as its number is the same."""
    if known and all(known.get(key) == value for key, value in new.items() if key != "code"):
        return dict(known)
    return {**new, "text_vi": text}
