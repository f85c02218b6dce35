"""Sheets of the books: taken out, handed in, looked at, entered."""

import io

import pytest
from python_calamine import CalamineWorkbook

from django.utils import timezone

from portal.accounts.models import AuditChain
from recognition.domain.books import uploads
from recognition.domain.books.sheet import workbook
from recognition.enums import SubjectKind, SubjectState
from recognition.models import BookUpload, Subject
from tests.factories.recognition import SubjectFactory
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db


class TestSheets:
    def hand_in(self, desk, commune, content, name="so.xlsx"):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return desk.post(address("book_hand_in", commune.pk), {"file": SimpleUploadedFile(name, content)})

    def csv(self, *rows):
        return "\n".join(["Loại,Tên,Xóm,Phân biệt", *rows]).encode()

    def test_a_sheet_is_looked_at_first_and_entered_after_a_word(self, desk, officer, commune, village):
        response = self.hand_in(desk, commune, self.csv("Gia đình,Nhà mẫu A,Bản Giốc,"))
        assert not Subject.objects.exists()
        desk.post(response.url, {"action": "enter"})
        assert Subject.objects.get().name == "Nhà mẫu A"
        upload = BookUpload.objects.get()
        assert (upload.state, upload.rows, upload.created) == ("entered", [], 1)
        assert AuditChain.objects.get().events.get().data == {
            "created": 1,
            "updated": 0,
            "unchanged": 0,
            "file": "so.xlsx",
        }

    def test_wrong_rows_are_shown_and_nothing_can_be_entered(self, desk, commune, village):
        response = self.hand_in(desk, commune, self.csv("Gia đình,Nhà A,Bản Giốc,", "Hộ,,Đâu đó,"))
        page = desk.get(response.url).text
        assert "3" in page
        assert 'value="enter"' not in page
        desk.post(response.url, {"action": "enter"})
        assert not Subject.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04rubbish", b"a,b\n1,2\n"])
    def test_what_is_no_sheet_of_the_books_is_refused_with_a_sentence(self, desk, commune, content):
        page = self.hand_in(desk, commune, content)
        assert page.status_code == 200
        assert page.context["form"].errors["file"]
        assert not BookUpload.objects.exists()

    def test_a_sheet_that_no_longer_fits_says_why(self, desk, commune, village, family):
        content = workbook([village], [family], date=timezone.localdate())
        response = self.hand_in(desk, commune, content)
        desk.post(address("book_state", family.pk), {"action": "close", "reason": "Chuyển đi"})
        desk.post(response.url, {"action": "enter"})
        assert BookUpload.objects.get().errors
        family.refresh_from_db()
        assert family.state == SubjectState.CLOSED

    def test_a_sheet_is_entered_once(self, desk, officer, commune, village):
        self.hand_in(desk, commune, self.csv("Gia đình,Nhà mẫu A,Bản Giốc,"))
        upload = BookUpload.objects.get()
        assert uploads.enter(upload, officer)
        assert not uploads.enter(upload, officer)

    def test_a_sheet_put_aside_keeps_no_names(self, desk, commune, village):
        response = self.hand_in(desk, commune, self.csv("Gia đình,Nhà mẫu A,Bản Giốc,"))
        desk.post(response.url, {"action": "put-aside"})
        assert BookUpload.objects.get().rows == []
        desk.post(response.url, {"action": "enter"})
        assert not Subject.objects.exists()

    def test_a_forgotten_sheet_is_put_aside_after_a_month(self, officer, commune):
        old = BookUpload.objects.create(
            commune=commune, day=timezone.localdate(), name="x", rows=[[2, {}]], uploaded_by=officer
        )
        uploads.forget(timezone.localdate() + timezone.timedelta(days=30))
        old.refresh_from_db()
        assert old.rows
        uploads.forget(timezone.localdate() + timezone.timedelta(days=31))
        old.refresh_from_db()
        assert old.rows == []

    def test_the_sheet_given_out_holds_the_books(self, desk, commune, family):
        from django.core.files.base import ContentFile

        from portal.web.imports import read_table

        response = desk.get(address("book_sheet", commune.pk), {"xom": family.place_id})
        [(_row, cells)] = read_table(ContentFile(response.content, "x"))
        assert cells["Tên"] == family.name
        empty = desk.get(address("book_sheet", commune.pk), {"trong": "1"})
        assert list(read_table(ContentFile(empty.content, "x"))) == []
        assert desk.get(address("book_sheet", commune.pk), {"xom": "0"}).status_code == 404

    def test_the_sheet_is_narrowed_down_as_the_list_beside_it(self, desk, commune, village, family):
        SubjectFactory(place=village, name="Dòng họ mẫu", kind=SubjectKind.CLAN)
        asked = {"q": "hoang", "xom": village.pk, "loai": "family"}
        shown = desk.get(address("books", commune.pk), asked).content.decode()
        assert f"/bang/?q=hoang&amp;xom={village.pk}&amp;loai=family" in shown
        response = desk.get(address("book_sheet", commune.pk), asked)
        rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert [row[2] for row in rows[1:]] == [family.name]
