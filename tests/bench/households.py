"""A year of a province on PostgreSQL: 130,000 households in 1,300 villages of 65 communes, 20 criteria each; what officers ask of it.

The rows are made by the database itself, in bulk; what is measured are the functions that the pages call.
"""

import datetime
import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.utils import timezone

COMMUNES, VILLAGES, FAMILIES = 65, 20, 100  # villages of a commune, families of a village
CRITERIA, MOST = 20, 5
YEAR = 2026
SINCE = datetime.date(2025, 7, 1)
RECOGNISED = 20_000
ASKED = 40  # times, of which the slowest two are left out
SERIAL = "'2026-GD-' || upper(lpad(to_hex({0}), 5, '0')) || '-00000'"


def parts() -> Iterator[Callable[[], float]]:
    """Each gives its seconds."""
    from recognition.domain.indicators.heat import heat_map, recompute
    from recognition.domain.indicators.report import report
    from recognition.models import Assessment

    round, province = _year()
    rows = Assessment.objects.filter(round=round)
    recompute(rows, round.criteria_set)  # what the database made is in order, and its pages are read once
    _look_after()
    yield lambda: _seconds(lambda: _nothing_stale(recompute(rows, round.criteria_set)))
    yield lambda: min(_seconds(lambda: report(YEAR, area=province)) for _again in range(3))
    yield _work_list
    yield lambda: _seconds(lambda: heat_map(rows, round.criteria_set))
    yield _recognise


