"""A harvest from its beginning to its end, and what may come between."""

import threading
from datetime import timedelta

import pytest

from django.utils import timezone

from library.domain.harvesting import ahead, claims, running
from library.enums import HarvestState
from library.models import Harvest, SourceRecord
from tests.factories.harvesting import HarvestFactory, SourceFactory

from .offers import HOUR, Offers, counts, read, read_from, records

pytestmark = pytest.mark.django_db


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

    def test_a_sign_begins_the_lease_anew_and_who_was_taken_over_hears_it(self):
        harvest = running.ask(SourceFactory())
        assert claims.claim(harvest)
        Harvest.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
        claims.give_sign(harvest)
        harvest.refresh_from_db()
        assert harvest.lease_until > timezone.now() + timedelta(minutes=14)
        Harvest.objects.update(holder="may-khac:1:2")
        with pytest.raises(claims.LeaseLost):
            claims.give_sign(harvest)

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

    def test_it_is_heard_while_the_source_lets_us_wait(self, monkeypatch):
        """A source may ask to be left alone for minutes (Retry-After)."""
        monkeypatch.setattr(ahead, "BETWEEN_SIGNS", 0.001)
        let_go = threading.Event()

        class Busy(Offers):
            def pages(self, cursor=None, *, since=""):
                pages = super().pages(cursor, since=since)
                yield next(pages)
                let_go.wait(30)

        source = SourceFactory()
        harvest = running.ask(source)
        real = claims.give_sign
        asked = []

        def sign(each):
            asked.append(Harvest.objects.filter(pk=each.pk, offered=3).update(cancel_asked=True))
            real(each)

        monkeypatch.setattr(running, "give_sign", sign)
        running.run(harvest, reader=Busy(*records(7)))
        let_go.set()
        assert asked
        assert (harvest.state, harvest.offered) == (HarvestState.CANCELLED, 3)
        assert counts(read_from(source, Offers(*records(7)))) == {"offered": 7, "read": 7, "created": 7}

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
