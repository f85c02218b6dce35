"""What counts as a use of the library, and that counting keeps nothing of who used it."""

import datetime
import threading
import time
from pathlib import Path

import pytest

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import reverse

from library import counting
from library.domain import usage as domain
from library.domain.renditions import take_in
from library.domain.usage import DOUBLE_CLICK, RECENT, Click, UsedOn, store, tally
from library.enums import UsageKind
from library.models import Usage
from library.robots import is_robot
from tests.factories.files import text_pdf
from tests.factories.library import ResourceFactory

PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
DAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def nothing_left_over():
    counting._renew()


def click(at=1000.0, visitor="mau", resource=1, kind=UsageKind.VIEW):
    return Click(visitor, resource, kind, at, DAY)


def counted():
    return {(row.resource_id, row.kind): row.count for row in Usage.objects.all()}


def ask(kind=UsageKind.VIEW, resource=1, **headers):
    request = RequestFactory().get("/r/1", headers={"user-agent": PHONE} | headers)
    counting.count(request, resource, kind)


@pytest.mark.django_db
class TestPages:
    def test_page_of_a_resource_that_is_seen_counts_once_it_is_written(self, client):
        resource = ResourceFactory()
        client.get(resource.get_absolute_url(), headers={"user-agent": PHONE})
        assert counted() == {}
        counting.flush()
        assert counted() == {(resource.pk, "view"): 1}

    def test_what_is_kept_for_officers_counts_when_an_officer_sees_it_and_not_when_it_is_refused(
        self, client, officer
    ):
        resource = ResourceFactory(officers_only=True)
        client.get(resource.get_absolute_url(), headers={"user-agent": PHONE})
        counting.flush()
        assert counted() == {}
        client.force_login(officer)
        client.get(resource.get_absolute_url(), headers={"user-agent": PHONE})
        counting.flush()
        assert counted() == {(resource.pk, "view"): 1}

    def test_withdrawn_resource_does_not_count(self, client):
        client.get(ResourceFactory(withdrawn=True).get_absolute_url(), headers={"user-agent": PHONE})
        counting.flush()
        assert counted() == {}

    def test_reading_counts_once_however_many_pages_are_turned(self, client):
        rendition = take_in(ResourceFactory(), ContentFile(text_pdf(2), "a.pdf"))
        address = reverse("library:read", args=[rendition.resource_id, rendition.pk])
        came_from = f"http://testserver/r/{rendition.resource_id}"
        client.get(address, headers={"user-agent": PHONE, "referer": came_from})
        for visitor in (
            PHONE,
            f"{PHONE} khác",
        ):  # an address and a browser are a visitor: no double click hides it
            turned = {"user-agent": visitor, "referer": f"http://testserver{address}?trang=1"}
            client.get(f"{address}?trang=2", headers=turned)
        counting.flush()
        assert counted() == {(rendition.resource_id, "request"): 1}

    @pytest.mark.parametrize(
        ("headers", "uses"),
        [
            ({}, 1),
            ({"range": "bytes=0-"}, 1),
            ({"range": "bytes=100-"}, 0),
            ({"range": "bytes=0-", "sec-fetch-dest": "audio"}, 0),
            ({"sec-fetch-dest": "image"}, 0),
            ({"user-agent": "curl/8.5.0"}, 0),
        ],
    )
    def test_a_download_counts_where_it_begins_and_not_what_a_player_fetches(self, client, headers, uses):
        rendition = take_in(ResourceFactory(), ContentFile(text_pdf(), "a.pdf"))
        address = reverse("library:file", args=[rendition.resource_id, rendition.pk])
        client.get(address, headers={"user-agent": PHONE} | headers)
        counting.flush()
        assert sum(counted().values()) == uses

    def test_a_file_that_cannot_be_shown_is_not_read(self, client):
        rendition = take_in(ResourceFactory(), ContentFile(text_pdf(), "a.pdf"))
        Path(rendition.file.path).unlink()
        address = reverse("library:read", args=[rendition.resource_id, rendition.pk])
        assert client.get(address, headers={"user-agent": PHONE}).status_code == 422
        counting.flush()
        assert counted() == {}

    def test_counting_sets_no_cookie(self, client):
        response = client.get(ResourceFactory().get_absolute_url(), headers={"user-agent": PHONE})
        assert not response.cookies

    def test_counting_asks_the_database_nothing_and_takes_less_than_a_millisecond(
        self, django_assert_num_queries
    ):
        request = RequestFactory().get("/r/1", headers={"user-agent": PHONE})
        with django_assert_num_queries(0):
            started = time.perf_counter()
            for _ in range(1000):
                counting.count(request, 1, UsageKind.VIEW)
            assert time.perf_counter() - started < 1.0


