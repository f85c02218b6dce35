"""Links are looked at politely; what is wrong with them waits for a librarian."""

import datetime
from datetime import UTC, timedelta

import pytest

from library.domain import link_checking, link_visits
from library.domain.link_checking import check_now, check_some, due, note, take_new_address, told
from library.domain.link_visits import NotNow, Verdict, judge, rest_asked
from library.enums import LinkState, RenditionForm
from library.link_tasks import begin
from library.models import LinkCheck, Rendition
from portal.web.outbound import Answer
from tests.factories.library import ResourceFactory
from tests.web.loopback import reply, serving

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)
NOW = datetime.datetime(2026, 11, 25, 8, tzinfo=UTC)
SILENT = Verdict(LinkState.FAILING, problem="Không ai trả lời.")


@pytest.fixture(autouse=True)
def quick(settings, monkeypatch):
    """The servers of these tests are at home, and nobody has to wait for them."""
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(link_checking, "PAUSE", 0)


def link(url: str) -> Rendition:
    return ResourceFactory(link=url).renditions.get()


def answering(pages: dict):
    """A site: {path: status, or (status, {header: value})}; what it does not know is 404, also its robots.txt."""

    def answer(handler):
        status, headers = pages.get(handler.path, 404), {}
        if isinstance(status, tuple):
            status, headers = status
        if callable(status):
            status = status(handler)
        reply(handler, status, b"", **headers)

    return serving(answer)


def paths(asked) -> list[tuple[str, str]]:
    return [each for each in asked if each[1] != "/robots.txt"]


class TestAVisit:
    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            (Answer(200, "https://a.example/x"), LinkState.ALIVE),
            (Answer(206, "https://a.example/x"), LinkState.ALIVE),
            (Answer(404, "https://a.example/x"), LinkState.FAILING),
            (Answer(410, "https://a.example/x"), LinkState.FAILING),
            (Answer(500, "https://a.example/x"), LinkState.FAILING),
            (Answer(503, "https://a.example/x"), LinkState.FAILING),
            (Answer(401, "https://a.example/x"), LinkState.LOGIN),
            (Answer(403, "https://a.example/x"), LinkState.LOGIN),
            (Answer(200, "https://a.example/dang-nhap?next=x"), LinkState.LOGIN),
            (Answer(200, "https://a.example/user/login.php"), LinkState.LOGIN),
            (Answer(200, "https://b.example/y", moved_to="https://b.example/y"), LinkState.MOVED),
            (Answer(200, "https://b.example/y"), LinkState.ALIVE),
            (Answer(200, "https://a.example/"), LinkState.FAILING),
        ],
        ids=lambda value: str(value) if isinstance(value, LinkState) else f"{value.status} {value.url}",
    )
    def test_an_answer_is_judged_by_what_a_reader_would_meet(self, answer, state):
        verdict = judge("https://a.example/x", answer)
        assert verdict.state == state
        assert verdict.code == answer.status
        assert bool(verdict.problem) == (state in (LinkState.FAILING, LinkState.LOGIN))
        assert verdict.final_url == (answer.moved_to if state == LinkState.MOVED else "")

    def test_the_front_page_and_a_page_of_signing_in_are_fine_where_the_link_means_them(self):
        assert judge("https://a.example", Answer(200, "https://a.example/")).state == LinkState.ALIVE
        page = "https://a.example/login"
        assert judge(page, Answer(200, page)).state == LinkState.ALIVE

    @pytest.mark.parametrize(
        ("status", "header", "seconds"),
        [
            (429, {"retry-after": "90"}, 90),
            (429, {}, 3600),
            (503, {"retry-after": "Wed, 25 Nov 2026 09:00:00 GMT"}, 3600),
            (503, {"retry-after": "999999"}, 86400),
        ],
    )
    def test_who_asks_for_a_rest_is_not_judged(self, status, header, seconds, monkeypatch):
        with pytest.raises(NotNow) as asked:
            judge("https://a.example/x", Answer(status, "https://a.example/x", headers=header))
        if "GMT" not in header.get("retry-after", ""):
            assert asked.value.seconds == seconds
        assert rest_asked(header.get("retry-after", ""), NOW) == seconds

    def test_the_head_is_enough_where_the_server_knows_how(self):
        with answering({"/a.pdf": 200}) as (site, asked):
            assert check_now(link(f"{site}/a.pdf"), TODAY).state == LinkState.ALIVE
        assert paths(asked) == [("HEAD", "/a.pdf")]

    @pytest.mark.parametrize("refusal", [403, 404, 405, 500, 501])
    def test_the_page_is_asked_for_where_it_does_not(self, refusal):
        def only_get(handler):
            return 200 if handler.command == "GET" else refusal

        with answering({"/a.pdf": only_get}) as (site, asked):
            assert check_now(link(f"{site}/a.pdf"), TODAY).state == LinkState.ALIVE
        assert paths(asked) == [("HEAD", "/a.pdf"), ("GET", "/a.pdf")]

    def test_it_says_who_asks(self):
        agents = []

        def answer(handler):
            agents.append(handler.headers["User-Agent"])
            reply(handler)

        with serving(answer) as (site, _asked):
            check_now(link(f"{site}/a"), TODAY)
        assert all(agent.startswith("PortalKhuyenHoc/") and "+http" in agent for agent in agents)

    def test_what_robots_txt_forbids_is_not_asked(self):
        def answer(handler):
            reply(handler, 200, b"User-agent: *\nDisallow: /rieng/\n")

        with serving(answer) as (site, asked):
            check = check_now(link(f"{site}/rieng/a"), TODAY)
            assert check_now(link(f"{site}/chung/a"), TODAY).state == LinkState.ALIVE
        assert (check.state, check.failures) == (LinkState.BARRED, 0)
        assert paths(asked) == [("HEAD", "/chung/a")]
        assert len(asked) == 2  # robots.txt is remembered

    def test_an_address_in_our_own_network_is_never_asked(self, settings):
        settings.OUTBOUND_ALLOWED_HOSTS = []
        with serving(reply) as (site, asked):
            assert check_now(link(f"{site}/a"), TODAY).state == LinkState.FAILING
        assert asked == []


