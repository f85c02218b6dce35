"""What a harvest asks for, all or only what changed, and what a whole reading hides."""

from datetime import timedelta

import pytest

from library.domain.harvesting import running
from library.domain.ingest import rewrite
from library.models import Resource
from tests.factories.harvesting import SourceFactory

from .offers import HOUR, Offers, broken, counts, found, read, read_from, records, tombstone

pytestmark = pytest.mark.django_db
LATER = "2026-11-27T02:00:00Z"


class TestOnlyWhatChanged:
    def test_the_hour_of_the_source_counts_not_ours(self):
        source = SourceFactory(keeps_deletions="persistent")
        read(source, *records(2), response_date=HOUR)
        offers = Offers(found(1, title="Mới"), response_date=LATER)
        harvest = read_from(source, offers)
        assert offers.asked == [(None, HOUR)]
        assert not harvest.full
        source.refresh_from_db()
        assert source.response_date == LATER

    @pytest.mark.parametrize("how", ["fails", "cancelled"])
    def test_what_was_not_read_to_its_end_moves_no_hour(self, how):
        source = SourceFactory()
        read(source, *records(2), response_date=HOUR)
        harvest, offers = running.ask(source), Offers(*records(7), response_date=LATER)
        if how == "fails":
            offers.fails_after = 1
        cancel = (lambda each: running.cancel(each)) if how == "cancelled" else None
        running.run(harvest, reader=offers, progress=cancel)
        source.refresh_from_db()
        assert source.response_date == HOUR

    def test_full_reads_everything_again(self):
        source = SourceFactory(keeps_deletions="persistent")
        read(source, *records(2))
        offers = Offers(*records(2))
        assert read_from(source, offers, full=True).full
        assert offers.asked == [(None, "")]

    @pytest.mark.parametrize(("keeps", "whole"), [("no", True), ("transient", True), ("persistent", False)])
    def test_a_source_that_forgets_its_deletions_is_read_as_a_whole_now_and_then(self, keeps, whole):
        source = SourceFactory(keeps_deletions=keeps, sweep_days=30)
        read(source, *records(2))
        assert not running.is_to_be_read_whole(type(source).objects.get())
        source.refresh_from_db()
        source.last_full_at -= timedelta(days=31)
        assert running.is_to_be_read_whole(source) is whole

    @pytest.mark.parametrize(
        "changed", [{"url": "https://noi-khac.example/oai"}, {"sets": ["y-te"]}, {"prefix": "marc21"}]
    )
    def test_another_part_or_place_of_a_source_is_read_from_its_beginning(self, changed):
        """What of it is older than the last reading would never come."""
        source = SourceFactory(keeps_deletions="persistent")
        read(source, *records(2), response_date=HOUR)
        type(source).objects.update(**changed)
        source.refresh_from_db()
        offers = Offers(*records(2))
        assert read_from(source, offers).full
        assert offers.asked == [(None, "")]
        source.refresh_from_db()
        assert not running.is_to_be_read_whole(source)

    def test_what_broke_off_at_another_address_is_not_gone_on_with(self):
        source = SourceFactory()
        first = read(source, *records(7), fails_after=1)
        type(source).objects.update(url="https://noi-khac.example/oai")
        source.refresh_from_db()
        offers = Offers(*records(7))
        assert read_from(source, offers) != first
        assert offers.asked == [(None, "")]

    def test_a_reading_whose_source_is_changed_ends_with_a_reason(self):
        source = SourceFactory()
        harvest = running.ask(source)
        running.run(harvest, reader=Offers(*records(7)), seconds=-1)
        type(source).objects.update(sets=["y-te"])
        harvest.source.refresh_from_db()
        offers = Offers(*records(7))
        running.run(harvest, reader=offers)
        assert (harvest.state, harvest.offered, offers.asked) == ("cancelled", 3, [])
        assert harvest.problem


class TestSweeping:
    def hidden(self):
        gone = Resource.objects.filter(withdrawn_on__isnull=False)
        return sorted(gone.values_list("records__key", flat=True))

    def test_what_a_whole_reading_was_not_offered_is_hidden(self):
        source = SourceFactory()
        read(source, *records(4))
        harvest = read(source, found(0), found(1, title="Mới"), broken(2), full=True)
        assert counts(harvest) == {
            "offered": 3, "read": 2, "failed": 1, "updated": 1, "unchanged": 1, "swept": 1,
        }  # fmt: skip
        assert self.hidden() == ["oai:kho:3"]

    def test_what_could_not_be_read_is_not_hidden_however_its_identifier_is_written(self):
        source, name = SourceFactory(), "oai:kho:ngo\u0302"  # letters taken apart (NFD)
        read(source, found(0), found(1, identifier=name))
        assert read(source, found(0), broken(1, name), full=True).failed == 1
        assert self.hidden() == []

    def test_it_comes_back_with_what_a_librarian_corrected(self):
        source = SourceFactory()
        read(source, *records(2))
        rewrite(Resource.objects.get(records__key="oai:kho:1"), {"title": "Đã sửa"})
        read(source, found(0), full=True)
        assert self.hidden() == ["oai:kho:1"]
        read(source, *records(2), full=True)
        assert self.hidden() == []
        assert Resource.objects.filter(title="Đã sửa").exists()

    def test_other_sources_are_left_alone(self):
        read(SourceFactory(), *records(2))
        read(SourceFactory(), found(0), full=True)
        assert self.hidden() == []

    def test_a_reading_of_what_changed_hides_nothing(self):
        source = SourceFactory(keeps_deletions="persistent")
        read(source, *records(4))
        read(source, found(0))
        assert self.hidden() == []

    def test_an_unfinished_reading_hides_nothing(self):
        source = SourceFactory()
        read(source, *records(7))
        read(source, *records(7), full=True, fails_after=1)
        assert self.hidden() == []

    @pytest.mark.parametrize("records_offered", [[], [found(0), broken(1, "")]])
    def test_nothing_is_hidden_where_something_else_may_be_the_reason(self, records_offered):
        source = SourceFactory()
        read(source, *records(4))
        harvest = read(source, *records_offered, full=True)
        assert self.hidden() == []
        assert harvest.notes

    def test_a_list_that_is_much_shorter_than_the_source_says_hides_nothing(self):
        source = SourceFactory()
        read(source, *records(4))
        read(source, found(0), full=True, total=4)
        assert self.hidden() == []

    def test_a_feed_tells_only_what_came_last(self):
        source = SourceFactory(protocol="feed")
        read(source, *records(4))
        read(source, found(0), full=True)
        assert self.hidden() == []

    def test_a_record_that_was_deleted_is_not_hidden_twice(self):
        source = SourceFactory()
        read(source, *records(2))
        read(source, tombstone(1))
        assert "swept" not in counts(read(source, found(0), full=True))
