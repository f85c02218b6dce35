"""`import_resources`: all rows or none, every mistake named, the same sheet twice changes nothing."""

from functools import partial

import pytest
import xlsxwriter

from library.models import Contribution, Rendition, Resource, ResourceTag, SourceRecord, Tag
from portal.search.models import OutboxRow
from tests.factories.library import ResourceFactory, SubjectFactory
from tests.library.samples import shared
from tests.library.sheets import run_import, write_sheet

pytestmark = pytest.mark.django_db

GOOD = {
    "key": "mau-1",
    "title": "Kỹ thuật trồng ngô mẫu",
    "creators": "Người Mẫu Một; Người Mẫu Hai (dịch)",
    "publisher": "Nhà xuất bản mẫu",
    "year": "2019",
    "language": "vie",
    "kind": "book",
    "subject": "trong-trot",
    "level": "nguoi-lon",
    "audience": "citizen",
    "licence": "CC-BY-4.0",
    "url": "https://vi-du.example/ngo",
    "abstract_vi": "Sách mẫu về cây ngô.",
    "source_url": "https://vi-du.example/",
    "tags": "ngô;thời vụ",
}


@pytest.fixture(autouse=True)
def subject(db):
    return SubjectFactory(slug="trong-trot", name="Trồng trọt")


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, columns=tuple(GOOD)):
        return write_sheet(tmp_path / "bang.csv", columns, rows)

    return write


run = partial(run_import, "import_resources")


def test_a_row_becomes_a_resource_with_its_creators_subjects_and_tags(sheet, subject):
    assert run(sheet(GOOD))[:2] == (0, "created 1, updated 0, unchanged 0, failed 0")
    resource = Resource.objects.get(records__key="mau-1")
    assert (resource.title, resource.year, resource.licence) == ("Kỹ thuật trồng ngô mẫu", 2019, "CC-BY-4.0")
    assert [(each.name, each.role) for each in resource.contributions.all()] == [
        ("Người Mẫu Một", "author"),
        ("Người Mẫu Hai", "translator"),
    ]
    assert list(resource.subjects.all()) == [subject]
    assert set(resource.tags.names()) == {"ngô", "thời vụ"}


def test_the_same_sheet_twice_changes_nothing(sheet):
    path = sheet(GOOD)
    run(path)
    OutboxRow.objects.all().delete()
    assert run(path)[1] == "created 0, updated 0, unchanged 1, failed 0"
    assert not OutboxRow.objects.exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", "Tên khác"),
        ("year", "2020"),
        ("creators", "Người Mẫu Hai; Người Mẫu Một"),
        ("tags", "ngô"),
        ("licence", ""),
    ],
)
def test_a_changed_cell_updates_the_resource_and_keeps_its_number(sheet, column, value):
    run(sheet(GOOD))
    number = Resource.objects.get().pk
    assert run(sheet(GOOD | {column: value}))[1] == "created 0, updated 1, unchanged 0, failed 0"
    assert run(sheet(GOOD | {column: value}))[1] == "created 0, updated 0, unchanged 1, failed 0"
    assert Resource.objects.get().pk == number


def test_a_column_that_the_sheet_does_not_have_is_left_as_stored(sheet):
    run(sheet(GOOD))
    fewer = [column for column in GOOD if column not in ("creators", "tags", "abstract_vi")]
    assert run(sheet(GOOD | {"title": "Tên khác"}, columns=fewer))[1] == (
        "created 0, updated 1, unchanged 0, failed 0"
    )
    resource = Resource.objects.get()
    assert resource.abstract == "Sách mẫu về cây ngô."
    assert resource.contributions.count() == 2
    assert resource.tags.count() == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("key", ""),
        ("title", ""),
        ("title", "x" * 301),
        ("year", "năm 2019"),
        ("year", "19"),
        ("language", "yao"),
        ("language", "dao"),
        ("kind", "đồ vật"),
        ("subject", "khong-co"),
        ("subject", ""),
        ("level", "lop-1"),
        ("audience", "all"),
        ("licence", "tự do!"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://vi-du.example/ngo"),
        ("url", ""),
        ("creators", "x" * 201),
        ("tags", "x" * 101),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_written(sheet, column, value):
    bad = GOOD | {"key": "mau-2", column: value}
    status, last, errors = run(sheet(GOOD, bad))
    assert status == 1
    assert last == "created 0, updated 0, unchanged 0, failed 1"
    assert "3" in errors
    assert column in errors
    assert not Resource.objects.exists()
    assert not Tag.objects.exists()
    assert not OutboxRow.objects.exists()


def test_all_bad_rows_are_named_at_once(sheet):
    bad = [GOOD | {"key": f"mau-{number}", "kind": "?"} for number in range(3)]
    status, last, errors = run(sheet(*bad))
    assert (status, last) == (1, "created 0, updated 0, unchanged 0, failed 3")
    assert len(errors.strip().splitlines()) >= 3


def test_an_identifier_that_stands_twice_in_a_sheet_is_refused(sheet):
    status, _last, errors = run(sheet(GOOD, GOOD | {"title": "Khác"}))
    assert status == 1
    assert "key" in errors
    assert not Resource.objects.exists()


def test_a_dry_run_counts_and_writes_nothing(sheet):
    assert run(sheet(GOOD), "--dry-run")[1] == "created 1, updated 0, unchanged 0, failed 0"
    assert not Resource.objects.exists()


def test_two_collections_may_use_the_same_identifier(sheet):
    run(sheet(GOOD))
    assert run(sheet(GOOD), "--source", "Thư viện mẫu")[1] == "created 1, updated 0, unchanged 0, failed 0"
    assert set(SourceRecord.objects.values_list("source", flat=True)) == {"", "Thư viện mẫu"}


def test_a_workbook_is_read_by_its_content_whatever_its_name(tmp_path):
    path = tmp_path / "bang.csv"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, GOOD)
    page.write_row(1, 0, [2019 if column == "year" else value for column, value in GOOD.items()])
    book.close()
    assert run(str(path))[1] == "created 1, updated 0, unchanged 0, failed 0"
    assert Resource.objects.get().year == 2019


