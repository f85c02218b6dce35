"""Where a source leads us: after its redirects, never into the house."""

import pytest

from library.interop import fetching
from library.interop.fetching import may_be_harvested
from library.interop.page import SourceProblem
from portal.web import outbound
from tests.web.internet import refusing, resolving

from .oai_server import Reply, serving

pytestmark = pytest.mark.usefixtures("in_english")


def test_redirects_are_followed_and_remembered(fetcher):
    log = []

    def moved(path):
        return (
            Reply(status=301, headers={"Location": path.replace("/oai", "/moi")})
            if "/oai" in path
            else Reply("xin")
        )

    with serving(moved, log=log) as url:
        fetcher.get(f"{url}?a=1")
        assert fetcher.get(f"{url}?a=2").url.endswith("/moi?a=2")
    assert log == ["/oai?a=1", "/moi?a=1", "/moi?a=2"]
    assert "moved to" in fetcher.take_notes()[0]
    assert fetcher.take_notes() == []


def test_a_redirect_that_loses_the_question(fetcher):
    log = []
    with serving(
        lambda path: Reply(status=302, headers={"Location": "/moi"}) if "/oai" in path else Reply("xin"),
        log=log,
    ) as url:
        fetcher.get(f"{url}?verb=Identify")
    assert log == ["/oai?verb=Identify", "/moi", "/moi?verb=Identify"]


def moving(times):
    """A place that has moved so often: /oai, /oai1, /oai2, ..."""

    def answer(path):
        turn = int(path.removeprefix("/oai") or 0)
        return Reply(status=302, headers={"Location": f"/oai{turn + 1}"}) if turn < times else Reply("xin")

    return answer


def test_three_redirects_in_a_row_are_followed(fetcher):
    with serving(moving(3)) as url:
        assert fetcher.get(url).url.endswith("/oai3")


def test_a_fourth_redirect_in_a_row_is_not(fetcher, rests):
    log = []
    with serving(moving(4), log=log) as url, pytest.raises(SourceProblem, match="without an end"):
        fetcher.get(url)
    assert log[:4] == ["/oai", "/oai1", "/oai2", "/oai3"]
    assert "/oai4" not in log


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost/oai",
        "http://10.0.0.1/oai",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "//localhost/",
    ],
)
def test_each_redirect_is_looked_at(fetcher, rests, target):
    with (
        serving(lambda _path: Reply(status=302, headers={"Location": target})) as url,
        pytest.raises(SourceProblem),
    ):
        fetcher.get(url)
    assert rests == []


@pytest.mark.parametrize(
    ("listed", "host", "port", "allowed"),
    [
        (["127.0.0.1"], "127.0.0.1", 8123, True),
        (["127.0.0.1:8123"], "127.0.0.1", 8123, True),
        (["127.0.0.1:8123"], "127.0.0.1", 8124, False),
        (["Kho.Noi-Bo"], "kho.noi-bo", 80, True),
        (["[::1]:8123"], "::1", 8123, True),
        (["::1"], "::1", 8123, True),
        (["kho.noi-bo"], "a.kho.noi-bo", 80, False),
        ([""], "127.0.0.1", 80, False),
        ([], "127.0.0.1", 80, False),
    ],
)
def test_only_hosts_that_an_administrator_names_may_lie_inside(settings, listed, host, port, allowed):
    settings.HARVEST_ALLOWED_HOSTS = listed
    assert may_be_harvested(host, port) == allowed


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8123/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://93.184.216.34:22/",
        "ftp://93.184.216.34/",
        "http://nguoi:mat-khau@93.184.216.34/",
    ],
)
def test_addresses_inside_and_unusual_ones_are_not_asked(settings, fetcher, rests, monkeypatch, url):
    settings.HARVEST_ALLOWED_HOSTS = []
    monkeypatch.setattr(outbound.socket, "create_connection", lambda *args: pytest.fail("It was asked."))
    with pytest.raises(SourceProblem):
        fetcher.get(url)
    assert rests == []


def test_hosts_for_harvesting_may_not_be_asked_for_anything_else():
    with serving(lambda _path: Reply("xin")) as url, pytest.raises(outbound.Unreachable) as refused:
        outbound.ask(url)
    assert refused.value.forbidden


def test_a_name_with_a_private_address_among_its_addresses_is_not_asked(fetcher, monkeypatch):
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(SourceProblem, match="private"):
        fetcher.get("http://kho.example/oai")


def test_a_name_is_resolved_once_and_that_address_is_asked(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "TRIES", 1)
    asked = resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    tried = refusing(monkeypatch)
    with pytest.raises(SourceProblem, match="does not answer"):
        fetcher.get("http://kho.example/oai")
    assert tried == [("93.184.216.34", 80)]
    assert asked == ["kho.example"]
