"""`manage.py add_source` and `manage.py harvest`."""

import io
from datetime import timedelta

import pytest

from django.core.management import CommandError, call_command

from library.domain.harvesting import running
from library.models import Source, SourceRecord
from tests.factories.harvesting import HarvestFactory, SourceFactory
from tests.factories.library import SourceRecordFactory
from tests.library.interop.harvest.oai_server import Record, Repository, records, serving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]


def add(name="Kho", protocol="oai", url="http://127.0.0.1:8000/oai", *more):
    call_command("add_source", name, "--protocol", protocol, "--url", url, *more, stdout=io.StringIO())
    return Source.objects.get(name=name)


def harvest(name="Kho", **options):
    """The last line that it writes."""
    out = io.StringIO()
    call_command("harvest", name, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()[-1]


class TestAddSource:
    def test_keeps_what_is_told(self):
        source = add(
            "Kho", "oai", "http://127.0.0.1:8000/oai", "--prefix", "marc21", "--set", "a", "--set", "b"
        )
        assert (source.prefix, source.sets, source.pause) == ("marc21", ["a", "b"], 0)

    def test_is_polite_to_the_hosts_of_others(self):
        assert add(url="https://kho-mau.example/oai").pause == 1

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("Kho có rồi", "oai", "https://kho-mau.example/oai"), "Đã có kho mang tên này"),
            (("Kho", "z3950", "https://kho-mau.example/oai"), "oai, sru, opds, feed, sitemap, sheet"),
            (("Kho", "oai", "kho-mau.example"), "bắt đầu bằng https://"),
            (("", "oai", "https://kho-mau.example/oai"), "name"),
            (("Sổ của xã", "oai", "https://kho-mau.example/oai"), "nhập từ bảng"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, arguments, sentence):
        SourceFactory(name="Kho có rồi")
        SourceRecordFactory(source="Sổ của xã")
        with pytest.raises(CommandError, match=sentence):
            add(*arguments)
        assert Source.objects.count() == 1


class TestHarvest:
    def test_the_last_line_is_for_programs(self):
        broken = Record("oai:kho:hong", "2026-11-01T00:00:00Z", "<x xmlns='http://la.example/'/>")
        deleted = Record("oai:kho:xoa", "2026-11-02T00:00:00Z", deleted=True)
        with serving(Repository([*records(12), broken, deleted])) as url:
            add(url=url)
            assert harvest() == (
                "offered 14, read 13, failed 1, created 12, updated 0, unchanged 0, deleted 1"
            )
            assert harvest(full=True) == (
                "offered 14, read 13, failed 1, created 0, updated 0, unchanged 12, deleted 1"
            )

    def test_a_defect_is_told_with_the_counts_and_a_reason(self, monkeypatch):
        def defect(*_args, **_how):
            raise RuntimeError("lỗi mẫu")

        monkeypatch.setattr(running, "_take", defect)
        with serving(Repository(records(3))) as url:
            add(url=url)
            with pytest.raises(CommandError, match="lỗi mẫu"):
                harvest()

    def test_a_source_that_fails_is_told_with_the_reason_and_read_on_the_next_time(self):
        source, wild = Repository(records(30)), []

        def spoil(_arguments, reply):
            if wild and len(source.lists) > 1:
                reply.status, reply.body = 403, "Cấm"
            return reply

        source.spoil = spoil
        with serving(source) as url:
            add(url=url)
            wild.append(True)
            with pytest.raises(CommandError) as refused:
                harvest()
            assert str(refused.value)
            assert SourceRecord.objects.count() == 10
            wild.clear()
            assert harvest().startswith("offered 30, read 30, failed 0, created 30")

    @pytest.mark.parametrize(("policy", "whole"), [("persistent", False), ("transient", True), ("no", True)])
    def test_the_first_reading_learns_whether_the_source_keeps_its_deletions(self, policy, whole):
        server = Repository(records(12), deletions=policy)
        with serving(server) as url:
            source = add(url=url)
            harvest()
            source.refresh_from_db()
            assert source.keeps_deletions == policy
            Source.objects.update(last_full_at=source.last_full_at - timedelta(days=31))
            harvest()
        assert source.harvests.first().full is whole

    def test_what_a_librarian_chose_of_deletions_stays(self):
        SourceFactory(name="Kho", keeps_deletions="no")
        with serving(Repository(records(1), deletions="persistent")) as url:
            Source.objects.update(url=url)
            harvest()
        assert Source.objects.get().keeps_deletions == "no"

    def test_an_unknown_name_is_told_with_those_there_are(self):
        SourceFactory(name="Kho này")
        with pytest.raises(CommandError, match="Kho này"):
            harvest("Kho khác")

    def test_a_source_that_is_being_read_is_refused_with_a_sentence(self):
        HarvestFactory(source=SourceFactory(name="Kho"), running=True, holder="may-khac:1:2")
        with pytest.raises(CommandError, match="đang được đọc"):
            harvest()
