"""The editor of drafts in the admin: plain forms that ask for no JSON, and say what is missing."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from recognition.domain import seed
from recognition.domain.criteria_drafts import writing
from recognition.domain.published_rules import rules_of, stored_content
from recognition.domain.scoring import read_rules
from recognition.enums import SetState
from recognition.forms.requirements import CriterionForm
from recognition.models import CriteriaGroup, CriteriaSet, Criterion
from tests.factories.accounts import UserFactory
from tests.factories.recognition import CriteriaSetFactory

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Gia đình học tập (mẫu)",
    "subject_kind": "family",
    "scope_levels": ["village"],
    "document": "Quyết định mẫu số 1",
    "issuer": "Hội mẫu",
    "issue_date": "01/02/2026",
    "source_url": "",
    "valid_from": "01/03/2026",
    "valid_to": "",
    "scoring_model": "points",
    "total_points": "100",
    "validity_months": "12",
    "gaps": "",
}


def url(name, *args):
    return reverse(f"recognition_criteria:{name}", args=args)


@pytest.fixture(autouse=True)
def no_samples(settings):
    settings.DEMO = False


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role=Role.ORGANISER))
    return client


@pytest.fixture
def draft():
    """An empty draft that counts points."""
    return CriteriaSetFactory(draft=True, code="NHAP", slug="nhap", rules={}, total_points=20)


@pytest.fixture
def targets():
    """A draft of a set in which every target must be met, derived from the circular on units."""
    seed.load()
    return writing.derive(CriteriaSet.objects.get(code="TT24-2023-DVHT-HUYEN"), "NHAP-2")


def rows(*lines, initial=0, **conditions):
    data = {"rows-TOTAL_FORMS": len(lines), "rows-INITIAL_FORMS": initial, **conditions}
    for number, line in enumerate(lines):
        data |= {f"rows-{number}-{name}": value for name, value in line.items()}
    return data


def criterion(group, code="1.1", **changes):
    return {"group": group.pk, "code": code, "text": f"Tiêu chí {code}", **changes}


def stored(draft):
    return stored_content(CriteriaSet.objects.get(pk=draft.pk))


def test_a_set_is_written_from_nothing_to_a_verdict_by_forms_alone(desk):
    draft_page = desk.post(url("new"), FACTS | {"code": "GDHT-MAU"}).url
    draft = CriteriaSet.objects.get(code="GDHT-MAU")
    assert draft_page == url("draft", draft.pk)
    desk.post(url("rules", draft.pk), rows({"label": "Đạt", "least": 80, "area": ""}))
    for code in ("1", "2"):
        desk.post(url("new_group", draft.pk), {"code": code, "name": f"Nhóm {code}", "max_points": 50})
    first, second = draft.groups.all()
    desk.post(url("new_criterion", draft.pk), criterion(first, "1.1", max_points=50))
    desk.post(url("new_criterion", draft.pk), criterion(second, "2.1", max_points=45))
    refused = desk.post(url("publish", draft.pk))
    assert "Các tiêu chí của nhóm 2 cộng lại được 45 điểm, nhóm ghi 50." in refused.context["faults"]
    last = Criterion.objects.get(code="2.1", group=second)
    desk.post(url("criterion", draft.pk, last.pk), criterion(second, "2.1", max_points=50))
    assert desk.post(url("publish", draft.pk)).url == url("inspect", draft.pk)
    rules = rules_of(CriteriaSet.objects.get(pk=draft.pk))
    assert [band.label for band in rules.bands] == ["Đạt"]
    assert rules.targets["2.1"].max_points == 50


def test_the_overview_says_what_is_missing_and_what_adds_up(desk, draft):
    group = CriteriaGroup.objects.create(criteria_set=draft, position=1, code="1", name="Nhóm", max_points=20)
    Criterion.objects.create(group=group, position=1, code="1.1", text="Một", kind="points", max_points=15)
    page = desk.get(url("draft", draft.pk)).text
    assert "Các tiêu chí của nhóm 1 cộng lại được 15 điểm, nhóm ghi 20." in page
    assert url("publish", draft.pk) not in page


def test_order_and_points_are_changed_at_once(desk, draft):
    group = CriteriaGroup.objects.create(criteria_set=draft, position=1, code="1", name="Nhóm")
    one, two = (
        Criterion.objects.create(
            group=group, position=n, code=f"1.{n}", text="x", kind="points", max_points=5
        )
        for n in (1, 2)
    )
    typed = {f"order-g{group.pk}": 1, f"points-g{group.pk}": 20}
    typed |= {f"order-c{one.pk}": 2, f"points-c{one.pk}": 12, f"order-c{two.pk}": 1, f"points-c{two.pk}": 8}
    desk.post(url("draft", draft.pk), typed)
    assert list(group.criteria.values_list("code", "max_points")) == [("1.2", 8), ("1.1", 12)]
    wrong = desk.post(url("draft", draft.pk), typed | {f"points-c{one.pk}": "-1"})
    assert wrong.context["form"].errors
    assert list(group.criteria.values_list("code", "max_points")) == [("1.2", 8), ("1.1", 12)]


def test_bands_follow_one_another_without_a_gap(desk, draft):
    desk.post(
        url("rules", draft.pk),
        rows(
            {"label": "Khá", "least": 14, "area": ""},
            {"label": "Tốt", "least": 17, "area": ""},
            {"label": "Không đạt", "least": 0, "area": ""},
            {},
        ),
    )
    kept = [(each["label_vi"], each["min"], each["max"], each["max_inclusive"]) for each in stored(draft)["rules"]["thresholds"]]  # fmt: skip
    assert kept == [("Tốt", 17, 20, True), ("Khá", 14, 17, False), ("Không đạt", 0, 14, False)]
    desk.post(url("facts", draft.pk), FACTS | {"total_points": "25"})
    assert stored(draft)["rules"]["thresholds"][0]["max"] == 25


def test_the_threshold_of_an_area_and_the_lowest_mark_are_plain_fields(desk, draft):
    CriteriaSet.objects.filter(pk=draft.pk).update(scoring_model="points_with_floor")
    desk.post(
        url("rules", draft.pk),
        rows(
            {"label": "Đạt", "least": 16, "area": "standard"},
            {"label": "Đạt", "least": 14, "area": "disadvantaged"},
            floor=5,
            evidence="on",
        ),
    )
    rules = stored(draft)["rules"]
    assert {each["area"]: (each["min"], each["max"]) for each in rules["thresholds"]} == {
        "standard": (16, 20),
        "disadvantaged": (14, 20),
    }
    assert [each["kind"] for each in rules["preconditions"]] == [
        "floor_per_criterion",
        "no_evidence_means_not_met",
    ]
    again = desk.get(url("rules", draft.pk)).context["rules"]
    assert again.conditions.initial == {"floor": 5, "waiting": None, "evidence": True}


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


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("facts", FACTS | {"title": ""}, "title"),
        ("facts", FACTS | {"issue_date": "31/02/2026"}, "issue_date"),
        ("facts", FACTS | {"valid_to": "01/01/2026"}, "valid_to"),
        ("facts", FACTS | {"total_points": "x"}, "total_points"),
    ],
)
def test_bad_facts_are_said_and_nothing_is_lost(desk, draft, name, typed, field):
    answer = desk.post(url(name, draft.pk), typed)
    [form] = answer.context["forms"]
    assert field in form.errors
    assert form["document"].value() == "Quyết định mẫu số 1"
    assert stored(draft)["document"] == draft.document


def test_two_criteria_of_a_group_do_not_share_a_code(desk, draft):
    group = CriteriaGroup.objects.create(criteria_set=draft, position=1, code="1", name="Nhóm")
    for _time in range(2):
        answer = desk.post(url("new_criterion", draft.pk), criterion(group, max_points=10))
    assert answer.context["form"].errors
    assert group.criteria.count() == 1


def test_a_group_goes_with_its_criteria(desk, targets):
    group = targets.groups.first()
    desk.post(url("group", targets.pk, group.pk), {"action": "remove"})
    assert not Criterion.objects.filter(group=group.pk).exists()


def test_a_criterion_moves_to_another_group(desk, draft):
    one, two = (
        CriteriaGroup.objects.create(criteria_set=draft, position=n, code=str(n), name="Nhóm") for n in (1, 2)
    )
    each = Criterion.objects.create(group=one, position=1, code="1.1", text="x", kind="points", max_points=5)
    desk.post(url("criterion", draft.pk, each.pk), criterion(two, "2.1", max_points=5))
    assert list(two.criteria.values_list("pk", "code")) == [(each.pk, "2.1")]


def test_parts_of_another_draft_are_not_there(desk, draft, targets):
    foreign = targets.groups.first()
    assert desk.get(url("group", draft.pk, foreign.pk)).status_code == 404
    assert desk.get(url("criterion", draft.pk, foreign.criteria.first().pk)).status_code == 404
    CriteriaGroup.objects.create(criteria_set=draft, position=1, code="1", name="Nhóm")
    answer = desk.post(url("new_criterion", draft.pk), criterion(foreign, max_points=5))
    assert "group" in answer.context["form"].errors


def test_a_published_set_has_no_editor(desk):
    published = CriteriaSetFactory()
    for name in ("draft", "facts", "rules", "new_group", "publish", "delete_draft"):
        assert desk.get(url(name, published.pk)).url == url("index")
        assert desk.post(url(name, published.pk), FACTS).url == url("index")
    assert CriteriaSet.objects.get().state == SetState.PUBLISHED


def test_a_new_version_is_begun_from_the_list(desk):
    seed.load()
    standing = CriteriaSet.objects.get(code="TT22-2020-DVHT")
    assert url("derive", standing.pk) in desk.get(url("index")).text
    taken = desk.post(url("derive", standing.pk), {"code": "TT22-2020-DVHT"})
    assert taken.context["forms"][0].errors["code"]
    desk.post(url("derive", standing.pk), {"code": "TT22-MOI"})
    assert CriteriaSet.objects.get(code="TT22-MOI").derived_from == standing


def test_a_draft_is_deleted_after_a_word(desk, draft):
    assert desk.get(url("delete_draft", draft.pk)).status_code == 200
    desk.post(url("delete_draft", draft.pk))
    assert not CriteriaSet.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OFFICER, Role.VIEWER])
def test_nobody_else_sees_or_writes_drafts(client, draft, role):
    client.force_login(UserFactory(role=role))
    for name in ("draft", "facts", "rules", "new_group", "publish", "delete_draft"):
        assert client.get(url(name, draft.pk)).status_code in (302, 403)
        assert client.post(url(name, draft.pk), FACTS).status_code in (302, 403)
    assert client.post(url("new"), FACTS | {"code": "X"}).status_code in (302, 403)
    assert CriteriaSet.objects.get().title == draft.title


def test_the_list_asks_the_database_little(desk, django_assert_max_num_queries):
    CriteriaSetFactory.create_batch(10)
    desk.get(url("index"))
    with django_assert_max_num_queries(30):
        desk.get(url("index"))
