"""From the JSON of a criteria set to plain, checked values. Pure: no database.

The schema (version 1) is that of the files in ``recognition/data/criteria``: facts as read in the official text,
with every gap named. Nothing is filled in that the file does not say.
"""

import datetime
import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.text import nfc, slug
from recognition.enums import Completeness, ScopeLevel, ScoringModel, SubjectKind, TargetKind, Trend

from .criteria_content import content_hash, content_of

RULES = (
    "thresholds",
    "preconditions",
    "levels",
    "area_variants",
    "applicant_groups",
    "process",
    "definitions_vi",
    "who_may_apply_vi",
    "known_facts_vi",
    "known_benchmarks_vi",
    "versions",
    "validity_note_vi",
)
REQUIREMENT = (
    "min_ratio_pct",
    "min_ratio_pct_disadvantaged",
    "min_band_vi",
    "min_count",
    "required_ratio_pct",
    "same_target_as",
    "trend",
)


class UnreadableCriteria(Exception):
    """The file cannot become a criteria set. ``errors`` are sentences, each with the place in the file."""

    def __init__(self, errors: list[str]):
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass
class SetData:
    """Values for CriteriaSet, and for each group a pair (values of the group, list of values of its criteria)."""

    values: dict
    groups: list[tuple[dict, list[dict]]] = field(default_factory=list)


def read(text: str) -> SetData:
    """Parse and check the JSON text of one set. Raises UnreadableCriteria with every fault found."""
    try:
        data = json.loads(nfc(text))
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        reason = _("The file is not JSON: it breaks off in line %(line)s, character %(column)s.") % place
        raise UnreadableCriteria([reason]) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        raise UnreadableCriteria([_("The file is not JSON of criteria.")]) from error
    reader = _Reader(data)
    result = reader.read()
    if reader.errors:
        raise UnreadableCriteria(reader.errors)
    result.values["content_hash"] = content_hash(content_of(result.values, result.groups))
    return result


