"""Sheets (CSV, XLSX) that lie at an address, read over loopback."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
import xlsxwriter

from library.interop.page import SourceProblem
from library.interop.sheets import harvest as harvesting
from library.interop.sheets.harvest import SheetReader
from tests.library.samples import sample

from .ledgers import LEDGER, ledger
from .oai_server import Reply
from .sites import LOGIN, Site, harvested, online, reader_of

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_ledger_is_read_kindly():
    come = harvested(
        SheetReader,
        Site(
            {
                "/so.csv": ledger(
                    '1;Trồng ngô;"Nguyễn Văn Mẫu; Trần Thị Mẫu (dịch)";c2009;tiếng Tày;Trồng trọt;ngô',
                    "2;Nuôi ong;;;;;",
                )
            }
        ),
        "/so.csv",
    )
    first, second = come.found
    assert first.identifier == "1"
    assert first.values == {
        "title": "Trồng ngô",
        "language": "tyz",
        "year": 2009,
        "creators": [["Nguyễn Văn Mẫu", "author"], ["Trần Thị Mẫu", "translator"]],
        "tags": ["ngô"],
    }
    assert first.subject_words == ["Trồng trọt"]
    # an emptied cell says that there is none; of language and kind it says nothing, which is for the source to know
    assert (second.values["creators"], second.values["year"]) == ([], None)
    assert not {"language", "kind"} & set(second.values)
    assert json.loads(first.raw)["Năm XB"] == "c2009"


def test_the_sheet_of_a_real_library_is_read_to_its_last_row():
    come = harvested(
        SheetReader, Site({"/so.xlsx": sample("tabular/vn_hcmut_library_mini.xlsx")}), "/so.xlsx"
    )
    assert come.found
    assert not come.failed
    assert all(each.identifier and each.values["title"] for each in come.found)


def test_a_sheet_in_our_own_format_is_read_strictly_row_by_row():
    content = (
        "key,title,kind,subject,level,url\n"
        "a,Trồng ngô,book,trong-trot,nguoi-lon,https://a.example/1\n"
        "b,Không địa chỉ,book,trong-trot,nguoi-lon,\n"
        "c,Không chủ đề,book,,nguoi-lon,https://a.example/3\n"
        "a,Hai lần,book,trong-trot,nguoi-lon,https://a.example/4\n"
        ",Không số,book,trong-trot,nguoi-lon,https://a.example/5\n"
    )
    come = harvested(SheetReader, Site({"/so.csv": content}), "/so.csv")
    assert come.identifiers == ["a"]
    assert [
        int("".join(filter(str.isdigit, each.problem.partition(",")[0].partition(":")[0])))
        for each in come.failed
    ] == [3, 4, 5, 6]
    assert all(each.raw for each in come.failed)


def test_pages_have_500_rows_and_a_run_goes_on_behind_any_of_them(monkeypatch):
    monkeypatch.setattr(harvesting, "PAGE", 2)
    site = Site({"/so.csv": ledger(*(f"{number};Sách {number};;;;;" for number in range(5)))})
    with online(site):
        whole = list(reader_of(SheetReader, site, "/so.csv").pages())
        rest = list(reader_of(SheetReader, site, "/so.csv").pages(whole[0].next))
        site.paths["/so.csv"] = ledger(*(f"{number};Sách {number};;;;;" for number in range(3)))
        changed = list(reader_of(SheetReader, site, "/so.csv").pages(whole[0].next))
    assert [len(page.records) for page in whole] == [2, 2, 1]
    assert whole[0].total == 5
    assert whole[-1].next is None
    assert [each.identifier for page in rest for each in page.records] == ["2", "3", "4"]
    assert [each.identifier for page in changed for each in page.records] == ["0", "1", "2"]
    assert "changed" in changed[0].notes[0]


def test_of_a_sheet_that_is_the_same_as_the_last_time_nothing_is_offered():
    site = Site({"/so.csv": ledger("1;Trồng ngô;;;;;")})
    first = harvested(SheetReader, site, "/so.csv")
    since = first.pages[0].response_date
    assert len(since) <= 40
    again = harvested(SheetReader, site, "/so.csv", since=since)
    assert (again.found, again.pages[0].response_date, again.pages[-1].next) == ([], since, None)
    site.paths["/so.csv"] = ledger("1;Trồng ngô lai;;;;;")
    assert harvested(SheetReader, site, "/so.csv", since=since).titles == ["Trồng ngô lai"]


def test_a_word_that_the_catalogue_does_not_know_fails_only_its_row():
    content = "Tên sách;Ngôn ngữ;Bản quyền;Link\nMột;tiếng sao Hoả;;\nHai;;của tôi;\nBa;;;không-phải-địa-chỉ\nBốn;tiếng Tày;CC BY 4.0;https://a.example/4\n"
    come = harvested(SheetReader, Site({"/so.csv": content}), "/so.csv")
    assert come.titles == ["Bốn"]
    assert [
        ("Ngôn ngữ" in each.problem, "Bản quyền" in each.problem, "Link" in each.problem)
        for each in come.failed
    ] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize(
    "content",
    [
        LOGIN,
        "",
        "a,b\n1,2\n",
        ledger('1;"Trồng ngô;;;;;'),
        b"PK\x03\x04 cut off",
        b"\x00\x01\x02\x03",
        ledger("1;Trồng ngô;;;;;;;;thừa"),
    ],
)
def test_what_is_no_sheet_of_resources_is_refused_with_a_sentence(content):
    site = Site({"/so.csv": content})
    with online(site), pytest.raises(SourceProblem, match=r"\."):
        list(reader_of(SheetReader, site, "/so.csv").pages())


def test_half_a_sheet_is_not_taken_for_a_whole():
    site = Site({"/so.csv": Reply(ledger("1;Trồng ngô;;;;;", "2;Nuôi ong;;;;;"), cut=len(LEDGER) + 30)})
    with online(site), pytest.raises(SourceProblem, match="cut off"):
        list(reader_of(SheetReader, site, "/so.csv").pages())


def test_a_year_that_is_none_fails_only_its_row():
    content = "Tên sách;Năm XB\nMột;20191\nHai;2019\nBa;9780306406157\n"
    come = harvested(SheetReader, Site({"/so.csv": content}), "/so.csv")
    assert come.titles == ["Hai"]
    assert "Năm XB" in come.failed[0].problem


def test_a_workbook_is_told_by_its_content_and_days_stay_days():
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Mã sách", "Tên sách", "Ngày nhập"])
        page.write_row(1, 0, [7, "Trồng ngô"])
        page.write_datetime(
            1,
            2,
            datetime(2026, 11, 26, tzinfo=UTC).replace(tzinfo=None),
            book.add_format({"num_format": "d/m/yyyy"}),
        )
    [found] = harvested(SheetReader, Site({"/tai?id=1": file.getvalue()}), "/tai?id=1").found
    assert found.identifier == "7"
    assert json.loads(found.raw)["Ngày nhập"].startswith("2026-11-26")


def test_a_probe_tells_which_columns_are_understood():
    site = Site({"/so.csv": "Tên sách;Tác giả;Giá tiền\nTrồng ngô;A B;9000\n"})
    with online(site):
        probe = reader_of(SheetReader, site, "/so.csv").probe()
    assert dict(probe.facts)["Columns that are understood"] == "Tên sách → title, Tác giả → creators"
    assert dict(probe.facts)["Columns that are left out"] == "Giá tiền"
    assert probe.examples[0].values["title"] == "Trồng ngô"
