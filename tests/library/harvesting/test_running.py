"""A harvest from its beginning to its end, and what may come between."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from django.utils import timezone

from library import harvest_tasks, tasks
from library.domain.harvesting import claims, running, scheduling
from library.domain.ingest import rewrite
from library.harvest_enums import HarvestState
from library.models import Harvest, Resource, SourceRecord
from tests.factories.harvesting import HarvestFactory, SourceFactory

from .offers import HOUR, Offers, broken, counts, found, read, read_from, tombstone

pytestmark = pytest.mark.django_db

LATER = "2026-11-27T02:00:00Z"


def records(count):
    return [found(number) for number in range(count)]


class TestOneAtATime:
    def test_a_second_harvest_of_a_source_is_refused_with_a_sentence(self):
        source = SourceFactory(name="Kho mẫu")
        running.ask(source)
        with pytest.raises(running.AtWork, match="Kho mẫu"):
            running.ask(source)

    def test_what_another_process_reads_is_not_read_by_a_second_one(self):
        harvest = HarvestFactory(running=True, holder="may-khac:1:2")
        with pytest.raises(running.AtWork):
            running.run(harvest, reader=Offers(*records(1)))
        assert not SourceRecord.objects.exists()

    def test_of_two_who_claim_at_once_one_has_it(self):
        harvest = HarvestFactory()
        other = Harvest.objects.get(pk=harvest.pk)
        assert claims.claim(harvest)
        assert not claims.claim(other)

    def test_a_lease_that_has_run_out_is_taken_over_and_the_harvest_goes_on(self):
        source = SourceFactory()
        offers = Offers(*records(7), fails_after=1)
        harvest = read_from(source, offers)
        Harvest.objects.filter(pk=harvest.pk).update(
            state=HarvestState.RUNNING,
            problem="",
            finished_at=None,
            holder="may-khac:1:2",
            lease_until=timezone.now() - timedelta(seconds=1),
        )
        harvest.refresh_from_db()
        running.run(harvest, reader=Offers(*records(7)))
        assert counts(harvest) == {"offered": 7, "read": 7, "created": 7}

    def test_a_holder_of_this_machine_that_is_dead_is_known_to_be_at_once(self):
        host, pid, _began = claims.myself().rsplit(":", 2)
        now = timezone.now()
        alive = HarvestFactory(running=True, holder=claims.myself())
        other_began = HarvestFactory(running=True, holder=f"{host}:{pid}:1")
        no_process = HarvestFactory(running=True, holder=f"{host}:4194305:1")
        assert [claims.is_left_behind(each, now) for each in (alive, other_began, no_process)] == [
            False,
            True,
            True,
        ]

    def test_who_was_taken_over_writes_nothing_more(self):
        source = SourceFactory()
        harvest = running.ask(source)

        def take_over(_harvest):
            Harvest.objects.filter(pk=harvest.pk).update(holder="may-khac:1:2")

        with pytest.raises(running.AtWork):
            running.run(harvest, reader=Offers(*records(9)), progress=take_over)
        assert SourceRecord.objects.count() == 3
        harvest.refresh_from_db()
        assert (harvest.state, harvest.holder, harvest.offered) == (HarvestState.RUNNING, "may-khac:1:2", 3)


class TestGoingOn:
    def test_a_source_that_breaks_off_ends_the_harvest_with_its_reason(self):
        harvest = read(None, *records(7), fails_after=1)
        assert (harvest.state, harvest.problem) == (HarvestState.FAILED, "Kho mẫu không trả lời nữa.")
        assert counts(harvest) == {"offered": 3, "read": 3, "created": 3}

    def test_the_next_one_goes_on_behind_the_last_page(self):
        source, offers = SourceFactory(), Offers(*records(7))
        offers.fails_after = 1
        first = read_from(source, offers)
        offers.fails_after = None
        harvest = read_from(source, offers)
        assert harvest == first
        assert offers.asked == [(None, ""), ({"page": 1}, "")]
        assert counts(harvest) == {"offered": 7, "read": 7, "created": 7}
        assert harvest.state == HarvestState.DONE

    def test_a_week_later_it_begins_anew(self):
        source, offers = SourceFactory(), Offers(*records(7), fails_after=1)
        first = read_from(source, offers)
        Harvest.objects.filter(pk=first.pk).update(finished_at=timezone.now() - timedelta(days=8))
        assert read_from(source, offers) != first

    def test_what_was_asked_for_as_a_whole_is_not_gone_on_with_in_part(self):
        source = SourceFactory()
        read(source, *records(2))
        part = read(source, *records(7), fails_after=1)
        assert not part.full
        whole = running.ask(source, full=True)
        assert whole != part
        assert whole.full

    def test_a_defect_is_raised_and_ends_the_harvest_with_a_sentence(self):
        harvest = running.ask(SourceFactory())

        class Defect(Offers):
            def pages(self, cursor=None, *, since=""):
                raise RuntimeError("lỗi mẫu")
                yield

        with pytest.raises(RuntimeError):
            running.run(harvest, reader=Defect())
        assert harvest.state == HarvestState.FAILED
        assert "lỗi mẫu" in harvest.problem

    def test_a_slice_of_the_worker_gives_way_to_other_work_and_goes_on_later(self):
        source = SourceFactory()
        harvest, offers = running.ask(source), Offers(*records(7))
        running.run(harvest, reader=offers, seconds=-1)
        assert (harvest.state, harvest.offered) == (HarvestState.WAITING, 3)
        running.run(harvest, reader=offers)
        assert counts(harvest) == {"offered": 7, "read": 7, "created": 7}

    def test_what_ended_behind_its_last_page_is_only_finished(self):
        source, offers = SourceFactory(), Offers(*records(3))
        harvest = running.ask(source)
        Harvest.objects.filter(pk=harvest.pk).update(cursor=running.END, response_date=HOUR)
        harvest.refresh_from_db()
        running.run(harvest, reader=offers)
        assert offers.asked == []
        assert harvest.state == HarvestState.DONE


class TestCancelling:
    def test_ends_behind_the_page_in_hand_and_can_go_on(self):
        source, offers = SourceFactory(), Offers(*records(7))
        harvest = running.ask(source)
        running.run(harvest, reader=offers, progress=lambda each: Harvest.objects.update(cancel_asked=True))
        assert (harvest.state, harvest.offered) == (HarvestState.CANCELLED, 6)
        assert counts(read_from(source, offers)) == {"offered": 7, "read": 7, "created": 7}

    def test_what_waits_ends_at_once(self):
        harvest = HarvestFactory()
        running.cancel(harvest)
        assert harvest.state == HarvestState.CANCELLED

    def test_what_somebody_left_behind_ends_at_once(self):
        harvest = HarvestFactory(running=True, lease_until=timezone.now() - timedelta(seconds=1))
        running.cancel(harvest)
        assert harvest.state == HarvestState.CANCELLED

    def test_what_has_ended_stays_as_it_ended(self):
        harvest = HarvestFactory(done=True)
        running.cancel(harvest)
        assert harvest.state == HarvestState.DONE

    def test_ctrl_c_ends_it_as_stopped(self):
        harvest = running.ask(SourceFactory())

        def interrupt(_harvest):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            running.run(harvest, reader=Offers(*records(7)), progress=interrupt)
        assert (harvest.state, harvest.offered) == (HarvestState.CANCELLED, 3)


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


class TestInTheWorker:
    def queued(self):
        queue = DBTaskResult.objects.ready().filter(task_path=harvest_tasks.run_harvest.module_path)
        return [each.args_kwargs["args"][0] for each in queue]

    def test_it_is_begun_there(self):
        harvest = harvest_tasks.begin(SourceFactory())
        assert harvest.state == HarvestState.WAITING
        assert self.queued() == [harvest.pk]

    @pytest.mark.parametrize(
        ("schedule", "hours", "due"),
        [("hand", 9999, False), ("daily", 24, True), ("daily", 20, False), ("weekly", 160, False),
         ("weekly", 168, True), ("monthly", 700, False), ("monthly", 721, True)],
    )  # fmt: skip
    def test_a_source_is_read_when_its_day_has_come(self, schedule, hours, due):
        source = SourceFactory(schedule=schedule)
        harvest = read(source, *records(1))
        Harvest.objects.filter(pk=harvest.pk).update(finished_at=timezone.now() - timedelta(hours=hours))
        harvest_tasks.begin_what_is_due()
        assert len(self.queued()) == due

    def test_a_source_that_was_never_read_is_due_at_once_unless_it_is_not_in_use(self):
        SourceFactory(schedule="daily")
        SourceFactory(schedule="daily", active=False)
        harvest_tasks.begin_what_is_due()
        harvest_tasks.begin_what_is_due()
        assert len(self.queued()) == 1

    def test_what_broke_off_is_tried_again_after_some_hours(self):
        source = SourceFactory(schedule="weekly")
        harvest = read(source, *records(7), fails_after=1)
        assert not scheduling.is_due(source, harvest.finished_at + timedelta(hours=5))
        assert scheduling.is_due(source, harvest.finished_at + timedelta(hours=7))

    def test_what_a_dead_process_left_behind_is_taken_up_again(self):
        left = HarvestFactory(running=True, lease_until=timezone.now() - timedelta(seconds=1))
        HarvestFactory(running=True)
        harvest_tasks.begin_what_is_due()
        assert self.queued() == [left.pk]

    def test_titles_are_compared_once_at_the_end(self):
        read(None, *records(7))
        asked = DBTaskResult.objects.filter(task_path=tasks.find_duplicates.module_path)
        assert [each.args_kwargs["args"] for each in asked] == [[None]]

    def test_a_protocol_without_a_reader_fails_with_a_sentence(self, monkeypatch):
        monkeypatch.setattr(running, "READERS", {})
        harvest = running.ask(SourceFactory())
        running.run(harvest)
        assert harvest.state == HarvestState.FAILED
        assert "oai" in harvest.problem