def _look_after() -> None:
    """What a database does by itself in a quiet minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _nothing_stale(judged: int) -> None:
    if judged:
        raise RuntimeError(f"{judged} totals of the bench are wrong")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _year():
    """-> (round, province)"""
    from portal.places.enums import PlaceKind
    from portal.places.models import Place, PlaceVersion
    from tests.factories.recognition import RoundFactory, points_set

    province, *places = Place.objects.bulk_create(Place() for _place in range(1 + COMMUNES * (1 + VILLAGES)))
    communes, villages = places[:COMMUNES], places[COMMUNES:]
    versions = [_version(province, PlaceKind.PROVINCE, None, "98", 0)]
    versions += [
        _version(each, PlaceKind.COMMUNE, province, f"{80000 + n}", n) for n, each in enumerate(communes)
    ]
    versions += [
        _version(each, PlaceKind.XOM, communes[n // VILLAGES], "", n) for n, each in enumerate(villages)
    ]
    PlaceVersion.objects.bulk_create(versions)
    round = RoundFactory(
        year=YEAR, place=province, criteria_set=points_set(criteria=CRITERIA, most=MOST), communes=communes
    )
    _households(round, villages[0].pk, communes[0].pk)
    return round, province


def _version(place, kind, parent, code: str, number: int):
    from portal.places.models import PlaceVersion

    return PlaceVersion(
        place=place, kind=kind, parent=parent, code=code, name=f"Mẫu {number}", valid_from=SINCE
    )


def _households(round, village: int, commune: int) -> None:
    """Families, their assessments, a sheet of twenty criteria each, an award for six of ten; ids of places follow one another."""
    number = COMMUNES * VILLAGES * FAMILIES
    facts = {"round": round.pk, "village": village, "commune": commune, "number": number}
    facts |= {
        "per_village": FAMILIES,
        "per_commune": FAMILIES * VILLAGES,
        "set": round.criteria_set_id,
        "year": YEAR,
    }
    name = "'Nhà mẫu ' || n"
    keys = f"{name}, 'nha mau ' || n, 'nha mau ' || n, lpad(n::text, 8, '0')"
    with connection.cursor() as cursor:
        for statement in (
            f"""INSERT INTO recognition_subject (kind, name, name_key, folded_name, sort_name, distinction, place_id, state,
                closed_reason, is_sample, created_at)
              SELECT 'family', {keys}, '', %(village)s + (n - 1) / %(per_village)s, 'live', '', false, now()
              FROM generate_series(1, %(number)s) n""",
            """INSERT INTO recognition_assessment (round_id, subject_id, place_id, commune_id, area, level, state, version, reason,
                household_token, registered_at, submitted_as, submitted_at, result, vetoes, reasons)
              SELECT %(round)s, s.id, s.place_id, %(commune)s + (row_number() OVER (ORDER BY s.id) - 1) / %(per_commune)s, '', '',
                'self_scored', 2, '', lpad(s.id::text, 22, 'x'), now(), 'household', now(), '', '[]', '[]'
              FROM recognition_subject s WHERE s.name LIKE 'Nhà mẫu %%'""",
            """INSERT INTO recognition_score (assessment_id, stage, criterion_id, points, max_points, na_reason, note, at)
              SELECT a.id, 'self', c.id, 2 + (a.id * 7 + c.id * 3) %% 4, c.max_points, '', '', now()
              FROM recognition_assessment a, recognition_criterion c JOIN recognition_criteriagroup g ON g.id = c.group_id
              WHERE g.criteria_set_id = %(set)s AND a.round_id = %(round)s""",
            """UPDATE recognition_assessment a SET total = t.total, passed = t.total >= 80
              FROM (SELECT assessment_id, sum(points) AS total FROM recognition_score GROUP BY 1) t
              WHERE t.assessment_id = a.id""",
            f"""INSERT INTO recognition_award (subject_kind, name, name_key, folded_name, sort_name, distinction, place_id, year, level,
                decision_number, decision_date, issuer, valid_from, revoked_reason, publication_basis, of_age, serial, subject_id, is_sample)
              SELECT 'family', name, name_key, folded_name, sort_name, '', place_id, %(year)s, '', 'Mẫu', '2026-12-15', 'Mẫu',
                '2026-12-15', '', '', false, {SERIAL.format("id")}, id, false
              FROM recognition_subject WHERE name LIKE 'Nhà mẫu %%' AND id %% 10 < 6""",
        ):
            cursor.execute(statement, facts)


def _work_list() -> float:
    """What waits for the officer and the verifier of one commune, and its list: the slowest of nineteen in twenty."""
    from portal.accounts.enums import Role
    from recognition.domain.work import waiting_for
    from recognition.models import Assessment
    from tests.factories.accounts import UserFactory

    row = Assessment.objects.filter(round__year=YEAR).select_related("commune").order_by("pk").first()
    user = UserFactory(role=Role.VERIFIER, place=row.commune)
    today = timezone.localdate()

    def work():
        waiting_for(user, today)
        found = Assessment.objects.visible_to(user).filter(
            round=row.round_id, commune=row.commune, state="self_scored"
        )
        list(found.select_related("subject", "place")[:50])

    return sorted(_seconds(work) for _again in range(ASKED))[-1 - ASKED // 20]


def _recognise() -> float:
    """Twenty thousand of one round and commune, with the guards, the states and the audit trail, in one transaction."""
    from portal.accounts.enums import Role
    from recognition.domain.workflow.facts import Facts
    from recognition.domain.workflow.moving import move
    from recognition.domain.workflow.transitions import RECOGNISE
    from recognition.enums import Outcome
    from recognition.models import Assessment, CouncilItem
    from tests.factories.accounts import UserFactory
    from tests.factories.recognition import DecisionFactory

    rows = list(
        Assessment.objects.filter(round__year=YEAR).order_by("pk").select_related("round")[:RECOGNISED]
    )
    round, commune, pks = rows[0].round, rows[0].commune, [row.pk for row in rows]
    session, now = _council(round, commune, pks), timezone.now()
    items = (
        CouncilItem(session=session, assessment_id=pk, votes_for=5, votes_against=0, outcome=Outcome.PASS)
        for pk in pks
    )
    CouncilItem.objects.bulk_create(items, batch_size=5000)
    verified = {"verified_by": UserFactory(), "verified_at": now, "state": "in_notice", "passed": True}
    Assessment.objects.filter(pk__in=pks).update(commune=commune, **verified)
    decision = DecisionFactory(round=round, commune=commune, rows=[{"assessment": pk} for pk in pks])
    issuer = UserFactory(role=Role.ISSUER, place=commune)
    rows = list(Assessment.objects.filter(pk__in=pks))
    _look_after()

    def work():
        with transaction.atomic():
            move(RECOGNISE, rows, issuer, facts=Facts(decision=decision))

    return _seconds(work)


def _council(round, commune, pks: list[int]):
    """The session that voted for them, and the notice that was over yesterday."""
    from tests.factories.recognition import CouncilSessionFactory, PublicNoticeFactory

    PublicNoticeFactory(round=round, commune=commune, snapshot=[{"assessment": pk} for pk in pks])
    return CouncilSessionFactory(round=round, commune=commune)
