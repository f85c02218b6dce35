"""`manage.py indicators`: a table for people, one object for programs."""

import json
from io import StringIO

import pytest

from django.core.management import CommandError, call_command

from tests.factories.places import CommuneFactory
from tests.factories.recognition import (
    DenominatorFactory,
    TargetFactory,
)

from .reading import families

pytestmark = pytest.mark.django_db


class TestTheCommand:
    def run(self, *args):
        out = StringIO()
        call_command("indicators", *args, stdout=out)
        return out.getvalue()

    @pytest.fixture
    def commune(self):
        commune = CommuneFactory(name="Đàm Thuỷ", code="01501")
        TargetFactory()
        families(commune, 6)
        DenominatorFactory(place=commune, value=10)
        return commune

    def test_a_program_gets_one_object(self, commune):
        data = json.loads(self.run("2025", "--json"))
        [row] = [row for row in data["rows"] if row["title"] == "family"]
        wanted = {
            "commune": "Xã Đàm Thuỷ", "code": "01501", "recognised": 6, "registered": None, "total": 10,
            "rate_of_total": 60, "rate_of_registered": None, "target": 70, "missing": 1, "coverage": "1/1 xã",
        }  # fmt: skip
        assert row | wanted == row
        assert data["map"] == "2025-12-31"

    def test_a_person_reads_a_table(self, commune):
        page = self.run("2025")
        assert "Xã Đàm Thuỷ" in page
        assert "60,0 % (thiếu 1 hộ)" in page
        assert "chưa có mẫu số" in page

    def test_the_fingerprint_changes_with_the_figures_alone(self, commune):
        prints = [json.loads(self.run("2025", "--json"))["fingerprint"] for _again in range(2)]
        families(commune, 1)
        assert prints[0] == prints[1] != json.loads(self.run("2025", "--json"))["fingerprint"]

    @pytest.mark.parametrize("args", [("1800",), ("2025", "--map", "30/06/2025")])
    def test_a_question_that_cannot_be_is_answered_with_a_sentence(self, args):
        with pytest.raises(CommandError):
            self.run(*args)
