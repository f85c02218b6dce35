from io import StringIO

import pytest

from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from portal.web.imports import Counts, ImportCommand, ImportRefused, RowError

pytestmark = pytest.mark.django_db


class ImportGroups(ImportCommand):
    """The smallest importer: a group for each name; a name that is a digit is an error."""

    required = ["Tên"]

    def load(self, rows, **options):
        counts, errors = Counts(), []
        for number, row in rows:
            if row["Tên"].isdigit():
                errors.append(RowError(number, "Tên", "không phải là tên"))
            else:
                _group, created = Group.objects.get_or_create(name=row["Tên"])
                counts.created += created
                counts.unchanged += not created
        if errors:
            raise ImportRefused(errors)
        return counts


def run(tmp_path, text: str, *options: str) -> tuple[str, str]:
    path = tmp_path / "table.csv"
    path.write_text(text)
    out, err = StringIO(), StringIO()
    try:
        call_command(ImportGroups(), str(path), *options, stdout=out, stderr=err)
    except CommandError as refused:
        err.write(str(refused))
    return out.getvalue(), err.getvalue()


def imported() -> set[str]:
    return set(Group.objects.filter(name__startswith="Nhóm").values_list("name", flat=True))


def test_rows_are_written_and_counted_in_the_last_line(tmp_path):
    out, err = run(tmp_path, "Tên\nNhóm A\nNhóm B\nNhóm A\n")
    assert out.splitlines()[-1] == "created 2, updated 0, unchanged 1, failed 0"
    assert not err
    assert imported() == {"Nhóm A", "Nhóm B"}


def test_dry_run_says_so_and_writes_nothing(tmp_path):
    out, _err = run(tmp_path, "Tên\nNhóm A\n", "--dry-run")
    assert "Chạy thử" in out
    assert out.splitlines()[-1] == "created 1, updated 0, unchanged 0, failed 0"
    assert not imported()


def test_one_bad_row_keeps_all_rows_out_and_every_error_is_named(tmp_path):
    out, err = run(tmp_path, "Tên\nNhóm A\n1\nNhóm B\n2\n")
    assert "Dòng 3, cột «Tên»" in err
    assert "Dòng 5, cột «Tên»" in err
    assert out.splitlines()[-1] == "created 0, updated 0, unchanged 0, failed 2"
    assert not imported()


def test_refusal_ends_with_status_one(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command(ImportGroups(), str(tmp_path / "none.csv"), stdout=StringIO(), stderr=StringIO())
    assert refused.value.returncode == 1