@pytest.mark.django_db
class TestRobots:
    @pytest.mark.parametrize(
        "agent",
        [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0)",
            "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
            "facebookexternalhit/1.1",
            "curl/8.5.0",
            "python-requests/2.32",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0",
            "Go-http-client/2.0",
            "Mozilla",
            "",
        ],
    )
    def test_programs_do_not_count(self, agent):
        assert is_robot(agent)

    @pytest.mark.parametrize(
        "agent",
        [
            PHONE,
            "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/99.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/99.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Zalo iOS/1",
            "Opera/9.80 (Android; Opera Mini/36.2/191; U; vi) Presto/2.12.423 Version/12.16",
        ],
    )
    def test_people_with_odd_telephones_count(self, agent):
        assert not is_robot(agent)

    def test_visit_of_a_program_is_not_written(self):
        resource = ResourceFactory()
        ask(resource=resource.pk, **{"user-agent": "Googlebot/2.1"})
        counting.flush()
        assert counted() == {}

    def test_what_a_browser_fetches_ahead_is_not_read(self):
        resource = ResourceFactory()
        ask(resource=resource.pk, **{"sec-purpose": "prefetch;prerender"})
        ask(resource=resource.pk, **{"purpose": "prefetch"})
        counting.flush()
        assert counted() == {}


class TestDoubleClicks:
    def test_two_clicks_within_thirty_seconds_are_one(self):
        assert tally([click(1000), click(1029.9)]) == {UsedOn(1, DAY, UsageKind.VIEW): 1}

    def test_two_clicks_thirty_seconds_apart_are_two(self):
        assert tally([click(1000), click(1030)]) == {UsedOn(1, DAY, UsageKind.VIEW): 2}

    def test_each_click_begins_the_thirty_seconds_anew(self):
        assert tally([click(1000), click(1020), click(1040)]) == {UsedOn(1, DAY, UsageKind.VIEW): 1}

    def test_another_visitor_resource_or_way_of_use_is_another_click(self):
        others = [click(), click(visitor="khác"), click(resource=2), click(kind=UsageKind.REQUEST)]
        assert sum(tally(others).values()) == 4

    def test_double_click_that_reached_two_processes_is_one(self):
        assert sum(tally([click(1000.5)]).values()) == 1
        assert tally([click(1000.0)]) == {}
        assert tally([click(1003.0)]) == {}

    def test_nothing_of_a_visitor_can_be_read_in_the_cache_and_all_of_it_is_gone_after_thirty_seconds(
        self, monkeypatch
    ):
        tally([click(visitor="203.0.113.7 Mozilla/5.0")])
        kept = repr(cache.get(RECENT))
        assert "203.0.113.7" not in kept
        assert "Mozilla" not in kept
        assert len(cache.get(RECENT)["last"]) == 1
        tally([click(1000 + DOUBLE_CLICK, visitor="khác")])
        assert len(cache.get(RECENT)["last"]) == 1
        later = time.time() + DOUBLE_CLICK + 1
        monkeypatch.setattr(time, "time", lambda: later)
        assert cache.get(RECENT) is None

    def test_salt_is_another_after_a_quiet_half_minute(self):
        tally([click()])
        before = cache.get(RECENT)["salt"]
        cache.delete(RECENT)
        tally([click()])
        assert cache.get(RECENT)["salt"] != before


@pytest.mark.django_db
class TestWriting:
    def test_uses_are_added_to_those_of_the_day(self):
        resource = ResourceFactory()
        used = UsedOn(resource.pk, DAY, UsageKind.REQUEST)
        store({used: 2})
        store({used: 3})
        assert counted() == {(resource.pk, "request"): 5}

    def test_resource_that_was_deleted_meanwhile_is_left_out(self):
        resource, gone = ResourceFactory(), ResourceFactory()
        gone_pk = gone.pk
        gone.delete()
        store({UsedOn(pk, DAY, UsageKind.VIEW): 1 for pk in (resource.pk, gone_pk)})
        assert counted() == {(resource.pk, "view"): 1}

    def test_failed_write_is_made_up_for_and_nothing_counts_twice(self, monkeypatch):
        resource = ResourceFactory()
        ask(resource=resource.pk)
        with monkeypatch.context() as broken:
            broken.setattr(counting, "store", fail)
            with pytest.raises(DatabaseError):
                counting.flush()
        assert counted() == {}
        counting.flush()
        counting.flush()
        assert counted() == {(resource.pk, "view"): 1}


def fail(counts):
    raise DatabaseError("the database is away")


class TestThread:
    @pytest.fixture
    def stored(self, settings, monkeypatch):
        """What the thread writes, in the place of the database."""
        settings.USAGE_BACKGROUND = True
        monkeypatch.setattr(counting, "GATHER", 0.05)
        rows, written = [], threading.Event()

        def keep(counts):
            rows.append(dict(counts))
            written.set()

        monkeypatch.setattr(counting, "store", keep)
        yield rows, written
        counting._recorder.stop()
        counting._renew()

    def test_thread_writes_what_pages_have_counted(self, stored):
        rows, written = stored
        ask()
        assert written.wait(5)
        assert [list(each.values()) for each in rows] == [[1]]

    def test_ending_process_writes_what_it_has(self, stored, monkeypatch):
        rows, _written = stored
        monkeypatch.setattr(counting, "GATHER", 60)
        ask()
        counting._recorder.stop()
        assert len(rows) == 1

    def test_thread_goes_on_after_an_error(self, stored, monkeypatch):
        rows, written = stored
        keep, failures = counting.store, []

        def fail_once(counts):
            if not failures:
                failures.append(counts)
                raise DatabaseError("the database is away")
            keep(counts)

        monkeypatch.setattr(counting, "store", fail_once)
        ask()
        assert written.wait(5)
        assert failures
        assert len(rows) == 1


def test_times_are_those_of_counter():
    assert domain.DOUBLE_CLICK == 30
