"""The editor of drafts in the admin: plain forms that ask for no JSON, and say what is missing."""

import pytest

from portal.accounts.enums import Role
from recognition.domain import seed
from recognition.domain.published_rules import rules_of
from recognition.enums import SetState
from recognition.models import CriteriaGroup, CriteriaSet, Criterion
from tests.factories.accounts import UserFactory
from tests.factories.recognition import CriteriaSetFactory

from .editing import FACTS, criterion, rows, stored, url

pytestmark = pytest.mark.django_db


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
