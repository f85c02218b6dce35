"""A criterion in words: what it asks, level by level, as the page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.text import format_number_vi
from recognition.enums import Trend
from recognition.models import Criterion


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
    return {"trained": _("trained"), "university": _("with a university degree")}.get(name, name)


def _percent(value):
    return f"{format_number_vi(value)}%"
