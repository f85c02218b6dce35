"""Draining: a crash at any point loses nothing, one writer at a time, a bad entry stops no other."""

import subprocess
import sys
from datetime import timedelta

import pytest

from django.utils import timezone

from portal.search import lock, outbox, rows, sources
from portal.search.drain import run_once
from portal.search.engine import EngineUnavailable
from portal.search.engines import current
from portal.search.engines.tantivy_writer import TantivyWriter
from portal.search.models import OutboxRow
from portal.search.query import search
from tests.search.shelf import Shelf

HOLD_LOCK = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


class Crash(BaseException):
    """Stands for the death of the process."""


def titles():
    return {hit.title for hit in search("").hits}


def test_more_rows_than_a_batch_are_drained_in_one_go(shelf, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 3)
    monkeypatch.setattr(rows, "PART", 2)
    run_once()
    for number in range(8):
        shelf.put(f"Bài {number}")
    parts, bring = [], rows.bring_up_to_date

    def noted(writers, prefix, ids):
        parts.append(len(ids))
        return bring(writers, prefix, ids)

    monkeypatch.setattr(rows, "bring_up_to_date", noted)
    assert run_once() == 8
    assert parts == [2, 1, 2, 1, 2]
    assert search("bài").count == 8
    assert not OutboxRow.objects.exists()


def test_a_crash_between_the_commit_and_the_removal_of_the_rows_loses_and_doubles_nothing(shelf, monkeypatch):
    shelf.put("Ngô")
    run_once()
    shelf.put("Lúa", 1)
    shelf.put("Sắn", 2)

    def die(*args):
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(rows, "_postpone", die)
        with pytest.raises(Crash):
            run_once()
    assert titles() == {"Lúa", "Sắn"}
    assert OutboxRow.objects.count() == 2
    assert run_once() == 2
    assert titles() == {"Lúa", "Sắn"}
    assert current().count() == 2


def test_a_crash_before_the_commit_loses_nothing(shelf, monkeypatch):
    shelf.put("Ngô")
    run_once()
    shelf.put("Lúa")

    def die(self):
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(TantivyWriter, "commit", die)
        with pytest.raises(Crash):
            run_once()
    assert titles() == {"Ngô"}
    run_once()
    assert titles() == {"Ngô", "Lúa"}


def test_a_change_while_its_old_row_is_being_drained_waits_its_turn(shelf, monkeypatch):
    shelf.put("Cũ", 1)
    run_once()
    outbox.changed("book", [1])
    postpone = rows._postpone

    def change_meanwhile(failed):
        monkeypatch.setattr(rows, "_postpone", postpone)
        shelf.put("Mới", 1)
        return postpone(failed)

    monkeypatch.setattr(rows, "_postpone", change_meanwhile)
    run_once()
    assert (titles(), OutboxRow.objects.count()) == ({"Cũ"}, 1)
    run_once()
    assert titles() == {"Mới"}
    assert not OutboxRow.objects.exists()


def test_an_engine_that_fails_leaves_the_rows(shelf, monkeypatch):
    shelf.put("Ngô")
    run_once()
    shelf.put("Lúa")

    def fail(self):
        raise EngineUnavailable("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(TantivyWriter, "commit", fail)
        with pytest.raises(EngineUnavailable):
            run_once()
    assert OutboxRow.objects.count() == 1
    assert run_once() == 1


def test_while_another_process_holds_the_lock_nothing_is_drained_and_nothing_lost(shelf, index_directory):
    shelf.put("Ngô")
    run_once()
    shelf.put("Lúa")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(index_directory / lock.NAME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        assert run_once() == 0
        assert titles() == {"Ngô"}
        assert OutboxRow.objects.count() == 1
    finally:
        holder.kill()
        holder.communicate()
    assert run_once() == 1  # a holder that was killed leaves no lock behind
    assert titles() == {"Ngô", "Lúa"}


def test_an_entry_that_cannot_be_made_waits_its_turn_and_stops_no_other(shelf, monkeypatch, caplog):
    run_once()
    shelf.put("Ngô", 1)
    shelf.put("Lúa", 2)
    outbox.changed("book", [2])
    entries = Shelf.entries

    def fail_for_two(self, ids):
        if "2" in ids:
            raise KeyError("the publisher of 2")
        return entries(self, ids)

    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "entries", fail_for_two)
        run_once()
        assert titles() == {"Ngô"}
        assert "book:2" in caplog.text
        assert run_once() == 0
    row = OutboxRow.objects.get()
    assert row.attempts == 1
    assert row.due > row.created
    OutboxRow.objects.update(due=timezone.now() - timedelta(seconds=1))
    run_once()
    assert titles() == {"Ngô", "Lúa"}


def test_without_its_source_nothing_of_a_room_is_found(shelf):
    shelf.put("Ngô", 1)
    run_once()
    sources.unregister("book")
    outbox.changed("book", [1])
    run_once()
    assert titles() == set()
    assert not OutboxRow.objects.exists()


def test_two_sources_cannot_share_a_prefix(shelf):
    sources.register(Shelf())  # the same again, as when an app is made ready twice
    with pytest.raises(ValueError, match="book"):
        sources.register(type("Other", (), {"prefix": "book"})())
