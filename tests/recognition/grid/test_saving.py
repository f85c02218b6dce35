"""Cells of the grid are saved together, and nobody overwrites another without knowing."""

import pytest

from portal.accounts.enums import Role
from recognition.domain import sheets
from recognition.domain.grid.saving import CellState, Change, save, take_over
from recognition.domain.grid.village import grid_of
from recognition.domain.sheets import criteria_by_code
from recognition.enums import AssessmentState, RoundState, Stage
from recognition.models import Score
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, points_set, scored

pytestmark = pytest.mark.django_db
CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def put(round, village, officer):
    """put(Change, ...) by the officer on own sheets."""

    def save_these(*changes, user=officer, stage=Stage.SELF):
        return save(user, round, village, stage, changes)

    return save_these


def only(outcome):
    (cell,) = outcome.cells
    return cell


def test_a_cell_is_saved_and_its_sheet_judged(put, family, officer):
    row = family()
    outcome = put(*[Change(row.pk, code, "25", "") for code in CODES])
    assert {each.state for each in outcome.cells} == {CellState.SAVED}
    assert [(each.total, each.passed) for each in outcome.rows] == [(100, True)]
    score = Score.objects.get(assessment=row, criterion__code="1.1")
    assert (score.points, score.by, score.stage) == (25, officer, Stage.SELF)


def test_an_emptied_cell_is_taken_back(put, family):
    row = scored(family(), stages=[Stage.SELF])
    assert only(put(Change(row.pk, "1.1", "", "25"))).state == CellState.SAVED
    assert not Score.objects.filter(assessment=row, criterion__code="1.1").exists()
    row.refresh_from_db()
    assert (row.total, row.passed) == (75, None)


def test_what_somebody_else_wrote_meanwhile_is_shown_and_kept(put, family, round):
    other = UserFactory(role=Role.OFFICER, place=round.place, full_name="Người Khác Mẫu")
    row = family()
    put(Change(row.pk, "1.1", "20", ""), user=other)
    cell = only(put(Change(row.pk, "1.1", "25", "")))
    assert (cell.state, cell.text, cell.by) == (CellState.CONFLICT, "20", "Người Khác Mẫu")
    assert cell.reason == "Trong lúc đó, người khác đã sửa ô này."
    assert Score.objects.get(assessment=row).points == 20
    assert only(put(Change(row.pk, "1.1", "25", "20"))).state == CellState.SAVED


def test_what_was_saved_before_the_line_broke_is_saved_again_without_a_conflict(put, family):
    row = family()
    put(Change(row.pk, "1.1", "25", ""))
    assert only(put(Change(row.pk, "1.1", "25,0", ""))).state == CellState.SAVED


def test_one_bad_cell_does_not_hold_up_the_others(put, family):
    row = family()
    good, bad = put(Change(row.pk, "1.1", "30", ""), Change(row.pk, "1.2", "5", "")).cells
    assert (good.change.code, good.state) == ("1.2", CellState.SAVED)
    assert (bad.state, bad.reason) == (CellState.REFUSED, "1.1: điểm phải từ 0 đến 25.")
    assert Score.objects.get(assessment=row).criterion.code == "1.2"


@pytest.mark.parametrize(
    "state", [AssessmentState.DRAFT, AssessmentState.SELF_SCORED, AssessmentState.VERIFIED]
)
def test_an_assessment_that_moved_on_is_not_written_on(put, family, state):
    row = family(state=state)
    cell = only(put(Change(row.pk, "1.1", "5", "")))
    assert cell.state == CellState.REFUSED
    assert str(AssessmentState(state).label) in cell.reason
    assert not Score.objects.exists()


def test_a_closed_round_is_not_written_on(put, family, round):
    row = family()
    round.state = RoundState.CLOSED
    round.save()
    assert "không mở" in only(put(Change(row.pk, "1.1", "5", ""))).reason


def test_a_row_of_another_commune_is_as_if_it_did_not_exist(put, family, round):
    elsewhere = scored(
        AssessmentFactory(round=round, state=AssessmentState.REGISTERED), 7, stages=[Stage.SELF]
    )
    of_nobody = only(put(Change(0, "1.1", "5", "")))
    of_others = only(put(Change(elsewhere.pk, "1.1", "5", "7")))
    assert of_others.state == CellState.REFUSED
    assert (of_others.reason, of_others.text, of_others.by) == (of_nobody.reason, "", "")
    assert Score.objects.get(assessment=elsewhere, criterion__code="1.1").points == 7


def test_who_only_reads_writes_nothing(put, family, round):
    reader = UserFactory(role=Role.VIEWER, place=round.place)
    row = family()
    assert only(put(Change(row.pk, "1.1", "5", ""), user=reader)).state == CellState.REFUSED
    assert not Score.objects.exists()