class TestTheRecord:
    def test_it_takes_failures_on_two_days_to_be_dead(self):
        rendition = link("https://a.example/x")
        first = note(rendition, SILENT, TODAY)
        assert (first.state, first.failures, first.failing_since) == (LinkState.FAILING, 1, TODAY)
        again = note(rendition, SILENT, TODAY)
        assert (again.state, again.failures) == (LinkState.FAILING, 1)
        second = note(rendition, SILENT, TOMORROW)
        assert (second.state, second.failures, second.failing_since) == (LinkState.DEAD, 2, TODAY)
        assert LinkCheck.objects.count() == 1

    def test_a_link_that_works_again_starts_afresh(self):
        rendition = link("https://a.example/x")
        note(rendition, SILENT, TODAY)
        note(rendition, Verdict(LinkState.ALIVE, 200), TOMORROW)
        third = note(rendition, SILENT, TOMORROW + timedelta(days=1))
        assert (third.state, third.failures) == (LinkState.FAILING, 1)

    def test_the_failures_of_another_address_do_not_count(self):
        rendition = link("https://a.example/x")
        note(rendition, SILENT, TODAY)
        rendition.url = "https://a.example/y"
        rendition.save()
        assert list(due(TODAY)) == [rendition]
        assert not told().exists()
        assert note(rendition, SILENT, TOMORROW).state == LinkState.FAILING

    def test_the_new_address_is_taken_over(self):
        rendition = link("https://a.example/x")
        check = note(rendition, Verdict(LinkState.MOVED, 200, final_url="https://b.example/y"), TODAY)
        take_new_address(check)
        rendition.refresh_from_db()
        assert rendition.url == "https://b.example/y"
        assert [each.state for each in told()] == [LinkState.ALIVE]
        with pytest.raises(ValueError, match="moved"):
            take_new_address(check)


