"""What becomes of the records that a source offers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.domain.duplicates import keep_apart
from library.domain.harvesting import taking
from library.domain.ingest import rewrite
from library.domain.tagging import Tags
from library.domain.withdrawal import withdraw
from library.domain.writing import Writer
from library.enums import DuplicateReason, Kind
from library.models import Duplicate, HarvestFailure, Resource, SourceRecord, Tag
from portal.search.query import search
from tests.factories.harvesting import SourceFactory, SubjectMappingFactory
from tests.factories.library import ResourceFactory, SubjectFactory

from .offers import broken, counts, found, read, records, tombstone

pytestmark = pytest.mark.django_db


def the(number: int) -> Resource:
    return Resource.objects.get(records__key=f"oai:kho:{number}")


def test_the_database_is_told_once_each_time_the_catalogue_has_grown_by_much(monkeypatch):
    told = []
    monkeypatch.setattr(taking, "GROWTH", (2, 5))
    monkeypatch.setattr(Writer, "tell_growth", lambda writer: told.append(Resource.objects.count()))
    read(None, *records(7), size=1)
    assert told == [2, 5]


class TestNewRecords:
    def test_each_becomes_a_resource_with_all_that_it_says(self):
        source = SourceFactory()
        record = found(1, year=2019, identifiers=[["isbn", "9780306406157"]], subject_words=["ngô lai"])
        read(source, record)
        resource = the(1)
        assert (resource.title, resource.year, resource.kind) == ("Học liệu mẫu 1", 2019, Kind.BOOK)
        assert [each.name for each in resource.contributions.all()] == ["Người Mẫu"]
        assert [each.url for each in resource.renditions.all()] == ["https://kho-mau.example/1"]
        assert [each.value for each in resource.identifiers.all()] == ["9780306406157"]
        assert list(resource.tags.names()) == ["ngô lai"]

    def test_the_record_keeps_what_was_sent(self):
        record = found(1, subject_words=["ngô"], rights_note="Xem tại nguồn")
        read(None, record)
        kept = SourceRecord.objects.get()
        assert kept.raw.sent == record.raw
        assert (kept.raw.format, kept.datestamp) == ("oai_dc", record.datestamp)
        assert (kept.subject_words, kept.rights_note) == (["ngô"], "Xem tại nguồn")

    def test_what_a_record_does_not_say_the_source_says_for_it(self):
        source = SourceFactory(language="tyz", kind="audio", licence="CC-BY-4.0")
        read(
            source,
            replace(found(1), values={"title": "Hát then"}),
            replace(found(2), values={"title": "Ngô"}),
        )
        assert (the(1).language, the(1).kind, the(1).licence) == ("tyz", "audio", "CC-BY-4.0")

    def test_a_new_record_waits_for_a_librarian_where_the_source_is_set_so(self, indexed):
        read(SourceFactory(needs_review=True), found(1))
        assert the(1).proposed
        assert not Resource.objects.public().exists()

    def test_a_record_of_a_trusted_source_is_found_at_once(self, indexed):
        read(SourceFactory(needs_review=False), found(1, title="Trồng ngô nếp"))
        indexed()
        assert search("trong ngo nep").count == 1

    def test_the_same_identifier_in_two_sources_is_two_records(self):
        read(SourceFactory(), found(1))
        assert counts(read(SourceFactory(), found(1)))["created"] == 1


class TestTheSameAgain:
    def test_changes_nothing(self):
        source = SourceFactory()
        records = [found(number, tags=["mẫu"]) for number in range(7)]
        read(source, *records)
        before = list(Resource.objects.order_by("pk").values())
        assert counts(read(source, *records, full=True)) == {"offered": 7, "read": 7, "unchanged": 7}
        assert list(Resource.objects.order_by("pk").values()) == before

    def test_a_changed_record_changes_its_resource(self):
        source = SourceFactory()
        read(source, found(1), found(2))
        harvest = read(source, found(1, title="Nhan đề mới"), found(2))
        assert counts(harvest) == {"offered": 2, "read": 2, "updated": 1, "unchanged": 1}
        assert the(1).title == "Nhan đề mới"
        assert the(1).sort_title == Resource(title="Nhan đề mới")._meta.get_field("sort_title").derive(
            "Nhan đề mới"
        )

    def test_what_a_record_no_longer_says_is_gone(self):
        source = SourceFactory()
        read(source, found(1, abstract="Sai.", tags=["sai"]))
        read(source, found(1))
        assert the(1).abstract == ""
        assert not the(1).tags.exists()

    def test_what_a_librarian_has_corrected_stays(self):
        source = SourceFactory()
        read(source, found(1, year=2019))
        rewrite(the(1), {"title": "Nhan đề đã sửa"})
        read(source, found(1, title="Nhan đề khác của kho", year=2020))
        assert (the(1).title, the(1).year) == ("Nhan đề đã sửa", 2020)

    def test_the_same_record_twice_in_a_page_counts_twice_and_is_one(self):
        harvest = read(None, found(1), found(1, title="Như bây giờ"), found(1, title="Như bây giờ"))
        assert counts(harvest) == {"offered": 3, "read": 3, "created": 1, "updated": 1, "unchanged": 1}
        assert the(1).title == "Như bây giờ"


class TestTombstones:
    def test_hide_the_resource_with_a_reason(self, indexed):
        source = SourceFactory()
        read(source, found(1, title="Trồng ngô nếp"))
        indexed()
        assert counts(read(source, tombstone(1))) == {"offered": 1, "read": 1, "deleted": 1}
        indexed()
        assert "kho" in the(1).withdrawn_reason.lower()
        assert not search("trong ngo nep").count

    def test_of_what_we_never_had_are_read_all_the_same(self):
        assert counts(read(None, tombstone(1))) == {"offered": 1, "read": 1, "deleted": 1}

    def test_the_record_comes_again_with_what_the_librarian_corrected(self):
        source = SourceFactory()
        read(source, found(1))
        rewrite(the(1), {"title": "Nhan đề đã sửa"})
        read(source, tombstone(1))
        assert the(1).is_withdrawn
        harvest = read(source, found(1))
        assert counts(harvest) == {"offered": 1, "read": 1, "updated": 1}
        assert not the(1).is_withdrawn
        assert the(1).title == "Nhan đề đã sửa"

    def test_what_a_librarian_has_withdrawn_does_not_come_back(self):
        source = SourceFactory()
        read(source, found(1))
        withdraw(the(1), "Nội dung sai.")
        read(source, tombstone(1))
        read(source, found(1, title="Nhan đề mới"))
        assert the(1).withdrawn_reason == "Nội dung sai."

    def test_what_another_collection_still_describes_stays(self):
        source, other = SourceFactory(), SourceFactory()
        read(source, found(1))
        record = SourceRecord.objects.get()
        SourceRecord.objects.create(resource=record.resource, source=other.name, key="x", leading=False)
        read(source, tombstone(1))
        assert not the(1).is_withdrawn


class TestWords:
    def test_the_word_of_a_source_becomes_our_subject_whatever_its_accents(self):
        subject = SubjectFactory()
        SubjectMappingFactory(word="Nông nghiệp", subject=subject)
        read(None, found(1, subject_words=["NONG NGHIEP", "ngô"]))
        assert list(the(1).subjects.all()) == [subject]
        assert list(the(1).tags.names()) == ["ngô"]

    def test_the_word_of_one_source_goes_before_that_of_all(self):
        source, special = SourceFactory(), SubjectFactory()
        SubjectMappingFactory(word="cây")
        SubjectMappingFactory(word="cây", source=source, subject=special)
        read(source, found(1, subject_words=["Cây"]))
        assert list(the(1).subjects.all()) == [special]

    def test_a_subject_chosen_later_counts_for_what_is_read_again(self):
        source, subject = SourceFactory(), SubjectFactory()
        read(source, found(1, subject_words=["ngô"]))
        SubjectMappingFactory(word="ngô", subject=subject)
        assert counts(read(source, found(1, subject_words=["ngô"]), full=True))["updated"] == 1
        assert list(the(1).subjects.all()) == [subject]
        assert not the(1).tags.exists()

    @pytest.mark.parametrize(
        "word",
        ["Khoa học::Toán học", "https://id.loc.gov/1", "004.6", "x", "một câu dài mà không ai gõ bao giờ"],
    )
    def test_what_nobody_types_is_no_tag_but_stays_in_the_record(self, word):
        read(None, found(1, subject_words=[word]))
        assert not Tag.objects.filter(tagged_items__content_object=the(1)).exists()
        assert SourceRecord.objects.get().subject_words == [word]


class TestFailures:
    def test_are_kept_with_what_was_sent_and_their_place(self):
        harvest = read(None, found(1), broken(2), found(3), found(4), broken(5, ""))
        assert counts(harvest) == {"offered": 5, "read": 3, "failed": 2, "created": 3}
        rows = HarvestFailure.objects.values_list("number", "identifier", "reason")
        assert list(rows) == [(2, "oai:kho:2", "Không có nhan đề."), (5, "", "Không có nhan đề.")]
        assert bytes(harvest.failures.first().raw) == b"<record>\xff"

    @pytest.mark.parametrize(
        "bad",
        [
            {"year": 99},  # a rule of the database
            {"language": "yao"},
            {"creators": [["", "author"]]},
            {"subjects": ["khong-co"]},
            {"title": "x" * 301},
            {"page_count": "nhiều"},
            {"creators": "Người Mẫu"},
        ],
    )
    def test_a_record_that_the_database_refuses_takes_no_other_along(self, bad):
        harvest = read(None, found(1), found(2, **bad), found(3))
        assert counts(harvest) == {"offered": 3, "read": 2, "failed": 1, "created": 2}
        assert harvest.failures.get().identifier == "oai:kho:2"

    @pytest.mark.parametrize("sign", ["\x00", "\ud800"])
    def test_signs_that_no_database_takes_fail_one_record_and_no_other(self, sign):
        harvest = read(
            None,
            found(1, tags=[f"ngô{sign}"], subject_words=[f"lúa{sign}"]),
            found(2, identifier=f"oai:{sign}"),
            replace(tombstone(3), identifier=f"oai:kho:3{sign}"),
            broken(4, f"oai:{sign}"),
            found(5),
        )
        assert harvest.offered == 5
        assert harvest.failed >= 3
        assert SourceRecord.objects.filter(key="oai:kho:5").exists()

    @pytest.mark.django_db(transaction=True)
    def test_a_tag_that_was_deleted_meanwhile_fails_nothing(self, monkeypatch):
        source = SourceFactory()
        read(source, found(1, tags=["ngô"]))
        ensure = Tags.ensure

        def deleted_meanwhile(self, names):
            ensure(self, names)
            monkeypatch.setattr(Tags, "ensure", ensure)
            Tag.objects.filter(name="lúa").delete()

        monkeypatch.setattr(Tags, "ensure", deleted_meanwhile)
        assert counts(read(source, found(2, tags=["lúa"]), found(3))) == {
            "offered": 2,
            "read": 2,
            "created": 2,
        }
        assert list(the(2).tags.names()) == ["lúa"]


class TestDuplicates:
    def test_the_same_address_is_proposed_and_nothing_is_merged(self):
        ours = ResourceFactory(link="http://www.kho-mau.example/1/")
        read(None, found(1))
        pair = Duplicate.objects.get()
        assert (pair.first, pair.second, pair.reason) == (ours, the(1), DuplicateReason.LINK)
        assert not the(1).is_withdrawn

    def test_the_same_number_in_one_page_is_proposed(self):
        isbn = [["isbn", "9780306406157"]]
        read(None, found(1, identifiers=isbn), found(2, identifiers=isbn))
        assert Duplicate.objects.get().reason == DuplicateReason.IDENTIFIER

    def test_the_address_of_the_whole_collection_makes_none_of_them_one(self):
        read(None, *(found(number, links=["https://kho-mau.example/"]) for number in range(30)), size=10)
        assert Duplicate.objects.count() <= 10

    def test_a_pair_that_was_kept_apart_is_not_proposed_again(self):
        source = SourceFactory()
        ResourceFactory(link="https://kho-mau.example/1")
        read(source, found(1))
        keep_apart(Duplicate.objects.get(), None)
        read(source, found(1, title="Nhan đề mới"))
        assert not Duplicate.objects.waiting().exists()


KINDS = st.sampled_from(["good", "again", "broken", "nameless", "refused", "deleted"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KINDS, st.integers(0, 4)), max_size=12), st.integers(1, 5))
def test_whatever_is_offered_the_counts_add_up_and_nothing_is_lost(offered, size):
    make = {
        "good": found,
        "again": lambda number: found(number, title=f"Khác {number}"),
        "broken": broken,
        "nameless": lambda _number: broken(0, ""),
        "refused": lambda number: found(number, year=7),
        "deleted": tombstone,
    }
    harvest = read(None, *(make[kind](number) for kind, number in offered), size=size)
    assert harvest.offered == len(offered) == harvest.read + harvest.failed
    assert harvest.read == harvest.created + harvest.updated + harvest.unchanged + harvest.deleted
    assert harvest.failures.count() == harvest.failed
    taken = {number for kind, number in offered if kind in ("good", "again")}
    assert SourceRecord.objects.filter(source=harvest.source.name).count() == len(taken) == harvest.created
