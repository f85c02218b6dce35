"""The index catches up by itself: in the process that changed something, whether or not a job worker runs."""

import os
import subprocess
import sys
import threading

import pytest

from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import transaction

from portal.search import background, drain
from portal.search.models import OutboxRow
from portal.search.query import search

BOUND = 20  # s until a test gives up; a machine under load is no reason to fail


@pytest.fixture
def drained(transactional_db, shelf, settings, monkeypatch):
    """An event that is set after each draining in the background, by a thread of the test's own."""
    event = threading.Event()
    attempt = drain.attempt

    def attempt_and_tell(progress=None):
        try:
            return attempt(progress)
        finally:
            event.set()

    drainer = background.Drainer()
    monkeypatch.setattr(drain, "attempt", attempt_and_tell)
    monkeypatch.setattr(background, "_drainer", drainer)
    settings.SEARCH_BACKGROUND = True
    yield event
    drainer.stop()
    assert not drainer._thread or not drainer._thread.is_alive()


def test_what_was_saved_is_found_without_anybody_draining(drained, shelf):
    shelf.put("Kỹ thuật trồng ngô")
    assert drained.wait(BOUND)
    assert [hit.title for hit in search("ngo").hits] == ["Kỹ thuật trồng ngô"]


def test_nothing_is_drained_before_the_commit(drained, shelf):
    with transaction.atomic():
        shelf.put("Kỹ thuật trồng ngô")
        assert background._drainer._thread is None
    assert drained.wait(BOUND)
    assert search("ngo").count == 1


def test_rows_that_another_process_left_are_seen_at_the_next_search(drained, shelf):
    with transaction.atomic():
        shelf.put("Kỹ thuật trồng ngô")
        transaction.get_connection().run_on_commit.clear()  # that process died right after its commit
    assert not drained.is_set()
    search("ngo")
    assert drained.wait(BOUND)
    assert search("ngo").count == 1


def test_searches_look_for_rows_no_more_than_once_a_second(monkeypatch):
    drainer = background.Drainer()
    calls, clock = [], [100.0]
    monkeypatch.setattr(drainer, "call", lambda: calls.append(clock[0]))
    monkeypatch.setattr(background.time, "monotonic", lambda: clock[0])
    for clock[0] in (100.0, 100.5, 100.9, 101.0, 101.5, 102.5):
        drainer.look()
    assert calls == [100.0, 101.0, 102.5]


def test_a_failure_is_logged_and_tried_again(drained, shelf, monkeypatch, caplog):
    told = drain.attempt
    failures = iter([RuntimeError("disk full")])

    def fail_once(progress=None):
        for error in failures:
            raise error
        return told(progress)

    monkeypatch.setattr(background, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(drain, "attempt", fail_once)
    shelf.put("Ngô")
    assert drained.wait(BOUND)
    assert search("ngo").count == 1
    assert "disk full" in caplog.text


def test_the_job_worker_keeps_the_index_up_to_date(drained, shelf):
    OutboxRow.objects.create(prefix="book", object_id="1")
    assert not drained.is_set()
    call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload")
    assert drained.wait(BOUND)
    assert not background._drainer.polls


def test_tests_have_no_thread_unless_they_ask(shelf):
    shelf.put("Ngô")
    search("ngo")
    assert not [thread for thread in threading.enumerate() if thread.name == "search-drainer"]


WEB_PROCESS = """
import os, sys, threading
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["portal.web", "portal.search"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1], "TEST": {}}},
    SEARCH_INDEX_DIR=sys.argv[2], SEARCH_BACKGROUND=True, ELASTICSEARCH_URL="", USE_TZ=True,
)
django.setup()
from django.core.management import call_command
from portal.search import drain, sources
from portal.search.query import search
from tests.search.shelf import Shelf

call_command("migrate", "search", verbosity=0)
drained = threading.Event()
attempt = drain.attempt
drain.attempt = lambda progress=None: (attempt(progress), drained.set())[0]
shelf = Shelf()
sources.register(shelf)

if os.fork() == 0:  # as a server with workers does, after the code was loaded
    shelf.put("Trồng ngô")
    found = drained.wait(float(sys.argv[3])) and search("ngo").count
    sys.exit(0 if found == 1 else 7)
_pid, status = os.wait()
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_forked_web_process_catches_up_alone_within_two_seconds(tmp_path):
    """Real processes on a database in a file, with no job worker anywhere."""

    done = subprocess.run(
        [sys.executable, "-c", WEB_PROCESS, tmp_path / "db.sqlite3", tmp_path / "search", "2"],
        cwd=site_settings.BASE_DIR,
        env={**os.environ, "PYTHONPATH": str(site_settings.BASE_DIR)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_rebuild_ends_with_its_process_unless_it_is_nearly_done(monkeypatch):
    drainer = background.Drainer()
    clock = [100.0]
    monkeypatch.setattr(background.time, "monotonic", lambda: clock[0])
    drainer._check(500)
    drainer.stop()
    clock[0] += background.FAREWELL - background.LAST_BATCH - 0.1
    drainer._check(1000)
    clock[0] += 0.2
    with pytest.raises(background.Stopped):
        drainer._check(1500)


def test_a_work_that_fails_keeps_no_other_from_its_own(monkeypatch, caplog):
    done = threading.Event()

    def failing(check):
        raise RuntimeError("disk full")

    def working(check):
        done.set()
        return False

    drainer = background.Drainer()
    monkeypatch.setattr(background, "_works", [failing, working])
    for _change in range(2):
        done.clear()
        drainer.call()
        assert done.wait(BOUND)
    drainer.stop()
    assert caplog.text.count("could not be brought up to date") == 1  # it rests meanwhile
