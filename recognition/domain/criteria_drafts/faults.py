"""What keeps a draft from being published. Pure, on the content of a set (see `criteria_content`)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from django.utils.translation import gettext as _

from recognition.domain.scoring import UnusableRules, read_rules
from recognition.enums import Area, ScoringModel, TargetKind

from .sums import wrong_sums


def faults_in(content: Mapping) -> list[str]:
    """Sentences, none when the draft may be published."""
    found = [*_source(content), *_gaps(content), *_structure(content)]
    if content["scoring_model"] == ScoringModel.ALL_TARGETS_MET:
        found += [*_levels(content), *_targets(content)]
    elif content["scoring_model"] != ScoringModel.NONE:
        found += [*_points(content), *wrong_sums(content), *_bands(content)]
    else:
        found.append(_("Say how the sheets are judged."))
    return found or list(_unreadable(content))


def _source(content: Mapping) -> Iterator[str]:
    if not content["document"].strip():
        yield _("The source document is missing: its number, date and name.")
    if not content["issuer"].strip():
        yield _("Who issued the document is missing.")
    if content["issue_date"] is None:
        yield _("The date of the document is missing.")
    if content["valid_from"] is None:
        yield _("The day from which the set is in force is missing.")
    if content["valid_from"] and content["valid_to"] and content["valid_to"] < content["valid_from"]:
        yield _("The last day in force lies before the first.")


def _gaps(content: Mapping) -> Iterator[str]:
    for gap in content["gaps"]:
        yield _("Still missing: %(gap)s") % {"gap": gap}
    for group in content["groups"]:
        if group["incomplete"]:
            yield _("Group %(group)s is marked as incomplete.") % {"group": group["code"]}
        for criterion in group["criteria"]:
            if criterion["truncated_in_source"]:
                yield _("The text of %(code)s is marked as cut off.") % criterion
            if criterion["from_draft"]:
                yield _("The wording of %(code)s is marked as coming from a draft.") % criterion


def _structure(content: Mapping) -> Iterator[str]:
    if not content["scope_levels"]:
        yield _("Say at which administrative level the set is used.")
    if not content["groups"]:
        yield _("There are no groups and no criteria yet.")
    for group in content["groups"]:
        if not group["criteria"]:
            yield _("Group %(group)s has no criteria yet.") % {"group": group["code"]}
    codes = Counter(criterion["code"] for group in content["groups"] for criterion in group["criteria"])
    for code, times in codes.items():
        if times > 1:
            yield _("The code %(code)s is there %(times)s times.") % {"code": code, "times": times}


def _points(content: Mapping) -> Iterator[str]:
    least = []
    for criterion in _criteria(content):
        if criterion["kind"] != TargetKind.POINTS:
            yield _("%(code)s is not given points, but this set counts points.") % criterion
        elif not criterion["max_points"]:
            yield _("%(code)s does not say how many points it is worth.") % criterion
        else:
            least.append(criterion["max_points"])
    if content["scoring_model"] == ScoringModel.POINTS_WITH_FLOOR:
        floor = _condition(content, "floor_per_criterion", "min_points_each")
        if not floor:
            yield _("The lowest mark that every criterion must have is missing.")
        elif least and floor > min(least):
            facts = {"floor": floor, "points": min(least)}
            yield _("The lowest mark is %(floor)s, but a criterion is worth %(points)s at most.") % facts


def _bands(content: Mapping) -> Iterator[str]:
    bands, total = content["rules"].get("thresholds", []), content["total_points"] or 0
    if not bands:
        yield _("Say from how many points the title is reached.")
    for area in Area:
        held = sorted(
            (band for band in bands if band.get("area", area) == area), key=lambda each: each["min"]
        )
        if bands and not held:
            yield _("Say from how many points the title is reached: %(area)s.") % {"area": area.label}
        for lower, upper in pairwise(held):
            if lower["max"] != upper["min"] or lower["max_inclusive"]:
                facts = {"lower": lower["label_vi"], "upper": upper["label_vi"]}
                yield _("The points of “%(lower)s” must end where those of “%(upper)s” begin.") % facts
        if held and (held[-1]["max"] != total or not held[-1]["max_inclusive"]):
            facts = {"area": area.label, "label": held[-1]["label_vi"], "total": total}
            yield _("%(area)s: “%(label)s” must reach up to %(total)s points, itself included.") % facts


def _levels(content: Mapping) -> Iterator[str]:
    levels = content["rules"].get("levels", [])
    if not levels or len(content["rules"].get("thresholds", [])) != len(levels):
        yield _("Name the levels that can be reached, or the only one.")
    if len({level["code"] for level in levels}) < len(levels):
        yield _("Two levels have the same code.")


def _targets(content: Mapping) -> Iterator[str]:
    levels = [level["code"] for level in content["rules"].get("levels", [])]
    for criterion in _criteria(content):
        asked, kind = criterion["requirement"], criterion["kind"]
        if kind in (TargetKind.RATIO, TargetKind.RATIO_PAIR):
            missing = [level for level in levels if level not in asked.get("min_ratio_pct", {})]
        elif kind == TargetKind.BAND:
            missing = [level for level in levels if level not in asked.get("min_band_vi", {})]
        else:
            missing = []
        for level in missing:
            yield _("%(code)s does not say what level %(level)s asks for.") % {**criterion, "level": level}
        if kind == TargetKind.COUNT and not asked.get("min_count"):
            yield _("%(code)s does not say the least number.") % criterion
        if kind == TargetKind.TREND and not asked.get("trend"):
            yield _("%(code)s does not say whether the figure must rise or fall.") % criterion
        if kind == TargetKind.POINTS:
            yield _("%(code)s is given points, but this set asks for targets that are met.") % criterion


def _unreadable(content: Mapping) -> Iterator[str]:
    """The last word has the code that judges."""
    try:
        read_rules(content)
    except (UnusableRules, KeyError, ValueError):
        yield _("The rules do not say yet how a sheet is judged.")


def _criteria(content: Mapping) -> list[Mapping]:
    return [criterion for group in content["groups"] for criterion in group["criteria"]]


def _condition(content: Mapping, kind: str, number: str) -> int | None:
    found = (each for each in content["rules"].get("preconditions", []) if each["kind"] == kind)
    return next((each.get(number) for each in found), None)