def test_a_reason_of_the_verifier_stays_when_the_points_change(put, family, verifier):
    row = scored(family(state=AssessmentState.SELF_SCORED), stages=[Stage.SELF])
    cell = only(
        put(Change(row.pk, "1.1", "20", "", note="Thiếu giấy khen"), user=verifier, stage=Stage.VERIFIER)
    )
    assert (cell.note, cell.apart) == ("Thiếu giấy khen", True)
    cell = only(put(Change(row.pk, "1.1", "21", "20"), user=verifier, stage=Stage.VERIFIER))
    assert (cell.text, cell.note) == ("21", "Thiếu giấy khen")
    cell = only(
        put(Change(row.pk, "1.1", "21", "21", note="Khác", note_seen=""), user=verifier, stage=Stage.VERIFIER)
    )
    assert cell.state == CellState.CONFLICT


def test_sixty_rows_of_twenty_cells_take_a_handful_of_queries(
    django_assert_max_num_queries, officer, village, round
):
    round.criteria_set = points_set(criteria=20, most=5)
    round.save()
    rows = [
        AssessmentFactory(round=round, place=village, state=AssessmentState.REGISTERED) for _ in range(60)
    ]
    codes = [f"{group}.{number}" for group in (1, 2) for number in range(1, 11)]
    changes = [Change(row.pk, code, "4", "") for row in rows for code in codes]
    with django_assert_max_num_queries(38):  # SQLite takes the 1,200 rows in thirteen parts
        outcome = save(officer, round, village, Stage.SELF, changes)
    assert len(outcome.of(CellState.SAVED)) == 1200
    assert {row.total for row in outcome.rows} == {80}
    with django_assert_max_num_queries(18):
        grid = grid_of(officer, round, village, Stage.SELF)
    assert {cell.text for row in grid.rows for cell in row.cells.values()} == {"4"}


@pytest.fixture
def last_year(round):
    return RoundFactory(year=round.year - 1, place=round.place, criteria_set=round.criteria_set)


def suggested(user, round, village, stage=Stage.SELF):
    return [
        {code: cell.suggestion for code, cell in row.cells.items() if cell.suggestion}
        for row in grid_of(user, round, village, stage).rows
    ]


def test_last_year_is_suggested_and_taken_over_as_ones_own_entry(family, last_year, round, village, officer):
    row = family()
    before = family(subject=row.subject, round=last_year, state=AssessmentState.RECOGNISED)
    scored(before, 20)
    of_council = {code: {"points": 18} for code in CODES}
    sheets.put(before, Stage.COUNCIL, of_council, None, notes=dict.fromkeys(CODES, "Lý do mẫu"))
    assert suggested(officer, round, village) == [dict.fromkeys(("1.1", "1.2", "2.1", "2.2"), "18")]
    assert not Score.objects.filter(assessment=row).exists()
    scored_now = save(officer, round, village, Stage.SELF, [Change(row.pk, "1.1", "25", "")])
    assert scored_now.of(CellState.SAVED)
    take_over(officer, round, village, Stage.SELF)
    own = Score.objects.filter(assessment=row, by=officer).order_by("criterion__code")
    assert [int(score.points) for score in own if score.criterion.code == "1.1"] == [25]
    assert sorted(own.values_list("points", flat=True)) == [18, 18, 18, 25]


def test_a_criterion_is_known_again_by_its_lineage_and_not_by_its_code(family, round, village, officer):
    now = criteria_by_code(round.criteria_set)
    earlier_set = points_set(lineages={"1.1": now["1.2"].lineage})
    before = criteria_by_code(earlier_set)
    last_year = RoundFactory(year=round.year - 1, place=round.place, criteria_set=earlier_set)
    earlier = family(subject=family().subject, round=last_year, state=AssessmentState.SELF_SCORED)
    for code in ("1.1", "2.1"):
        Score.objects.create(
            assessment=earlier, stage=Stage.SELF, criterion=before[code], points=9, max_points=25
        )
    assert suggested(officer, round, village) == [{"1.2": "9"}]


def test_what_another_village_said_of_a_family_last_year_is_not_shown_here(
    family, last_year, round, village, officer
):
    row = family()
    elsewhere = VillageFactory(parent=round.place)
    scored(family(subject=row.subject, round=last_year, place=elsewhere, state=AssessmentState.SELF_SCORED))
    assert suggested(officer, round, village) == [{}]


def test_the_own_sheet_is_suggested_to_the_verifier(family, round, village, verifier):
    scored(family(state=AssessmentState.SELF_SCORED), 12, stages=[Stage.SELF])
    assert suggested(verifier, round, village, Stage.VERIFIER)[0]["2.1"] == "12"


def test_only_the_rows_that_may_be_written_on_take_over(family, last_year, round, village, officer):
    rows = [family(), family(state=AssessmentState.SELF_SCORED), family()]
    for row in rows:
        scored(family(subject=row.subject, round=last_year, state=AssessmentState.SELF_SCORED), 10)
    take_over(officer, round, village, Stage.SELF, [rows[0].pk, rows[1].pk])
    assert set(Score.objects.filter(assessment__round=round).values_list("assessment", flat=True)) == {
        rows[0].pk
    }


def test_last_year_means_a_year_that_came_before(family, round, village, officer):
    row = family()
    same_year = RoundFactory(place=round.place, criteria_set=round.criteria_set, year=round.year)
    scored(family(subject=row.subject, round=same_year, state=AssessmentState.SELF_SCORED))
    assert suggested(officer, round, village) == [{}]
