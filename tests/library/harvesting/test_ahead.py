"""The next page is made while one is at the page before it."""

import threading

import pytest

from django.utils import translation
from django.utils.translation import gettext

from library.domain.harvesting.ahead import ahead
from library.interop.fetching import NotWanted, rest

PATIENCE = 30  # s until a test gives up; nothing waits for it


def test_things_come_in_their_order():
    assert list(ahead(iter_of(range(100)))) == list(range(100))
    assert list(ahead(iter_of([]))) == []


def iter_of(things):
    yield from things


def test_the_next_one_is_made_meanwhile_and_no_more():
    made, asked = threading.Event(), []

    def things():
        for number in range(5):
            asked.append(number)
            yield number
            if number == 0:
                made.set()

    coming = ahead(things())
    assert next(coming) == 0
    assert made.wait(PATIENCE)  # the maker went on by itself
    assert next(coming) == 1
    assert max(asked) <= 2
    assert list(coming) == [2, 3, 4]


def test_what_goes_wrong_is_told_in_its_turn():
    def things():
        yield 1
        raise ValueError("Máy chủ không trả lời.")

    coming = ahead(things())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="Máy chủ không trả lời"):
        next(coming)


def test_who_stops_early_ends_the_making_too():
    ended = threading.Event()

    def things():
        try:
            number = 0
            while True:
                yield (number := number + 1)
        finally:
            ended.set()

    coming = ahead(things())
    assert next(coming) == 1
    coming.close()
    assert ended.wait(PATIENCE)


def test_what_rests_is_woken_when_nobody_wants_it_any_more():
    resting, woken = threading.Event(), threading.Event()

    def things():
        yield 1
        resting.set()
        try:
            rest(10 * PATIENCE)
        except NotWanted:
            woken.set()
            raise

    coming = ahead(things())
    assert next(coming) == 1
    assert resting.wait(PATIENCE)
    coming.close()
    assert woken.wait(PATIENCE)


def test_who_waits_gives_signs_and_may_leave(monkeypatch):
    monkeypatch.setattr("library.domain.harvesting.ahead.BETWEEN_SIGNS", 0.001)

    def things():
        yield 1
        rest(10 * PATIENCE)

    def leave():
        raise KeyError("đủ rồi")

    coming = ahead(things(), leave)
    with pytest.raises(KeyError):
        list(coming)


def test_sentences_are_said_in_the_language_of_who_asks():
    def things():
        yield gettext("Title")

    with translation.override("en"):
        english = list(ahead(things()))
    with translation.override("vi"):
        assert (english, list(ahead(things()))) == (["Title"], [gettext("Title")])
        assert gettext("Title") != "Title"
