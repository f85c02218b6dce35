"""Where a citizen belongs: said in the sheet or in the form by name or number, and kept when two are merged."""

import pytest

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.enums import Role
from portal.web.imports import ImportRefused, read_table
from recognition.domain.books import keeping
from recognition.domain.books.importing import import_subjects
from recognition.domain.books.sheet import BELONGS, REQUIRED, workbook
from recognition.enums import SubjectKind
from recognition.models import Subject
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import SubjectFactory
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db
HEAD = "Loại,Tên,Xóm,Phân biệt,Thuộc\n"


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def village(commune):
    return VillageFactory(name="Bản Giốc", parent=commune)


@pytest.fixture
def family(village):
    return SubjectFactory(name="Nông Văn Mẫu", place=village)


def enter(commune, rows, head=HEAD):
    table = read_table(ContentFile((head + rows).encode(), "so.csv"), required=REQUIRED)
    return import_subjects(table, commune, timezone.localdate())


def holder(name="Lý Thị Mẫu"):
    return Subject.objects.get(name=name).member_of


class TestSheet:
    def test_a_family_may_stand_below_its_members(self, commune, village):
        enter(commune, "Công dân,Lý Thị Mẫu,Bản Giốc,,Hoàng Văn Mẫu\nGia đình,Hoàng Văn Mẫu,Bản Giốc,,\n")
        assert holder().name == "Hoàng Văn Mẫu"

    @pytest.mark.parametrize("written", ["nông văn mẫu", "{pk}", "{pk} – Nông Văn Mẫu"])
    def test_it_is_found_in_the_books_by_name_or_number(self, commune, family, written):
        enter(commune, f"Công dân,Lý Thị Mẫu,Bản Giốc,,{written.format(pk=family.pk)}\n")
        assert holder() == family

    def test_of_two_of_one_name_that_of_the_same_village_is_meant(self, commune, family):
        other = VillageFactory(name="Bản Khác", parent=commune)
        SubjectFactory(name=family.name, place=other)
        enter(commune, f"Công dân,Lý Thị Mẫu,Bản Giốc,,{family.name}\n")
        assert holder() == family

    @pytest.mark.parametrize(
        ("rows", "says"),
        [
            ("Công dân,A,Bản Giốc,,Nhà Không Có\n", "Nhà Không Có"),
            ("Công dân,A,Bản Giốc,,Nông Văn Mẫu\n", "số"),
            ("Gia đình,A,Bản Giốc,,Nông Văn Mẫu\n", "công dân"),
        ],
    )
    def test_what_cannot_be_is_a_sentence_and_nothing_is_written(self, commune, village, family, rows, says):
        SubjectFactory(name=family.name, place=village, distinction="Tổ 2")
        before = Subject.objects.count()
        with pytest.raises(ImportRefused) as refused:
            enter(commune, rows)
        [error] = refused.value.errors
        assert (error.row, error.column) == (2, BELONGS)
        assert says in str(error.reason)
        assert Subject.objects.count() == before

    def test_a_sheet_without_the_column_leaves_it_and_an_empty_cell_takes_it_away(self, commune, family):
        SubjectFactory(kind=SubjectKind.CITIZEN, name="Lý Thị Mẫu", place=family.place, member_of=family)
        enter(commune, "Công dân,Lý Thị Mẫu,Bản Giốc,\n", "Loại,Tên,Xóm,Phân biệt\n")
        assert holder() == family
        enter(commune, "Công dân,Lý Thị Mẫu,Bản Giốc,,\n")
        assert holder() is None

    def test_what_is_given_out_changes_nothing_when_it_comes_back(self, commune, village, family):
        SubjectFactory(kind=SubjectKind.CITIZEN, name="Lý Thị Mẫu", place=village, member_of=family)
        content = workbook([village], Subject.objects.all(), date=timezone.localdate())
        rows = read_table(ContentFile(content, "so.xlsx"), required=REQUIRED)
        assert import_subjects(rows, commune, timezone.localdate()).unchanged == 2


class TestForm:
    @pytest.fixture
    def typed(self, client, commune, village):
        client.force_login(UserFactory(role=Role.OFFICER, place=commune))
        return {"kind": "citizen", "name": "Lý Thị Mẫu", "distinction": "", "place": village.pk}

    def test_it_is_entered_and_corrected(self, client, commune, family, typed):
        client.post(address("book_add", commune.pk), typed | {"belongs": "Nhà Không Có"})
        assert not Subject.objects.filter(name="Lý Thị Mẫu").exists()
        client.post(address("book_add", commune.pk), typed | {"belongs": "Nông Văn Mẫu"})
        assert holder() == family
        page = address("book_subject", Subject.objects.get(name="Lý Thị Mẫu").pk)
        assert f"{family.pk} – Nông Văn Mẫu" in client.get(page).text
        client.post(page, typed | {"belongs": ""})
        assert holder() is None

    def test_a_family_belongs_to_nobody(self, client, commune, family, typed):
        answer = client.post(
            address("book_add", commune.pk), typed | {"kind": "family", "belongs": "Nông Văn Mẫu"}
        )
        assert "Chỉ công dân mới thuộc" in answer.text
        assert 'name="belongs"' not in client.get(address("book_subject", family.pk)).text

    def test_one_of_another_commune_is_not_found(self, client, commune, typed):
        other = SubjectFactory(name="Nhà Xã Khác")
        answer = client.post(address("book_add", commune.pk), typed | {"belongs": str(other.pk)})
        assert "trong sổ không có" in answer.text.lower()
        assert other.name not in answer.text


def test_members_follow_the_one_that_stays(village, family):
    twice = SubjectFactory(name="Nông Văn Mẫu", distinction="ghi lần hai", place=village)
    SubjectFactory(kind=SubjectKind.CITIZEN, name="Lý Thị Mẫu", place=village, member_of=twice)
    keeping.merge(twice, family, UserFactory())
    assert holder() == family


def test_only_a_citizen_belongs_and_never_to_another_one(village, family):
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectFactory(place=village, member_of=family)
    citizen = SubjectFactory(kind=SubjectKind.CITIZEN, place=village)
    with pytest.raises(ValidationError):
        Subject(kind=SubjectKind.CITIZEN, name="A", place=village, member_of=citizen).full_clean()
