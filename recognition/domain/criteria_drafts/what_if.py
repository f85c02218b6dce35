"""What would come of a draft: the sheets of a round judged by it, beside what they came to. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.places.models import Place
from recognition.domain import sheets
from recognition.domain.areas import areas_of
from recognition.domain.published_rules import stored_content
from recognition.domain.scoring import MalformedSheet, RuleSet, UnusableRules, Verdict, read_rules, read_sheet
from recognition.domain.scoring import verdict as judged_by
from recognition.models import Assessment, CriteriaSet, Criterion, EvidenceCover, Round

NEAR = 5  # points short, and still worth a word
MOST_NEAR = 50
BATCH = 1000


class CannotJudge(ValueError):
    """The draft does not say yet how a sheet is judged."""


@dataclass
class Line:
    """One village or commune, or all of them (`place` None). `gained` would pass and did not, `lost` the other way."""

    place: Place | None
    judged: int = 0
    before: int = 0
    after: int = 0
    gained: int = 0
    lost: int = 0
    unjudged: int = 0

    def count(self, before: bool, after: bool) -> None:
        self.judged += 1
        self.before += before
        self.after += after
        self.gained += after and not before
        self.lost += before and not after


@dataclass(frozen=True)
class NearMiss:
    """`missing`: points, None where it is one target; `reasons`: the sentences of the verdict."""

    assessment: Assessment
    missing: object
    reasons: tuple[str, ...]


@dataclass
class Report:
    """`communes`: (line of the commune, lines of its villages); `unjudged`: how many sheets for each reason."""

    total: Line = field(default_factory=lambda: Line(None))
    communes: list[tuple[Line, list[Line]]] = field(default_factory=list)
    near: list[NearMiss] = field(default_factory=list)
    unjudged: Counter = field(default_factory=Counter)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why sheets could not be judged, the most frequent first."""
        return self.unjudged.most_common()


def what_if(draft: CriteriaSet, round: Round, user, commune: Place | None = None) -> Report:
    """Judge the sheets of the round that the person may see by the rules of the draft. Raises CannotJudge."""
    rules, codes = _rules(draft), _codes(round.criteria_set, draft)
    report, lines = Report(), {}
    with translation.override(settings.LANGUAGE_CODE):
        for rows in _batches(_sheets(round, user, commune)):
            for row, found in _verdicts(rules, rows, codes):
                _count(report, _lines_of(lines, row, report), row, found, rules)
    report.communes = _by_commune(lines)
    report.near.sort(key=lambda near: (near.missing or 0, near.assessment.subject.sort_name))
    del report.near[MOST_NEAR:]
    return report


def _rules(draft: CriteriaSet) -> RuleSet:
    try:
        return read_rules(stored_content(draft))
    except (UnusableRules, KeyError, ValueError) as error:
        raise CannotJudge(
            _("The draft does not say yet how a sheet is judged: fill in its rules, points and sums first.")
        ) from error


def _codes(old: CriteriaSet, draft: CriteriaSet) -> dict[str, str]:
    """{code in the old set: code in the draft}: the same criterion by its lineage, else by its code."""
    by_lineage = dict(_criteria(draft).values_list("lineage", "code"))
    taken = set(by_lineage.values())
    pairs = list(_criteria(old).values_list("code", "lineage"))
    found = {code: by_lineage[lineage] for code, lineage in pairs if lineage in by_lineage}
    free = taken - set(found.values())
    return found | {code: code for code, lineage in pairs if lineage not in by_lineage and code in free}


def _criteria(criteria_set: CriteriaSet) -> QuerySet[Criterion]:
    return Criterion.objects.filter(group__criteria_set=criteria_set)


def _sheets(round: Round, user, commune: Place | None) -> QuerySet[Assessment]:
    rows = Assessment.objects.visible_to(user).filter(round=round).registered()
    return rows if commune is None else rows.filter(commune=commune)


def _batches(rows: QuerySet[Assessment]) -> Iterator[list[Assessment]]:
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    whole = Assessment.objects.select_related("subject", "place", "commune", "previous_award")
    for start in range(0, len(pks), BATCH):
        yield list(whole.filter(pk__among=pks[start : start + BATCH]))


def _verdicts(
    rules: RuleSet, rows: Sequence[Assessment], codes: Mapping[str, str]
) -> Iterator[tuple[Assessment, Verdict | MalformedSheet]]:
    answers, covered = sheets.answers_of(rows), _covered(rules, rows, codes)
    areas = _areas(rows) if rules.depends_on_area else {}
    for row in rows:
        given = {codes[code]: said for code, said in answers[row.pk].items() if code in codes}
        sheet = sheets.sheet_of(row, given, rules, covered)
        sheet["level"] = sheet["level"] if rules.levels else None
        sheet["area"] = sheet.get("area") or areas.get(row.pk)
        try:
            yield row, judged_by(rules, read_sheet(rules, sheet))
        except MalformedSheet as error:
            yield row, error


def _areas(rows: Sequence[Assessment]) -> dict[int, str]:
    """{assessment: area} as decided for the day of its registration, for sets that did not ask for one."""
    found = {}
    for day, of_day in groupby(sorted(rows, key=_day), key=_day):
        of_day = list(of_day)
        areas = areas_of({row.place_id for row in of_day}, day)
        found |= {row.pk: areas[row.place_id] for row in of_day if row.place_id in areas}
    return found


def _day(row: Assessment):
    return timezone.localdate(row.registered_at)


def _covered(rules: RuleSet, rows, codes: Mapping[str, str]) -> set[tuple[int, str]]:
    if not rules.needs_evidence:
        return set()
    covers = EvidenceCover.objects.filter(assessment__in=rows, evidence__criterion__code__in=codes)
    found = covers.values_list("assessment", "evidence__criterion__code")
    return {(assessment, codes[code]) for assessment, code in found}


def _lines_of(lines: dict, row: Assessment, report: Report) -> list[Line]:
    """All lines that a sheet counts in: its village's, its commune's, the last one."""
    commune = lines.setdefault(row.commune_id, (Line(row.commune), {}))
    village = commune[1].setdefault(row.place_id, Line(row.place))
    return [report.total, commune[0], village]


def _count(report: Report, lines: list[Line], row: Assessment, found, rules: RuleSet) -> None:
    if isinstance(found, MalformedSheet):
        report.unjudged[str(found)] += 1
        for line in lines:
            line.unjudged += 1
        return
    for line in lines:
        line.count(bool(row.passed), found.passed)
    if (near := _near(row, found, rules)) is not None:
        report.near.append(near)


def _near(row: Assessment, found: Verdict, rules: RuleSet) -> NearMiss | None:
    """A few points short without a condition against it, or one target."""
    if found.passed or found.vetoes:
        return None
    if found.total is None:
        unmet = [code for code, met in found.met.items() if not met]
        return NearMiss(row, None, found.reasons) if len(unmet) == 1 else None
    missing = rules.least_to_pass(row.area or None) - found.total
    return NearMiss(row, missing, found.reasons) if missing <= NEAR else None


def _by_commune(lines: dict) -> list[tuple[Line, list[Line]]]:
    def in_order(line: Line):
        return line.place.sort_key, line.place.pk

    communes = sorted(lines.values(), key=lambda pair: in_order(pair[0]))
    return [(commune, sorted(villages.values(), key=in_order)) for commune, villages in communes]
