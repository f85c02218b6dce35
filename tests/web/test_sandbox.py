"""A job in a process of its own: what it may not do, and how it ends."""

import os
import time

import pytest

from portal.web import sandbox

HERE = "tests.web.sandbox_jobs"


def test_plain_values_go_in_and_come_out():
    assert sandbox.run(f"{HERE}:echo", "Tày", 1, [2.5]) == ["Tày", 1, [2.5]]


def test_a_refusal_keeps_its_word():
    with pytest.raises(sandbox.Refused) as refusal:
        sandbox.run(f"{HERE}:refuse", "locked")
    assert refusal.value.code == "locked"


def test_what_runs_for_ever_is_killed_with_all_that_it_started(tmp_path):
    start = time.monotonic()
    with pytest.raises(sandbox.Overrun):
        sandbox.run(f"{HERE}:sleep", str(tmp_path / "pid"), seconds=1)
    assert time.monotonic() - start < 5
    _wait_until_dead(int((tmp_path / "pid").read_text()))


def test_the_system_itself_holds_a_job_to_its_limits():
    memory, seconds = 512 * 1024 * 1024, 21
    assert sandbox.run(f"{HERE}:limits") == [memory, memory, seconds, seconds, 0, 0]


def test_what_a_job_leaves_behind_is_killed_though_it_has_gone_itself(tmp_path):
    with pytest.raises(sandbox.Overrun):
        sandbox.run(f"{HERE}:leave", str(tmp_path / "pid"), seconds=3)
    _wait_until_dead(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("job", ["eat", "crash", "fail"])
def test_a_job_that_eats_memory_or_dies_is_an_overrun(job):
    with pytest.raises(sandbox.Overrun):
        sandbox.run(f"{HERE}:{job}", seconds=20, megabytes=256)


def test_the_job_knows_no_secret_of_the_site(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "bi-mat")
    assert "bi-mat" not in sandbox.run(f"{HERE}:environment").values()


def test_what_a_library_prints_is_no_answer():
    assert sandbox.run(f"{HERE}:talk") == "answer"


def _wait_until_dead(pid: int) -> None:
    deadline = time.monotonic() + 5
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except FileNotFoundError:
        return False
    finally:
        assert pid != os.getpid()
