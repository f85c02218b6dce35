import json

import pytest

from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from recognition.domain import seed
from recognition.models import CriteriaSet, Criterion
from recognition.permissions import can_score_with
from tests.factories.recognition import CriteriaSetFactory

from .test_criteria_reading import minimal

pytestmark = pytest.mark.django_db


def write(tmp_path, *sets):
    paths = []
    for number, data in enumerate(sets):
        path = tmp_path / f"set{number}.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        paths.append(str(path))
    return paths


def test_the_seed_loads_all_eleven_sets_and_a_second_run_changes_nothing(settings):
    settings.DEMO = False
    seed.load()
    first = list(CriteriaSet.objects.order_by("code").values())
    seed.load()
    assert len(first) == 11
    assert list(CriteriaSet.objects.order_by("code").values()) == first


def test_one_bad_file_keeps_all_out(tmp_path):
    with pytest.raises(CommandError, match="set1.json"):
        call_command("import_criteria", *write(tmp_path, minimal(), minimal(code="B", title_vi="")))
    assert not CriteriaSet.objects.exists()


def test_a_dry_run_writes_nothing(tmp_path, capsys):
    call_command("import_criteria", *write(tmp_path, minimal()), "--dry-run")
    assert capsys.readouterr().out.splitlines()[-1] == "created 1, updated 0, unchanged 0, failed 0"
    assert not CriteriaSet.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="missing.json"):
        call_command("import_criteria", str(tmp_path / "missing.json"))


def test_bytes_that_are_not_utf8_are_refused(tmp_path):
    path = tmp_path / "set.json"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_criteria", str(path))


def test_a_published_set_never_changes(tmp_path):
    call_command("import_criteria", *write(tmp_path, minimal()))
    with pytest.raises(CommandError, match="MAU-1"):
        call_command("import_criteria", *write(tmp_path, minimal(title_vi="Tên khác")))
    assert CriteriaSet.objects.get().title == "Bộ mẫu"


def test_a_set_that_is_still_incomplete_takes_the_new_text(tmp_path):
    partial = minimal(usable_for_scoring=False, status="partial")
    call_command("import_criteria", *write(tmp_path, partial))
    call_command("import_criteria", *write(tmp_path, minimal()))
    assert CriteriaSet.objects.get().usable_for_scoring
    assert Criterion.objects.count() == 2


def test_a_set_without_its_text_cannot_score_and_says_why():
    allowed = can_score_with(CriteriaSetFactory(stub=True))
    assert not allowed
    assert "Bộ tiêu chí mẫu" in allowed.reason
    assert can_score_with(CriteriaSetFactory())


@pytest.mark.parametrize(
    "change",
    [
        "scoring_model = 'none'",
        "completeness = 'stub'",
        "valid_from = '2030-01-01', valid_to = '2020-01-01'",
    ],
)
def test_the_database_refuses_an_impossible_set(change):
    criteria_set = CriteriaSetFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE recognition_criteriaset SET {change} WHERE id = %s", [criteria_set.pk])
