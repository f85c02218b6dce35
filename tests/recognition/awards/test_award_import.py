import datetime

import pytest
import xlsxwriter

from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal.text import sort_key
from recognition.models import Award
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AwardFactory, DecisionFactory

pytestmark = pytest.mark.django_db

HEADER = "Danh hiệu,Tên,Mã xã,Xã,Xóm,Năm,Số quyết định,Ngày quyết định,Cơ quan quyết định,Căn cứ công khai,Phân biệt"
GOOD = "Gia đình học tập,Gia đình mẫu 01,01501,,,2025,01/QĐ-UBND,15/12/2025,UBND xã mẫu,Đồng ý bằng văn bản,"


@pytest.fixture
def commune():
    return CommuneFactory(name="Đàm Thuỷ", code="01501", valid_from=datetime.date(2025, 7, 1))


def sheet(tmp_path, *rows):
    path = tmp_path / "awards.csv"
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return str(path)


def test_a_row_becomes_an_award(tmp_path, commune, capsys):
    call_command("import_awards", sheet(tmp_path, GOOD))
    award = Award.objects.get()
    assert (award.place, award.year, award.decision_date) == (commune, 2025, datetime.date(2025, 12, 15))
    assert award.publication_basis == "Đồng ý bằng văn bản"
    assert capsys.readouterr().out.splitlines()[-1] == "created 1, updated 0, unchanged 0, failed 0"


def test_a_workbook_with_true_dates_and_codes_without_their_zero_is_read(tmp_path, commune):
    path = tmp_path / "awards.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, (heading, cell) in enumerate(zip(HEADER.split(","), GOOD.split(","), strict=True)):
            sheet.write(0, column, heading)
            if heading == "Ngày quyết định":
                day = book.add_format({"num_format": "dd/mm/yyyy"})
                sheet.write_datetime(1, column, datetime.datetime(2025, 12, 15), day)
            else:
                sheet.write(1, column, int(cell) if cell.isdigit() else cell)
    call_command("import_awards", str(path))
    award = Award.objects.get()
    assert (award.place, award.year, award.decision_date) == (commune, 2025, datetime.date(2025, 12, 15))


def test_a_second_run_changes_nothing_and_a_correction_updates(tmp_path, commune, capsys):
    call_command("import_awards", sheet(tmp_path, GOOD))
    call_command("import_awards", sheet(tmp_path, GOOD))
    call_command("import_awards", sheet(tmp_path, GOOD.replace("01/QĐ", "02/QĐ")))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "created 0, updated 0, unchanged 1, failed 0",
        "created 0, updated 1, unchanged 0, failed 0",
    ]
    assert Award.objects.get().decision_number == "02/QĐ-UBND"


def test_a_village_is_found_within_its_commune_by_either_spelling(tmp_path, commune):
    village = VillageFactory(name="Bản Giốc", parent=commune)
    VillageFactory(name="Bản Giốc")
    row = GOOD.replace("01501,,", ",đàm thủy,Bản Giốc")
    call_command("import_awards", sheet(tmp_path, row))
    assert Award.objects.get().place == village


def test_a_commune_is_told_from_the_village_of_its_name(tmp_path, commune):
    VillageFactory(name="Đàm Thuỷ", parent=commune)
    call_command("import_awards", sheet(tmp_path, GOOD.replace("01501,", ",Đàm Thuỷ")))
    assert Award.objects.get().place == commune


def test_a_corrected_name_sorts_and_is_found_as_if_it_had_been_written_so(tmp_path, commune):
    call_command("import_awards", sheet(tmp_path, GOOD))
    call_command("import_awards", sheet(tmp_path, GOOD.replace("Gia đình mẫu", "GIA ĐÌNH – MẪU")))
    award = Award.objects.get()
    assert (award.sort_name, award.folded_name) == (sort_key(award.name), "gia dinh - mau 01")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("Gia đình học tập", "Gia đình văn hóa", "Danh hiệu"),
        ("Gia đình mẫu 01", "", "Tên"),
        ("01501", "99999", "Mã xã"),
        ("01501,", ",Xã không có", "Xã"),
        ("01501,", ",", "Xã"),
        (",2025,", ",năm nay,", "Năm"),
        (",2025,", ",2026,", "Năm"),
        (",2025,", ",1890,", "Năm"),
        (",2025,", ",²025,", "Năm"),
        ("01501,", ",Tỉnh mẫu", "Xã"),
        ("15/12/2025", "31/02/2025", "Ngày quyết định"),
        ("15/12/2025", "", "Ngày quyết định"),
        ("01/QĐ-UBND", "", "Số quyết định"),
        ("01/QĐ-UBND", "x" * 61, "Số quyết định"),
        (",,,2025", ",,Xóm lạ,2025", "Xóm"),
    ],
)
def test_a_bad_row_is_named_by_row_and_column_and_nothing_is_written(
    tmp_path, commune, capsys, old, new, column
):
    assert old in GOOD
    second = GOOD.replace("mẫu 01", "mẫu 02")
    with pytest.raises(CommandError):
        call_command("import_awards", sheet(tmp_path, second, GOOD.replace(old, new, 1)))
    errors = capsys.readouterr().err
    assert "3" in errors
    assert column in errors
    assert not Award.objects.exists()