def test_text_typed_with_combining_marks_is_stored_in_nfc(sheet):
    run(sheet(GOOD | {"title": "Tro\u0302\u0300ng ngo\u0302", "tags": "ngo\u0302"}))
    assert Resource.objects.get().title == "Trồng ngô"
    assert Tag.objects.get().name == "ngô"


def test_tags_differing_only_in_capitals_are_one(sheet):
    run(sheet(GOOD | {"tags": "Đất dốc"}, GOOD | {"key": "mau-2", "tags": "đất dốc"}))
    assert Tag.objects.count() == 1
    assert Tag.objects.get().slug == "dat-doc"


def test_every_resource_loaded_or_changed_reaches_the_search(sheet):
    run(sheet(GOOD))
    resource = Resource.objects.get()
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()


def test_loading_asks_the_database_no_more_often_for_more_rows(sheet, django_assert_max_num_queries):
    rows = [GOOD | {"key": f"mau-{number}"} for number in range(60)]
    run(sheet(GOOD | {"key": "dau"}))
    with django_assert_max_num_queries(40):
        run(sheet(*rows))
    assert Resource.objects.count() == 61


def test_the_sheet_of_the_shared_seed_content_is_what_the_portal_starts_with():
    from library.domain import seed

    path = shared("seed_content/resources.csv")
    seed.load()
    assert run(str(path))[1] == "created 0, updated 0, unchanged 275, failed 0"


def test_the_seed_never_touches_what_a_librarian_has_corrected():
    from library.domain import seed

    seed.load()
    resource = Resource.objects.first()
    resource.title = "Tên đã được thủ thư sửa"
    resource.save()
    seed.load()
    resource.refresh_from_db()
    assert resource.title == "Tên đã được thủ thư sửa"
    assert Resource.objects.count() == 275


def test_a_resource_of_our_own_is_not_mistaken_for_one_of_a_sheet(sheet):
    ResourceFactory(title=GOOD["title"])
    assert run(sheet(GOOD))[1] == "created 1, updated 0, unchanged 0, failed 0"


def test_a_collection_with_an_endless_name_is_refused(sheet):
    status, last, _errors = run(sheet(GOOD), "--source", "x" * 101)
    assert status == 1
    assert last.startswith("created 0")
    assert not Resource.objects.exists()


def test_an_update_leaves_creators_and_tags_that_are_the_same_alone(sheet):
    run(sheet(GOOD))
    before = [list(model.objects.values_list("pk", flat=True)) for model in (Contribution, ResourceTag)]
    run(sheet(GOOD | {"title": "Tên khác"}))
    assert [
        list(model.objects.values_list("pk", flat=True)) for model in (Contribution, ResourceTag)
    ] == before


def test_what_a_librarian_has_corrected_survives_the_next_load(sheet):
    run(sheet(GOOD))
    resource = Resource.objects.get()
    resource.title = "Tên đã được thủ thư sửa"
    resource.save()
    Contribution.objects.all().delete()
    Contribution.objects.create(resource=resource, name="Người đã được thủ thư sửa")
    changed = GOOD | {"title": "Tên mới của nguồn", "creators": "Người khác", "publisher": "Nơi khác"}
    assert run(sheet(changed))[1] == "created 0, updated 1, unchanged 0, failed 0"
    resource = Resource.objects.get()
    assert resource.title == "Tên đã được thủ thư sửa"
    assert resource.publisher == "Nơi khác"
    assert [each.name for each in resource.contributions.all()] == ["Người đã được thủ thư sửa"]
    assert resource.records.get().data["title"] == "Tên mới của nguồn"


def test_a_field_put_back_to_what_the_source_says_follows_the_source_again(sheet):
    run(sheet(GOOD))
    Resource.objects.update(title="Tên đã được thủ thư sửa")
    run(sheet(GOOD | {"title": "Tên thứ hai"}))
    Resource.objects.update(title="Tên thứ hai")
    run(sheet(GOOD | {"title": "Tên thứ ba"}))
    assert Resource.objects.get().title == "Tên thứ ba"


def test_a_record_that_only_says_what_a_librarian_has_corrected_changes_nothing(sheet):
    run(sheet(GOOD))
    Resource.objects.update(title="Tên đã được thủ thư sửa")
    OutboxRow.objects.all().delete()
    assert run(sheet(GOOD | {"title": "Tên khác"}))[1] == "created 0, updated 0, unchanged 1, failed 0"
    assert not OutboxRow.objects.exists()


def test_a_file_of_ours_stays_when_the_link_of_the_source_changes(sheet):
    run(sheet(GOOD))
    resource = Resource.objects.get()
    Rendition.objects.create(resource=resource, form="pdf", file="1/mau.pdf")
    run(sheet(GOOD | {"url": "https://vi-du.example/khac"}))
    assert {each.url or each.file.name for each in Rendition.objects.all()} == {
        "https://vi-du.example/khac",
        "1/mau.pdf",
    }