class TestTheRound:
    def test_what_is_due(self):
        never, alive, failing = (
            link("https://a.example/1"),
            link("https://a.example/2"),
            link("https://a.example/3"),
        )
        ResourceFactory(link="https://a.example/4", withdrawn=True)
        ResourceFactory(link="https://a.example/5", proposed=True)
        note(alive, Verdict(LinkState.ALIVE, 200), TODAY)
        note(failing, SILENT, TODAY)
        assert list(due(TODAY)) == [never]
        assert list(due(TOMORROW)) == [never, failing]
        assert set(due(TODAY + timedelta(days=30))) == {never, alive, failing}

    def test_files_of_our_own_are_not_asked_for(self):
        rendition = link("https://a.example/1")
        Rendition.objects.create(resource=rendition.resource, form=RenditionForm.PDF, file="1/a.pdf")
        assert list(due(TODAY)) == [rendition]

    def test_a_round_looks_at_each_link_once_and_ends(self):
        with answering({"/1": 200, "/2": 404}) as (site, asked):
            one, two = link(f"{site}/1"), link(f"{site}/2")
            assert check_some(TODAY)
            assert not check_some(TODAY)
        assert [(each.rendition, each.state) for each in told().order_by("pk")] == [
            (one, LinkState.ALIVE),
            (two, LinkState.FAILING),
        ]
        assert paths(asked) == [("HEAD", "/1"), ("HEAD", "/2"), ("GET", "/2")]

    def test_no_more_than_the_number_of_a_day(self, monkeypatch):
        monkeypatch.setattr(link_checking, "A_DAY", 2)
        with answering({}) as (site, _asked):
            for number in range(3):
                link(f"{site}/{number}")
            while check_some(TODAY):
                pass
            assert LinkCheck.objects.count() == 2
            while check_some(TOMORROW):
                pass
        assert LinkCheck.objects.count() == 3

    def test_a_server_is_left_alone_between_two_questions(self, monkeypatch):
        clock = [1000.0]
        slept = []

        def rest(seconds):
            slept.append(seconds)
            clock[0] += seconds

        monkeypatch.setattr(link_checking, "PAUSE", 5.0)
        monkeypatch.setattr(link_checking, "time", lambda: clock[0])
        monkeypatch.setattr(link_checking, "sleep", rest)
        with answering({"/1": 200, "/2": 200}) as (site, _asked):
            link(f"{site}/1"), link(f"{site}/2")
            check_some(TODAY)
        assert slept == [0.0, 5.0]

    def test_the_delay_that_robots_txt_asks_for_is_kept(self, monkeypatch):
        rests = []
        monkeypatch.setattr(link_checking, "_rest", lambda host, seconds: rests.append(seconds))

        def answer(handler):
            reply(handler, 200, b"User-agent: *\nCrawl-delay: 20\n")

        with serving(answer) as (site, _asked):
            link(f"{site}/1")
            check_some(TODAY)
        assert rests == [20.0]

    def test_a_server_that_asks_for_a_rest_gets_it_and_keeps_nobody_waiting(self):
        busy = (503, {"Retry_After": "7200"})
        with answering({"/1": busy, "/2": 200}) as (site, asked), answering({"/3": 200}) as (other, _asked):
            link(f"{site}/1"), link(f"{site}/2")
            well = link(f"{other}/3")
            while check_some(TODAY):
                pass
        assert [each.rendition for each in LinkCheck.objects.all()] == [well]
        assert paths(asked) == [("HEAD", "/1")]

    def test_when_nobody_answers_it_is_our_own_line(self, monkeypatch, caplog):
        for number in range(link_checking.MANY_HOSTS):
            link(f"https://a{number}.example/x")
        monkeypatch.setattr(link_checking, "_look", lambda url: (SILENT, 0.0))
        assert not check_some(TODAY)
        assert not LinkCheck.objects.exists()
        assert "our own line" in caplog.text

    def test_many_dead_servers_are_dead_as_long_as_another_one_answers(self, monkeypatch):
        note(link("https://well.example/x"), Verdict(LinkState.ALIVE, 200), TODAY - timedelta(days=1))
        for number in range(link_checking.MANY_HOSTS):
            link(f"https://a{number}.example/x")
        well = (Verdict(LinkState.ALIVE, 200), 0.0)
        monkeypatch.setattr(link_checking, "_look", lambda url: well if "well" in url else (SILENT, 0.0))
        assert check_some(TODAY)
        assert LinkCheck.objects.filter(state=LinkState.FAILING).count() == link_checking.MANY_HOSTS

    def test_a_stop_in_the_middle_keeps_what_was_seen(self, monkeypatch):
        seen = []

        def look(url):
            seen.append(url)
            if len(seen) == 2:
                raise KeyboardInterrupt
            return Verdict(LinkState.ALIVE, 200), 0.0

        first, second = link("https://a.example/1"), link("https://a.example/2")
        monkeypatch.setattr(link_checking, "_look", look)
        with pytest.raises(KeyboardInterrupt):
            check_some(TODAY)
        assert list(due(TODAY)) == [second]
        assert told().get().rendition == first

    def test_the_worker_takes_a_slice_after_the_other(self):
        from django_tasks_db.models import DBTaskResult

        with answering({"/1": 200}) as (site, _asked):
            link(f"{site}/1")
            begin(TODAY)
            task = DBTaskResult.objects.get().task
            task.func()
            assert DBTaskResult.objects.count() == 2
            task.func()
        assert DBTaskResult.objects.count() == 2


def test_a_visit_tells_of_a_server_that_is_not_there():
    verdict = link_visits.visit("https://khong-co.invalid/x", link_visits.Wish(True))
    assert (verdict.state, verdict.code) == (LinkState.FAILING, None)
    assert "khong-co.invalid" in verdict.problem