def test_a_code_is_read_as_of_the_day_of_the_decision(tmp_path, commune, capsys):
    with pytest.raises(CommandError):
        call_command("import_awards", sheet(tmp_path, GOOD.replace("15/12/2025", "15/06/2025")))
    assert "01501" in capsys.readouterr().err


def test_the_same_holder_twice_must_be_told_apart(tmp_path, commune):
    with pytest.raises(CommandError):
        call_command("import_awards", sheet(tmp_path, GOOD, GOOD))
    call_command("import_awards", sheet(tmp_path, GOOD, GOOD + "tổ 2"))
    assert Award.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    ["year = 1800", "name = ''", "decision_number = ''"],
)
def test_the_database_refuses_an_impossible_award(change):
    award = AwardFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE recognition_award SET {change} WHERE id = %s", [award.pk])


def test_the_database_refuses_the_same_award_twice():
    award = AwardFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardFactory(name=award.name.upper(), place=award.place)


def test_an_imported_award_has_a_serial_and_is_valid_from_its_decision_on(tmp_path, commune):
    call_command("import_awards", sheet(tmp_path, GOOD))
    award = Award.objects.get()
    serial = award.serial
    assert serial.startswith("2025-GD-")
    assert (award.valid_from, award.valid_to) == (award.decision_date, None)
    call_command("import_awards", sheet(tmp_path, GOOD.replace("15/12/2025", "16/12/2025")))
    award.refresh_from_db()
    assert (award.serial, award.valid_from) == (serial, datetime.date(2025, 12, 16))


CITIZEN = GOOD.replace("Gia đình học tập", "Công dân học tập")


def citizens(tmp_path, *rows):
    path = tmp_path / "citizens.csv"
    path.write_text("\n".join([f"{HEADER},Đủ 18 tuổi", *rows]), "utf-8")
    return str(path)


def test_a_citizen_is_named_only_when_of_age(tmp_path, commune, capsys):
    with pytest.raises(CommandError):
        call_command("import_awards", citizens(tmp_path, f"{CITIZEN},"))
    assert "đủ 18 tuổi" in capsys.readouterr().err
    call_command("import_awards", citizens(tmp_path, f"{CITIZEN},x"))
    assert Award.objects.named_in_public().get().of_age


def test_a_citizen_without_a_basis_needs_no_age_and_is_not_named(tmp_path, commune):
    call_command("import_awards", citizens(tmp_path, f"{CITIZEN.replace('Đồng ý bằng văn bản', '')},không"))
    assert Award.objects.count() == 1
    assert not Award.objects.named_in_public().exists()


def test_a_word_that_says_neither_yes_nor_no_is_refused(tmp_path, commune, capsys):
    with pytest.raises(CommandError):
        call_command("import_awards", citizens(tmp_path, f"{CITIZEN},chưa rõ"))
    assert "Đủ 18 tuổi" in capsys.readouterr().err


def test_a_list_does_not_bring_a_revoked_award_back(tmp_path, commune):
    call_command("import_awards", sheet(tmp_path, GOOD))
    Award.objects.update(revoked_on="2026-02-05", revoked_reason="error")
    call_command("import_awards", sheet(tmp_path, GOOD))
    assert Award.objects.count() == 1
    assert not Award.objects.in_force().exists()
    with pytest.raises(CommandError):
        call_command("import_awards", sheet(tmp_path, GOOD.replace("15/12/2025", "06/02/2026")))


def test_a_list_does_not_touch_what_was_decided_in_the_portal(tmp_path, commune, capsys):
    decided = AwardFactory(name="Gia đình mẫu 01", place=commune, decision=DecisionFactory())
    with pytest.raises(CommandError):
        call_command("import_awards", sheet(tmp_path, GOOD))
    assert "trên cổng" in capsys.readouterr().err
    decided.refresh_from_db()
    assert decided.decision_number == "MẪU-01/QĐ-UBND"
