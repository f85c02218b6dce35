"""The sheet of the numbers: a line for every one, handed in whole or not at all."""

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.web.imports.table import read_bytes, read_content
from recognition.models import Denominator
from tests.factories.recognition import DenominatorFactory

from .entering import text_of

pytestmark = pytest.mark.django_db


def read_table_below_title(file):
    return read_content(read_bytes(file), required=("Nơi",), is_heading=lambda cells: "Nơi" in cells)


class TestTheSheet:
    def sheet(self, client, commune):
        response = client.get(f"/can-bo/mau-so/{commune.pk}/bang/?nam=2025")
        file = SimpleUploadedFile("mau-so.xlsx", response.content)
        return list(read_table_below_title(file))

    def send(self, client, commune, rows):
        lines = ["Nơi;Đếm gì;Số lượng;Tính đến ngày;Văn bản nguồn;Lý do", *rows]
        file = SimpleUploadedFile("so.csv", "\n".join(lines).encode())
        return client.post(f"/can-bo/mau-so/{commune.pk}/bang/?nam=2025", {"file": file})

    def test_it_has_a_line_for_every_number(self, client, officer, commune, village):
        DenominatorFactory(place=village, value=12)
        client.force_login(officer)
        rows = [row for _number, row in self.sheet(client, commune)]
        assert [row["Nơi"] for row in rows] == ["Xã Đàm Thuỷ"] * 6 + ["Xóm Bản Giốc"] * 2
        assert [row["Số lượng"] for row in rows if row["Nơi"] == "Xóm Bản Giốc"] == [12, None]

    def test_what_comes_back_is_entered(self, client, officer, commune, village):
        client.force_login(officer)
        rows = [
            "Xã Đàm Thuỷ;Số hộ;1.200;30/11/2025;Báo cáo;",
            "xóm bản giốc;số hộ;56;30/11/2025;Báo cáo;",
            "Xóm Bản Giốc;Số dòng họ;;;;",
        ]
        assert self.send(client, commune, rows).status_code == 302
        assert dict(Denominator.objects.values_list("place", "value")) == {commune.pk: 1200, village.pk: 56}

    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ("Xóm Lạ;Số hộ;5;30/11/2025;Báo cáo;", "không phải là nơi thuộc xã này"),
            ("Xóm Bản Giốc;Số đơn vị;5;30/11/2025;Báo cáo;", "không đếm ở đó"),
            ("Xóm Bản Giốc;Số hộ;năm;30/11/2025;Báo cáo;", "không phải là số nguyên"),
            ("Xóm Bản Giốc;Số hộ;0;30/11/2025;Báo cáo;", "lớn hơn 0"),
            ("Xóm Bản Giốc;Số hộ;5;hôm qua;Báo cáo;", "không phải là ngày"),
            ("Xóm Bản Giốc;Số hộ;5;30/11/2025;;", "văn bản nào"),
        ],
    )
    def test_one_wrong_row_and_nothing_is_written(self, client, officer, commune, village, row, fault):
        client.force_login(officer)
        response = self.send(client, commune, ["Xã Đàm Thuỷ;Số hộ;1200;30/11/2025;Báo cáo;", row])
        assert fault in text_of(response)
        assert "Dòng 3" in text_of(response)
        assert not Denominator.objects.exists()
