"""What a criterion asks, by level and area, in plain fields of the editor."""

import pytest

from recognition.domain import seed
from recognition.domain.criteria_drafts import writing
from recognition.domain.scoring import read_rules
from recognition.forms.requirements import CriterionForm
from recognition.models import CriteriaSet, Criterion

from .editing import criterion, rows, stored, url

pytestmark = pytest.mark.django_db


def test_what_a_level_asks_is_written_by_level_and_area(desk, targets):
    group = targets.groups.first()
    typed = criterion(group, "1.9", kind="ratio", ratio_0=50, ratio_1=70, ratio_0_hard=40)
    desk.post(url("new_criterion", targets.pk), typed)
    asked = Criterion.objects.get(group=group, code="1.9").requirement
    assert asked == {"min_ratio_pct": {"1": 50, "2": 70}, "min_ratio_pct_disadvantaged": {"1": 40}}
    target = read_rules(stored(targets)).targets["1.9"]
    assert target.asked("1", "disadvantaged") == 40
    assert target.asked("2", "disadvantaged") == 70


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"kind": "yes_no", "ratio_0": 50}, {}),
        ({"kind": "count", "count": 3}, {"min_count": 3}),
        ({"kind": "trend", "trend": "rising"}, {"trend": "rising"}),
        ({"kind": "band", "band_0": "khá", "band_1": "tốt"}, {"min_band_vi": {"1": "khá", "2": "tốt"}}),
        (
            {
                "kind": "ratio_pair",
                "pair_1_name": "nam",
                "pair_2_name": "nữ",
                "pair_1_0": 50,
                "pair_2_0": 12,
                "pair_1_0_hard": 40,
                "pair_2_0_hard": 10,
            },
            {
                "min_ratio_pct": {"1": {"nam": 50, "nữ": 12}},
                "min_ratio_pct_disadvantaged": {"1": {"nam": 40, "nữ": 10}},
            },
        ),
    ],
)
def test_every_kind_of_target_has_its_fields(desk, targets, typed, asked):
    group = targets.groups.first()
    desk.post(url("new_criterion", targets.pk), criterion(group, "1.9", **typed))
    kept = Criterion.objects.get(group=group, code="1.9")
    assert (kept.kind, kept.requirement) == (typed["kind"], asked)


def test_every_criterion_of_a_derived_set_comes_back_from_its_form_as_it_was():
    seed.load()
    for code in ("TT24-2023-DVHT-HUYEN", "TT25-2023-CDHT-XA", "TT25-2023-CDHT-TINH", "TT22-2020-DVHT"):
        draft = writing.derive(CriteriaSet.objects.get(code=code), f"{code}-MOI")
        for each in Criterion.objects.filter(group__criteria_set=draft):
            shown = CriterionForm(instance=each, draft=draft)
            typed = {field.name: field.value() for field in shown if field.value() not in (None, False)}
            form = CriterionForm(typed, instance=each, draft=draft)
            assert form.is_valid(), form.errors
            before = Criterion.objects.get(pk=each.pk)
            assert form.values() == {name: getattr(before, name) for name in form.values()}


def test_the_rules_of_a_derived_set_come_back_from_their_form_as_they_were(desk):
    seed.load()
    for code in ("TT24-2023-DVHT-HUYEN", "TT25-2023-CDHT-XA", "KHVN-CDHT-2021-2030", "TT22-2020-DVHT"):
        draft = writing.derive(CriteriaSet.objects.get(code=code), f"{code}-MOI")
        forms = desk.get(url("rules", draft.pk)).context["rules"]
        lines = [
            {k: "" if v is None else v for k, v in form.initial.items()} for form in forms.rows.initial_forms
        ]
        conditions = {name: value for name, value in forms.conditions.initial.items() if value}
        assert (
            desk.post(url("rules", draft.pk), rows(*lines, initial=len(lines), **conditions)).status_code
            == 302
        )
        before, after = CriteriaSet.objects.get(code=code).rules, stored(draft)["rules"]
        assert {key: after[key] for key in before} == before


def test_a_line_is_taken_out_of_the_rules(desk, targets):
    lines = [{"code": "1", "label": "Mức độ 1"}, {"code": "2", "label": "Mức độ 2", "DELETE": "on"}]
    desk.post(url("rules", targets.pk), rows(*lines, initial=2, waiting=""))
    rules = stored(targets)["rules"]
    assert [level["code"] for level in rules["levels"]] == ["1"]
    assert len(rules["thresholds"]) == 1
    assert rules["preconditions"] == []
