from functools import partial

import pytest

from library.models import OfficialDocument
from portal.search.models import OutboxRow
from tests.library.samples import shared
from tests.library.sheets import run_import, write_sheet

pytestmark = pytest.mark.django_db

GOOD = {
    "number": "1/QĐ-MẪU",
    "kind": "QĐ",
    "issuer": "Cơ quan mẫu",
    "issue_date": "05/02/2026",
    "effective_date": "",
    "subject_vi": "Quyết định mẫu",
    "field": "Lĩnh vực mẫu",
    "status": "in force",
    "replaced_by": "",
    "source_url": "https://vi-du.example/1",
}


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: write_sheet(tmp_path / "van-ban.csv", list(GOOD), rows)


run = partial(run_import, "import_documents")


def test_a_row_becomes_a_document_and_its_dates_are_read_day_first(sheet):
    assert run(sheet(GOOD))[:2] == (0, "created 1, updated 0, unchanged 0, failed 0")
    document = OfficialDocument.objects.get()
    assert document.issue_date.isoformat() == "2026-02-05"
    assert document.effective_date is None
    assert OutboxRow.objects.filter(prefix="document", object_id=str(document.pk)).exists()


def test_the_same_sheet_twice_changes_nothing_and_a_changed_cell_updates(sheet):
    run(sheet(GOOD))
    assert run(sheet(GOOD))[1] == "created 0, updated 0, unchanged 1, failed 0"
    assert run(sheet(GOOD | {"status": "expired"}))[1] == "created 0, updated 1, unchanged 0, failed 0"
    assert OfficialDocument.objects.get().status == "expired"


def test_a_document_without_a_number_is_known_by_its_subject_line(sheet):
    rows = [GOOD | {"number": ""}, GOOD | {"number": "", "subject_vi": "Dự thảo khác"}]
    assert run(sheet(*rows))[1] == "created 2, updated 0, unchanged 0, failed 0"
    assert run(sheet(*rows))[1] == "created 0, updated 0, unchanged 2, failed 0"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "XX"),
        ("issuer", ""),
        ("issue_date", "31/02/2026"),
        ("effective_date", "năm ngoái"),
        ("subject_vi", ""),
        ("field", ""),
        ("status", "còn"),
        ("source_url", "file:///etc/passwd"),
        ("number", "x" * 61),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_written(sheet, column, value):
    status, last, errors = run(sheet(GOOD, GOOD | {"number": "2/QĐ-MẪU", column: value}))
    assert (status, last) == (1, "created 0, updated 0, unchanged 0, failed 1")
    assert "3" in errors
    assert column in errors
    assert not OfficialDocument.objects.exists()


def test_a_replaced_document_must_name_its_successor(sheet):
    status, _last, errors = run(sheet(GOOD | {"status": "replaced"}))
    assert status == 1
    assert "replaced_by" in errors


def test_a_document_that_stands_twice_is_refused(sheet):
    assert run(sheet(GOOD, GOOD))[0] == 1
    assert not OfficialDocument.objects.exists()


def test_a_dry_run_writes_nothing(sheet):
    assert run(sheet(GOOD), "--dry-run")[1] == "created 1, updated 0, unchanged 0, failed 0"
    assert not OfficialDocument.objects.exists()


def test_the_shared_register_is_what_the_portal_starts_with():
    from library.domain import seed

    path = shared("seed_content/documents.csv")
    seed.load()
    assert run(str(path))[1] == "created 0, updated 0, unchanged 142, failed 0"
