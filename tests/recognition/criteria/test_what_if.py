"""A draft tried on the sheets of a round: who passed, who would, and whose sheet it cannot judge."""

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from recognition.domain.criteria_drafts import writing
from recognition.domain.criteria_drafts.bands import laid_out
from recognition.domain.criteria_drafts.what_if import CannotJudge, what_if
from recognition.enums import AssessmentState
from recognition.models import Assessment, CriteriaGroup, CriteriaSet, Criterion
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, VillageAreaFactory, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory(name="Bản Giốc")


@pytest.fixture
def round(commune):
    """Four criteria of 25 points, passed from 80."""
    return RoundFactory(place=commune)


@pytest.fixture
def draft(round):
    return writing.derive(round.criteria_set, "NHAP-WI")


@pytest.fixture
def organiser(commune):
    return UserFactory(role=Role.ORGANISER, place=commune)


@pytest.fixture
def village(commune):
    return VillageFactory(parent=commune, name="Một")


def sheet(round, points, village=None, **values):
    row = AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED, **({"place": village} if village else {}), **values)  # fmt: skip
    return scored(row, points=points)


def passing_from(draft, least, area=None):
    bands = [{"label_vi": "Đạt", "min": least} | ({"area": area} if area else {})]
    draft.rules = draft.rules | {"thresholds": laid_out(bands, 100)}
    draft.save()


def numbers(line):
    return line.judged, line.before, line.after, line.gained, line.lost, line.unjudged


def test_a_lower_threshold_lets_more_pass_and_a_higher_one_fewer(round, draft, organiser, village):
    for points in (25, 20, 19, 15):  # totals 100, 80, 76, 60
        sheet(round, points, village)
    passing_from(draft, 76)
    assert numbers(what_if(draft, round, organiser).total) == (4, 2, 3, 1, 0, 0)
    passing_from(draft, 81)
    assert numbers(what_if(draft, round, organiser).total) == (4, 2, 1, 0, 1, 0)


def test_the_table_goes_by_commune_and_village(round, draft, organiser, commune, village):
    other = VillageFactory(parent=commune, name="Hai")
    sheet(round, 25, village)
    sheet(round, 10, other)
    [(line, villages)] = what_if(draft, round, organiser).communes
    assert (line.place, numbers(line)) == (commune, (2, 1, 1, 0, 0, 0))
    assert {each.place: numbers(each) for each in villages} == {
        village: (1, 1, 1, 0, 0, 0),
        other: (1, 0, 0, 0, 0, 0),
    }


def test_a_criterion_is_found_again_under_another_code(round, draft, organiser):
    sheet(round, 25)
    Criterion.objects.filter(group__criteria_set=draft, code="1.1").update(code="I.a")
    report = what_if(draft, round, organiser)
    assert numbers(report.total) == (1, 1, 1, 0, 0, 0)


def test_a_criterion_without_ancestors_is_found_by_its_code(round, draft, organiser):
    sheet(round, 25)
    for each in Criterion.objects.filter(group__criteria_set=draft):
        each.lineage = Criterion().lineage
        each.save()
    assert numbers(what_if(draft, round, organiser).total) == (1, 1, 1, 0, 0, 0)


def test_a_sheet_that_lacks_a_new_criterion_is_counted_with_the_reason(round, draft, organiser):
    sheet(round, 25)
    sheet(round, 25)
    group = CriteriaGroup.objects.filter(criteria_set=draft).first()
    group.criteria.filter(code="1.1").update(max_points=20)
    Criterion.objects.create(group=group, position=9, code="1.9", text="Mới", kind="points", max_points=5)
    report = what_if(draft, round, organiser)
    assert numbers(report.total) == (0, 0, 0, 0, 0, 2)
    [(reason, count)] = report.unjudged.items()
    assert "1.9" in reason
    assert count == 2


def test_points_that_no_longer_fit_are_not_guessed(round, draft, organiser):
    sheet(round, 25)
    criteria = Criterion.objects.filter(group__criteria_set=draft)
    criteria.filter(code="1.1").update(max_points=20)
    criteria.filter(code="1.2").update(max_points=30)
    [reason] = what_if(draft, round, organiser).unjudged
    assert reason.startswith("1.1")


