import os
import signal
import sys

import pytest

from portal.web import supervisor
from portal.web.supervisor import Service

UNTIL_STOPPED = [sys.executable, "-c", "import signal; signal.pause()"]
AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
STUBBORN = [
    sys.executable,
    "-c",
    """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
while True:
    signal.pause()
""",
]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_when_one_dies_its_name_is_told_and_the_other_is_stopped():
    with supervisor.running(
        [Service("web server", UNTIL_STOPPED), Service("job worker", AT_ONCE)]
    ) as processes:
        pids = [process.pid for process in processes]
        with pytest.raises(supervisor.ServiceDied, match="job worker"):
            supervisor.wait_for_death(processes)
    assert not any(map(is_alive, pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_ends_all_in_good_order(number):
    before = signal.getsignal(number)
    with supervisor.running([Service("web server", UNTIL_STOPPED)]) as processes:
        pids = [process.pid for process in processes]
        with pytest.raises(supervisor.StopRequested):
            os.kill(os.getpid(), number)
    assert not any(map(is_alive, pids))
    assert signal.getsignal(number) is before


def test_process_that_ignores_the_request_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(supervisor, "SECONDS_TO_STOP", 0)
    os.mkfifo(tmp_path / "deaf")
    with supervisor.running([Service("job worker", [*STUBBORN, str(tmp_path / "deaf")])]) as processes:
        pids = [process.pid for process in processes]
        (tmp_path / "deaf").read_text()  # waits until it has closed its ears
    assert not any(map(is_alive, pids))


def test_site_that_dies_while_starting_is_told():
    with supervisor.running([Service("web server", AT_ONCE)]) as processes:
        for process in processes:
            process.wait()
        with pytest.raises(supervisor.ServiceDied, match="web server"):
            supervisor.wait_until_up(processes, "127.0.0.1", 9, "/song/")
