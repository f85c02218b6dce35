import datetime
from io import BytesIO

import pytest

from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from portal.web.imports import ImportRefused, read_table
from recognition.domain.books.importing import import_subjects
from recognition.domain.books.sheet import COLUMNS, REQUIRED, workbook
from recognition.enums import SubjectKind
from recognition.models import Subject
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import SubjectFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)
HEAD = "Loại,Tên,Xóm,Phân biệt\n"


@pytest.fixture
def commune():
    return CommuneFactory(name="Đàm Thuỷ", code="01501")


@pytest.fixture
def village(commune):
    return VillageFactory(name="Bản Giốc", parent=commune)


@pytest.fixture
def run(tmp_path, capsys, village):
    """run(text, *options) -> the last line that the command prints."""

    def run(text, *options):
        path = tmp_path / "so.csv"
        path.write_text(text, "utf-8")
        call_command("import_subjects", str(path), "--commune", "01501", "--date", "2026-01-01", *options)
        return capsys.readouterr().out.splitlines()[-1]

    return run


@pytest.fixture
def refused(run, capsys):
    """refused(rows) -> what the command says of them; nothing is written."""

    def refused(rows):
        before = list(Subject.objects.values())
        with pytest.raises(CommandError):
            run(HEAD + rows)
        assert list(Subject.objects.values()) == before
        return capsys.readouterr().err

    return refused


def test_each_kind_comes_into_the_books(run, village, commune):
    rows = "Gia đình,Nhà mẫu A,Bản Giốc,\ndòng họ,Họ mẫu,xóm bản giốc,\nCộng đồng,Bản Giốc,Bản Giốc,\n"
    rows += "Đơn vị,Trường mẫu,,\nCÔNG DÂN,Người mẫu,Bản Giốc,tổ 2\n"
    assert run(HEAD + rows) == "created 5, updated 0, unchanged 0, failed 0"
    assert {each.kind for each in Subject.objects.filter(place=village)} == {
        SubjectKind.FAMILY,
        SubjectKind.CLAN,
        SubjectKind.COMMUNITY,
        SubjectKind.CITIZEN,
    }
    assert Subject.objects.get(kind=SubjectKind.UNIT).place == commune


def test_the_same_sheet_twice_changes_nothing(run):
    rows = "Gia đình,Nhà mẫu hoà,Bản Giốc,\nGia đình,Nhà mẫu hoà,Bản Giốc,tổ 2\n"
    run(HEAD + rows)
    assert run(HEAD + rows) == "created 0, updated 0, unchanged 2, failed 0"


def test_another_way_of_typing_is_no_other_family_and_the_newer_spelling_stays(run):
    run(HEAD + "Gia đình,Nhà mẫu HOÀ,Bản Giốc,\n")
    assert run(HEAD + "Gia đình,Nhà mẫu Hòa,Bản Giốc,\n") == "created 0, updated 1, unchanged 0, failed 0"
    assert Subject.objects.get().name == "Nhà mẫu Hòa"