class _Reader:
    def __init__(self, data):
        self.data = data
        self.errors: list[str] = []

    def fault(self, where, reason):
        self.errors.append(_("At “%(where)s”: %(reason)s") % {"where": where, "reason": reason})

    def get(self, data, key, kind, where="", required=True):
        """``data[key]`` when it is of type ``kind``; otherwise a fault is noted and None returned."""
        value = data.get(key)
        if value is None:
            if required:
                self.fault(where + key, _("it is missing."))
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(where + key, _("it has the wrong kind of value."))
        elif kind is str and not value.strip():
            self.fault(where + key, _("it is empty."))
        elif kind is int and value < 0:
            self.fault(where + key, _("it must not be negative."))
        else:
            return value
        return None

    def choice(self, key, choices, default=None):
        value = self.data.get(key) if default is None else self.data.get(key) or default
        if value not in choices.values:
            self.fault(
                key, _("“%(value)s” is not one of %(choices)s.") % {"value": value, "choices": choices.values}
            )
        return value

    def date(self, data, key, where):
        value = self.get(data, key, str, where, required=False)
        if value is None or value.isdigit():  # a bare year is kept in the note, not turned into a day
            return None
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fault(where + key, _("“%(value)s” is not a date.") % {"value": value})
            return None

    def read(self) -> SetData:
        if not isinstance(self.data, dict):
            self.fault("/", _("it has the wrong kind of value."))
            return SetData({})
        source = self.get(self.data, "source", dict) or {}
        period = self.get(self.data, "period", dict) or {}
        values = self._identity() | {
            "document": self.get(source, "document", str, "source.") or "",
            "issuer": source.get("issuer") or "",
            "issue_date": self.date(source, "date", "source."),
            "source_url": self.data.get("source_url") or "",
            "other_source_urls": self.get(self.data, "other_source_urls", list, required=False) or [],
            "valid_from": self.date(period, "from", "period."),
            "valid_to": self.date(period, "to", "period."),
            "period_note": period.get("note_vi") or "",
            "retrieved_on": self.date(self.data, "retrieved_on", "")
            or self.fault("retrieved_on", _("it is missing.")),
            "rules": {key: self.data[key] for key in RULES if self.data.get(key)},
            "gaps": self.get(self.data, "gaps", list) or [],
        }
        if values["usable_for_scoring"] and values["scoring_model"] == ScoringModel.NONE:
            self.fault("usable_for_scoring", _("a set without a scoring model cannot be used for scoring."))
        return SetData(
            values, [self._group(n, g) for n, g in enumerate(self.get(self.data, "groups", list) or [], 1)]
        )

    def _identity(self) -> dict:
        code = self.get(self.data, "code", str) or ""
        levels = self.get(self.data, "scope_level", list) or []
        for level in levels:
            if level not in ScopeLevel.values:
                self.fault("scope_level", _("“%(value)s” is not a level.") % {"value": level})
        return {
            "code": code,
            "slug": slug(code),
            "title": self.get(self.data, "title_vi", str) or "",
            "subject_kind": self.choice("subject_type", SubjectKind),
            "scope_levels": levels,
            "completeness": self.choice("status", Completeness),
            "usable_for_scoring": self.get(self.data, "usable_for_scoring", bool) or False,
            "usable_note": self.data.get("usable_for_scoring_note_vi") or "",
            "scoring_model": self.choice("scoring_model", ScoringModel, default=ScoringModel.NONE.value),
            "total_points": self.get(self.data, "total_points", int, required=False),
            "is_sample": bool(self.data.get("is_sample")),
            "validity_months": self.get(self.data, "validity_months", int, required=False),
        }

    def _group(self, position, group):
        where = f"groups[{position}]."
        if not isinstance(group, dict):
            self.fault(where, _("it has the wrong kind of value."))
            return {}, []
        values = {
            "position": position,
            "code": self.get(group, "code", str, where) or "",
            "name": self.get(group, "name_vi", str, where) or "",
            "max_points": self.get(group, "max_points", int, where, required=False),
            "incomplete": bool(group.get("incomplete")),
        }
        criteria = self.get(group, "criteria", list, where) or []
        read = [self._criterion(n, c, f"{where}criteria[{n}].") for n, c in enumerate(criteria, 1)]
        self._check_sum(where, values, read)
        return values, read

    def _check_sum(self, where, group, criteria):
        points = [criterion.get("max_points") for criterion in criteria]
        countable = group["max_points"] and not group["incomplete"] and points and None not in points
        if countable and sum(points) != group["max_points"]:
            self.fault(
                where + "max_points",
                _("the criteria add up to %(sum)s points, the group says %(points)s.")
                % {"sum": sum(points), "points": group["max_points"]},
            )

    def _criterion(self, position, data, where):
        if not isinstance(data, dict):
            self.fault(where, _("it has the wrong kind of value."))
            return {}
        if data.get("trend", Trend.RISING) not in Trend.values:
            self.fault(where + "trend", _("it must be one of %(choices)s.") % {"choices": Trend.values})
        return {
            "position": position,
            "code": self.get(data, "code", str, where) or "",
            "text": self.get(data, "text_vi", str, where) or "",
            "kind": _target_kind(data),
            "max_points": self.get(data, "max_points", int, where, required=False),
            "requirement": {key: data[key] for key in REQUIREMENT if data.get(key) is not None},
            "evidence_required": bool(data.get("evidence_required")),
            "evidence_hint": data.get("evidence_hint_vi") or "",
            "applies_if": data.get("applies_if_vi") or "",
            "note": data.get("note_vi") or "",
            "sub_items": self.get(data, "sub_items_vi", list, where, required=False) or [],
            "truncated_in_source": bool(data.get("truncated_in_source")),
            "from_draft": str(data.get("text_origin", "")).startswith("draft"),
        }


def _target_kind(data) -> TargetKind:
    if data.get("kind") in TargetKind.values:
        return TargetKind(data["kind"])
    if "min_band_vi" in data:
        return TargetKind.BAND
    if "trend" in data:
        return TargetKind.TREND
    if "min_count" in data:
        return TargetKind.COUNT
    return TargetKind.POINTS if data.get("max_points") else TargetKind.YES_NO
