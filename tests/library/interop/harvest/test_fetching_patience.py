"""Asking a source: patient with what passes, and a burden to nobody."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from library.interop import fetching
from library.interop.fetching import LONGEST_REST, Fetcher
from library.interop.page import SourceProblem
from portal.web import outbound
from tests.web import loopback

from .oai_server import Reply, serving

pytestmark = pytest.mark.usefixtures("in_english")


def at_first(*replies: Reply, then: str = "xin"):
    """These answers, then a good one."""
    coming = iter(replies)
    return lambda _path: next(coming, Reply(then))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_later_and_later(fetcher, rests, status):
    with serving(at_first(*[Reply(status=status)] * 3)) as url:
        assert fetcher.get(url).content == b"xin"
    assert rests == [1.0, 2.0, 4.0]


def test_patience_has_an_end(fetcher, rests):
    log = []
    with serving(lambda _path: Reply(status=503), log=log) as url, pytest.raises(SourceProblem, match="503"):
        fetcher.get(url)
    assert len(log) == fetching.TRIES
    assert len(rests) == fetching.TRIES - 1


def test_who_is_in_a_hurry_asks_twice_at_most_and_does_not_rest_for_long(fetcher, rests):
    log, busy = [], Reply(status=503, headers={"Retry-After": "120"})
    with serving(lambda _path: busy, log=log) as url:
        with fetching.in_a_hurry(20), pytest.raises(SourceProblem, match="503"):
            fetcher.get(url)
        assert (len(log), rests) == (2, [fetching.FIRST_REST])
        with pytest.raises(SourceProblem):
            fetcher.get(url)
    assert len(log) == 2 + fetching.TRIES


def test_a_hurry_shortens_each_wait(fetcher, monkeypatch):
    asked = []
    monkeypatch.setattr(
        fetcher._line, "ask", lambda url, **rest: asked.append(rest) or outbound.Answer(200, url)
    )
    with fetching.in_a_hurry(5):
        fetcher.get("http://kho-mau.example/")
    fetcher.get("http://kho-mau.example/")
    assert asked[0]["timeout"] <= 5
    assert asked[0]["wait"] <= 5
    assert (asked[1]["timeout"], asked[1]["wait"]) == (fetching.WHOLE, fetching.SILENCE)


def test_retry_after_in_seconds(fetcher, rests):
    with serving(at_first(Reply(status=503, headers={"Retry-After": "7"}))) as url:
        fetcher.get(url)
    assert rests == [7.0]


def test_retry_after_as_a_date_by_the_clock_of_the_server(fetcher, rests):
    """Its clock is an hour behind ours: it asks for thirty seconds all the same."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    headers = {
        "Date": format_datetime(now, usegmt=True),
        "Retry-After": format_datetime(now + timedelta(seconds=30), usegmt=True),
    }

    with serving(at_first(Reply(status=503, headers=headers))) as url:
        fetcher.get(url)
    assert rests == [30.0]


@pytest.mark.parametrize("asked", ["99999", "Fri, 31 Dec 2100 23:59:59 GMT", "999999999999"])
def test_retry_after_is_capped(fetcher, rests, asked):
    with serving(at_first(Reply(status=429, headers={"Retry-After": asked}))) as url:
        fetcher.get(url)
    assert rests == [LONGEST_REST]


@pytest.mark.parametrize("asked", ["soon", "", "-5", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 99 Foo 2026"])
def test_a_retry_after_that_says_nothing(fetcher, rests, asked):
    with serving(at_first(Reply(status=503, headers={"Retry-After": asked}))) as url:
        fetcher.get(url)
    assert rests in ([1.0], [0.0])


def test_not_all_harvesters_come_again_at_the_same_moment(rests):
    fetcher = Fetcher(sleep=rests.append, chance=lambda: 0.5)
    with serving(at_first(*[Reply(status=502)] * 2)) as url:
        fetcher.get(url)
    assert rests == [1.5, 3.0]


def test_broken_connection_is_tried_again(fetcher, rests):
    with serving(at_first(Reply("xin chào", cut=3), then="xin chào")) as url:
        assert fetcher.get(url).content == "xin chào".encode()
    assert len(rests) == 1


def test_half_an_answer_that_stays_is_given_as_such(fetcher):
    with serving(lambda _path: Reply("xin chào", cut=3)) as url:
        fetched = fetcher.get(url)
    assert (fetched.content, fetched.complete) == (b"xin", False)


def test_nobody_there(fetcher, rests):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(SourceProblem, match="does not answer"):
        fetcher.get(f"http://127.0.0.1:{port}/")
    assert len(rests) == fetching.TRIES - 1


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE", 0.2)
    monkeypatch.setattr(fetching, "TRIES", 2)
    stopped = threading.Event()
    with serving(lambda _path: stopped.wait(5) and Reply() or Reply()) as url:
        with pytest.raises(SourceProblem):
            fetcher.get(url)
        stopped.set()


def test_errors_that_stay_are_not_tried_again(fetcher, rests):
    for status, words in ((404, "nothing at this address"), (403, "not let us read"), (418, "error")):
        with (
            serving(lambda _path, status=status: Reply(status=status)) as url,
            pytest.raises(SourceProblem, match=words),
        ):
            fetcher.get(url)
    assert rests == []


def test_pauses_between_two_questions(rests):
    fetcher = Fetcher(pause=3.0, sleep=rests.append)
    with serving(lambda _path: Reply("xin")) as url:
        fetcher.get(url)
        fetcher.get(url)
    assert len(rests) == 1
    assert 2.0 < rests[0] <= 3.0


def test_the_connection_is_kept_and_who_asks_says_who_it_is(fetcher, settings):
    seen = []

    def answer(handler):
        seen.append(
            (handler.client_address, handler.headers["User-Agent"], handler.headers["Accept-Encoding"])
        )
        loopback.reply(handler, body=b"xin")

    with loopback.serving(answer, keeps=True) as (url, _asked):
        for number in range(5):
            fetcher.get(f"{url}/{number}")
        fetcher.close()
    assert len({address for address, _agent, _packed in seen}) == 1
    assert settings.DEFAULT_FROM_EMAIL in seen[0][1]
    assert "gzip" in seen[0][2]


def test_a_kept_connection_that_the_server_has_closed_is_opened_again(fetcher, rests):
    with serving(lambda _path: Reply("xin", headers={"X": "y"}, cut=3)) as url:  # closes after each answer
        for _turn in range(3):
            assert fetcher.get(url).content == b"xin"
    assert rests == []