def test_a_dry_run_writes_nothing(run):
    line = run(HEAD + "Gia đình,Nhà mẫu,Bản Giốc,\n", "--dry-run")
    assert line == "created 1, updated 0, unchanged 0, failed 0"
    assert not Subject.objects.exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Hộ,Nhà mẫu,Bản Giốc,", "Loại"),
        (",Nhà mẫu,Bản Giốc,", "Loại"),
        ("Gia đình,,Bản Giốc,", "Tên"),
        (f"Gia đình,{'x' * 201},Bản Giốc,", "Tên"),
        ("Gia đình,Nhà mẫu 004012345678,Bản Giốc,", "Tên"),
        ("Gia đình,Nhà mẫu,Bản Giốc,CMND 012 345 678", "Phân biệt"),
        ("Gia đình,Nhà mẫu,,", "Xóm"),
        ("Gia đình,Nhà mẫu,Bản Không Có,", "Xóm"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(refused, row, column):
    errors = refused(f"Gia đình,Nhà mẫu 1,Bản Giốc,\n{row}\n")
    assert " 3" in errors
    assert f"«{column}»" in errors
    assert " 2," not in errors


def test_every_wrong_row_is_named_at_once(refused):
    errors = refused("Gia đình,,Bản Giốc,\nHộ,x,Bản Giốc,\nGia đình,Nhà,Đâu đó,\n")
    assert [f" {row}" in errors for row in (2, 3, 4)] == [True] * 3


def test_the_same_family_twice_in_a_sheet_is_refused(refused):
    assert "2" in refused("Gia đình,Nhà mẫu thuỷ,Bản Giốc,\nGia đình,NHÀ MẪU THỦY,Xóm Bản Giốc,\n")


def test_a_telephone_number_is_no_identity_card(run):
    assert run(HEAD + "Gia đình,Nhà mẫu,Bản Giốc,gần trạm 0123456\n").startswith("created 1")


def test_villages_of_one_name_are_told_apart_by_their_kind(commune, refused, run):
    VillageFactory(name="Bản Giốc", kind="thon", parent=commune)
    assert "Bản Giốc" in refused("Gia đình,Nhà mẫu,Bản Giốc,\n")
    assert run(HEAD + "Gia đình,Nhà mẫu,Thôn Bản Giốc,\n").startswith("created 1")


def test_a_village_of_another_commune_is_unknown(refused):
    VillageFactory(name="Làng Khác")
    assert "Làng Khác" in refused("Gia đình,Nhà mẫu,Làng Khác,\n")


def test_what_the_sheet_leaves_out_stays(run, village):
    SubjectFactory(place=village, name="Nhà mẫu cũ")
    run(HEAD + "Gia đình,Nhà mẫu mới,Bản Giốc,\n")
    assert Subject.objects.live().count() == 2


class TestTheSheetGivenOut:
    def rows(self, content):
        return list(read_table(ContentFile(content, "so.xlsx"), required=REQUIRED))

    def test_it_comes_back_as_it_was(self, commune, village):
        SubjectFactory(place=village, name="Nhà mẫu", distinction="tổ 1")
        SubjectFactory(place=village, name="12", kind=SubjectKind.CLAN)
        given = workbook([village], Subject.objects.all(), date=DAY)
        counts = import_subjects(self.rows(given), commune, DAY)
        assert str(counts) == "created 0, updated 0, unchanged 2, failed 0"

    def test_a_name_corrected_in_it_is_corrected_in_the_books(self, commune, village):
        subject = SubjectFactory(place=village, name="Nhà mẫu sai")
        [(number, cells)] = self.rows(workbook([village], [subject], date=DAY))
        counts = import_subjects([(number, cells | {"Tên": "Nhà mẫu đúng"})], commune, DAY)
        subject.refresh_from_db()
        assert counts.updated == 1
        assert (subject.name, subject.folded_name) == ("Nhà mẫu đúng", "nha mau dung")

    def test_a_number_of_another_commune_is_refused(self, commune, village):
        stranger = SubjectFactory(name="Nhà xã khác")
        row = dict(zip(COLUMNS, [stranger.pk, "Gia đình", "Chiếm lấy", "Bản Giốc", None, None], strict=True))
        with pytest.raises(ImportRefused, match=str(stranger.pk)):
            import_subjects([(2, row)], commune, DAY)
        stranger.refresh_from_db()
        assert stranger.name == "Nhà xã khác"

    def test_a_number_cannot_take_the_name_of_another(self, commune, village):
        first = SubjectFactory(place=village, name="Nhà mẫu một")
        second = SubjectFactory(place=village, name="Nhà mẫu hai")
        row = dict(zip(COLUMNS, [second.pk, "Gia đình", "Nhà mẫu một", "Bản Giốc", None, None], strict=True))
        with pytest.raises(ImportRefused, match=str(first.pk)):
            import_subjects([(2, row)], commune, DAY)

    def test_the_kinds_and_the_villages_are_offered_in_lists(self, village):
        import zipfile

        with zipfile.ZipFile(BytesIO(workbook([village], date=DAY))) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert sheet.count("<dataValidation ") == 2

    def test_a_name_that_looks_like_a_formula_stays_a_name(self, commune, village):
        subject = SubjectFactory(place=village, name="=1+1")
        [(_number, cells)] = self.rows(workbook([village], [subject], date=DAY))
        assert cells["Tên"] == "=1+1"