def test_who_is_a_few_points_short_is_named(round, draft, organiser, village):
    near = sheet(round, 19, village)  # 76 of 80
    sheet(round, 18, village)  # 72
    report = what_if(draft, round, organiser)
    assert [(each.assessment, each.missing) for each in report.near] == [(near, 4)]
    assert "76" in report.near[0].reasons[0]


def test_an_area_that_the_old_set_did_not_ask_for_is_looked_up(round, draft, organiser, village):
    sheet(round, 18, village)
    VillageAreaFactory(place=village)
    bands = [
        {"label_vi": "Đạt", "min": 80, "area": "standard"},
        {"label_vi": "Đạt", "min": 70, "area": "disadvantaged"},
    ]
    draft.rules = draft.rules | {"thresholds": laid_out(bands, 100)}
    draft.save()
    assert numbers(what_if(draft, round, organiser).total) == (1, 0, 1, 1, 0, 0)


def test_nothing_is_written(round, draft, organiser):
    row = sheet(round, 19)
    passing_from(draft, 10)
    before = list(Assessment.objects.values())
    what_if(draft, round, organiser)
    assert list(Assessment.objects.values()) == before
    assert row.passed is False


def test_only_sheets_that_the_person_may_see_count(round, draft, organiser):
    sheet(round, 25)
    elsewhere = CommuneFactory()
    sheet(round, 25, commune=elsewhere)
    assert what_if(draft, round, organiser).total.judged == 1
    assert what_if(draft, round, UserFactory(role=Role.ORGANISER)).total.judged == 2
    assert what_if(draft, round, UserFactory(role=Role.ORGANISER), elsewhere).total.judged == 1
    assert what_if(draft, round, UserFactory(role=Role.ORGANISER, place=CommuneFactory())).total.judged == 0


def test_what_was_withdrawn_does_not_count(round, draft, organiser):
    AssessmentFactory(round=round, state=AssessmentState.WITHDRAWN)
    assert what_if(draft, round, organiser).total.judged == 0


def test_a_draft_without_rules_says_so(round, draft, organiser):
    draft.rules = {}
    draft.save()
    with pytest.raises(CannotJudge):
        what_if(draft, round, organiser)


def test_many_sheets_cost_few_questions(round, draft, organiser, village, django_assert_max_num_queries):
    for _number in range(12):
        sheet(round, 25, village)
    with django_assert_max_num_queries(25):
        assert what_if(draft, round, organiser).total.judged == 12


def page(draft):
    return reverse("recognition_criteria:what_if", args=[draft.pk])


def test_the_page_shows_the_table_and_who_is_near(client, round, draft, organiser, village):
    near = sheet(round, 19, village)
    client.force_login(organiser)
    shown = client.get(page(draft), {"round": round.pk, "commune": ""})
    assert numbers(shown.context["report"].total) == (1, 0, 0, 0, 0, 0)
    assert near.subject.name in shown.text
    assert "thiếu 4" in shown.text


def test_the_page_says_whose_sheets_cannot_be_judged(client, round, draft, organiser):
    sheet(round, 25)
    AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    client.force_login(organiser)
    shown = client.get(page(draft), {"round": round.pk})
    [(reason, count)] = shown.context["report"].reasons
    assert count == 1
    assert f"1 × {reason}" in shown.text


def test_a_round_of_another_commune_or_title_is_not_among_the_choices(client, round, draft, organiser):
    sheet(round, 25)
    foreign = AssessmentFactory(state=AssessmentState.SELF_SCORED).round
    client.force_login(organiser)
    shown = client.get(page(draft), {"round": foreign.pk})
    assert shown.context["report"] is None
    assert shown.context["form"].errors["round"]
    CriteriaSet.objects.filter(pk=draft.pk).update(subject_kind="clan")
    assert client.get(page(draft), {"round": round.pk}).context["report"] is None


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER, Role.EDITOR])
def test_nobody_else_tries_drafts(client, draft, role):
    client.force_login(UserFactory(role=role))
    assert client.get(page(draft)).status_code in (302, 403)
