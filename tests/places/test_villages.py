import datetime

import pytest
import xlsxwriter

from django.core.management import CommandError, call_command

from portal.places.models import Place, PlaceVersion
from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def commune():
    return CommuneFactory(
        name="Đàm Thuỷ", code="01501", parent=ProvinceFactory(), valid_from=datetime.date(2025, 7, 1)
    )


@pytest.fixture
def run(tmp_path, capsys):
    """Write a CSV and import it -> the last line of the output."""

    def run(text, *options, code="01501", date="2026-01-01"):
        path = tmp_path / "villages.csv"
        path.write_text(text, encoding="utf-8")
        call_command("import_villages", str(path), "--commune", code, "--date", date, *options)
        return capsys.readouterr().out.splitlines()[-1]

    return run


def labels(commune, date=DAY):
    return [place.label_on(date) for place in Place.objects.within(commune, date).with_versions()]


def test_villages_are_created_under_their_commune_from_that_day_on(commune, run):
    assert (
        run("Loại,Tên\nxóm,Bản Giốc\nTổ dân phố,Tổ dân phố 1\n")
        == "created 2, updated 0, unchanged 0, failed 0"
    )
    assert labels(commune) == ["Tổ dân phố 1", "Xóm Bản Giốc"]
    assert labels(commune, datetime.date(2025, 12, 31)) == []
    assert set(PlaceVersion.objects.filter(parent=commune).values_list("code", flat=True)) == {""}


def test_importing_the_same_list_again_changes_nothing(commune, run):
    run("Loại,Tên\nxóm,Bản Giốc\n")
    assert (
        run("Loại,Tên\nXóm,Xóm bản giốc\n", date="2026-02-01")
        == "created 0, updated 0, unchanged 1, failed 0"
    )
    assert PlaceVersion.objects.filter(parent=commune).count() == 1


def test_another_kind_is_a_new_version_of_the_same_village(commune, run):
    village = VillageFactory(name="1", kind="to_dan_pho", parent=commune)
    assert run("Loại,Tên\nxóm,1\n") == "created 0, updated 1, unchanged 0, failed 0"
    village.refresh_from_db()
    assert (village.label_on(datetime.date(2025, 12, 31)), village.label_on(DAY)) == ("Tổ dân phố 1", "Xóm 1")


def test_a_village_that_the_list_leaves_out_stays(commune, run):
    VillageFactory(name="Kéo Nà", parent=commune)
    run("Loại,Tên\nxóm,Bản Giốc\n")
    assert "Xóm Kéo Nà" in labels(commune)


def test_a_number_in_a_spreadsheet_is_a_name(commune, tmp_path):
    path = tmp_path / "list"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["Loại", "Tên"])
        book.get_worksheet_by_name("Sheet1").write_row(1, 0, ["tổ dân phố", 2])
    call_command("import_villages", str(path), "--commune", "01501", "--date", "2026-01-01")
    assert labels(commune) == ["Tổ dân phố 2"]


def test_every_wrong_row_is_named_and_nothing_is_written(commune, run, capsys):
    with pytest.raises(CommandError):
        run(f"Loại,Tên\nxóm,Bản Giốc\nbuôn,Bản Mom\nxóm,\nxóm,bản giốc\nxóm,{'x' * 101}\n")
    errors = capsys.readouterr().err
    for row in ("3", "4", "5", "6"):
        assert f" {row}" in errors
    assert "buôn" in errors
    assert " 2," not in errors
    assert labels(commune) == []


def test_a_dry_run_checks_everything_and_writes_nothing(commune, run):
    assert run("Loại,Tên\nxóm,Bản Giốc\n", "--dry-run") == "created 1, updated 0, unchanged 0, failed 0"
    assert labels(commune) == []


@pytest.mark.parametrize(
    ("code", "date"), [("99999", "2026-01-01"), ("01501", "2025-06-30"), ("01501", "01/01/2026")]
)
def test_an_unknown_commune_or_day_is_refused_with_a_sentence(commune, run, code, date):
    with pytest.raises(CommandError):
        run("Loại,Tên\nxóm,Bản Giốc\n", code=code, date=date)


def test_villages_belong_to_a_commune_and_not_to_a_province(run):
    ProvinceFactory(code="04")
    with pytest.raises(CommandError):
        run("Loại,Tên\nxóm,Bản Giốc\n", code="04")


def test_a_table_without_the_column_of_names_is_refused(commune, run):
    with pytest.raises(CommandError):
        run("Loại,Xóm\nxóm,Bản Giốc\n")
