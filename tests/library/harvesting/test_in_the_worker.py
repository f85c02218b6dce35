"""Harvests that nobody has to start by hand."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from django.utils import timezone

from library import harvest_tasks, tasks
from library.domain.harvesting import running, scheduling
from library.enums import HarvestState
from library.models import Harvest
from tests.factories.harvesting import HarvestFactory, SourceFactory

from .offers import read, records

pytestmark = pytest.mark.django_db


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
