"""A criterion in words: what it asks, level by level, as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from portal.text import format_number_vi
from recognition.enums import Trend
from recognition.models import Criterion

PARTS = {
    "trained": pgettext_lazy("criterion", "trained"),
    "university": pgettext_lazy("criterion", "with a university degree"),
}


@dataclass(frozen=True)
class DescribedCriterion:
    criterion: Criterion
    requirements: list[str]


def described(criterion: Criterion) -> DescribedCriterion:
    return DescribedCriterion(criterion, list(_requirements(criterion.requirement)))


def _requirements(requirement):
    for level, ratio in requirement.get("min_ratio_pct", {}).items():
        yield _("Level %(level)s: %(ratio)s") % {"level": level, "ratio": _ratio(ratio)}
    for level, ratio in requirement.get("min_ratio_pct_disadvantaged", {}).items():
        yield _("Level %(level)s in a disadvantaged area: %(ratio)s") % {
            "level": level,
            "ratio": _ratio(ratio),
        }
    for level, band in requirement.get("min_band_vi", {}).items():
        yield _("Level %(level)s: %(ratio)s") % {"level": level, "ratio": band}
    if "min_count" in requirement:
        yield _("at least %(count)s") % {"count": requirement["min_count"]}
    if "trend" in requirement:
        yield Trend(requirement["trend"]).label
    if "required_ratio_pct" in requirement:
        yield _("the full ratio: %(ratio)s") % {"ratio": _percent(requirement["required_ratio_pct"])}


def _ratio(ratio):
    if isinstance(ratio, dict):  # a pair: trained workers, of whom with a university degree
        parts = (f"{part_label(name)} {_percent(value)}" for name, value in ratio.items())
        return _("at least %(ratio)s") % {"ratio": ", ".join(parts)}
    return _("at least %(ratio)s") % {"ratio": _percent(ratio)}


def part_label(name):
    """What one of two ratios is called: the published sets keep two names in English."""
    return str(PARTS.get(name, name))


def _percent(value):
    return f"{format_number_vi(value)}%"


def said_in_words(said: Mapping, criterion: Criterion) -> str:
    """An answer, in the shape that a verdict takes, as one reads it."""
    if "na" in said:
        return _("does not apply: %(reason)s") % {"reason": said["na"]}
    if "points" in said:
        facts = {"points": points_vi(said["points"]), "most": criterion.max_points}
        return _("%(points)s of %(most)s points") % facts
    if "met" in said:
        return pgettext("criterion", "met") if said["met"] else pgettext("criterion", "not met")
    if "numerator" in said:
        return _pair([said["numerator"], said["denominator"]])
    if "parts" in said:
        return "; ".join(f"{part_label(name)}: {_pair(pair)}" for name, pair in said["parts"].items())
    if "values" in said:
        before, now = (format_number_vi(said["values"][year]) for year in ("previous", "current"))
        return _("%(before)s the year before, %(now)s this year") % {"before": before, "now": now}
    return str(said.get("band", said.get("count", "")))


def points_vi(points: int | float | Decimal) -> str:
    """ "7,5"; "25" and never "25,0"."""
    exact = Decimal(str(points))
    return format_number_vi(int(exact) if exact == exact.to_integral_value() else exact.normalize())


def _pair(pair) -> str:
    numerator, denominator = pair
    facts = {
        "numerator": format_number_vi(numerator),
        "denominator": format_number_vi(denominator),
        "ratio": _percent(round(Decimal(numerator) * 100 / denominator, 1)) if denominator else "–",
    }
    return _("%(numerator)s of %(denominator)s (%(ratio)s)") % facts
