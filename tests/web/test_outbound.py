"""Asking other servers: never one inside, never for ever, never more than wanted."""

import time

import pytest

from django.utils.translation import override

from portal.web import outbound
from portal.web.outbound import Unreachable, ask

from .internet import refusing, resolving
from .loopback import drip, reply, serving


@pytest.fixture
def loopback_allowed(settings):
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[fec0::1]/",
        "http://[2002:7f00:1::]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://224.0.0.1/",
        "ftp://vi-du.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://name:secret@93.184.216.34/",
        "http://93.184.216.34:22/",
        "http://[broken/",
        "",
    ],
)
def test_what_lies_inside_or_is_no_web_address_is_not_asked(url, monkeypatch):
    monkeypatch.setattr(outbound.socket, "create_connection", lambda *args: pytest.fail("It was asked."))
    with pytest.raises(Unreachable) as refused:
        ask(url)
    assert refused.value.forbidden


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with override("en"), pytest.raises(Unreachable, match="private"):
        ask("http://vi-du.example/")


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch, loopback_allowed):
    """A name that means something else the second time (DNS rebinding) changes nothing: it is asked for once."""
    asked = resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    tried = refusing(monkeypatch)
    with pytest.raises(Unreachable):
        ask("http://vi-du.example/")
    assert tried == [("93.184.216.34", 80)]
    assert asked == ["vi-du.example"]


def test_a_redirect_into_the_house_is_not_followed(loopback_allowed):
    with (
        serving(lambda handler: reply(handler, 302, Location="http://localhost:1/")) as (url, _asked),
        pytest.raises(Unreachable) as refused,
    ):
        ask(url)
    assert refused.value.forbidden


def test_permanent_redirects_give_the_new_address(loopback_allowed):
    def answer(handler):
        if handler.path == "/cu":
            reply(handler, 301, Location="/moi")
        elif handler.path == "/tam":
            reply(handler, 302, Location="/moi")
        else:
            reply(handler, body=b"xin")

    with serving(answer) as (url, _asked):
        assert ask(f"{url}/cu").moved_to == f"{url}/moi"
        assert ask(f"{url}/tam").moved_to == ""
        assert ask(f"{url}/tam").url == f"{url}/moi"
        assert ask(f"{url}/moi").content == b"xin"


def test_a_redirect_may_be_written_in_letters_of_any_language(loopback_allowed):
    def answer(handler):
        if handler.path == "/cu":
            reply(handler, 302, Location="/thư-viện".encode().decode("latin-1"))
        else:
            reply(handler, body=b"xin")

    with serving(answer) as (url, asked):
        assert ask(f"{url}/cu").content == b"xin"
    assert asked[-1] == ("GET", "/th%C6%B0-vi%E1%BB%87n")


def test_redirects_without_an_end_are_given_up(loopback_allowed):
    with (
        serving(lambda handler: reply(handler, 302, Location="/x")) as (url, asked),
        pytest.raises(Unreachable),
    ):
        ask(url)
    assert len(asked) <= outbound.MAX_REDIRECTS + 1


def test_no_more_is_read_than_wanted(loopback_allowed):
    with serving(lambda handler: reply(handler, body=b"x" * 100_000)) as (url, _asked):
        assert len(ask(url, limit=5000).content) == 5000


@pytest.mark.parametrize("ends_its_headers", [True, False])
def test_a_server_that_drips_is_cut_off(loopback_allowed, ends_its_headers):
    def answer(handler):
        handler.send_response(200)
        if ends_its_headers:
            handler.end_headers()
        else:
            handler.flush_headers()
        drip(handler)

    began = time.monotonic()
    with serving(answer) as (url, _asked), pytest.raises(Unreachable):
        ask(url, timeout=0.2)
    assert time.monotonic() - began < 5


def test_who_asks_says_how_to_be_reached(loopback_allowed, settings):
    seen = []

    def answer(handler):
        seen.append(handler.headers["User-Agent"])
        reply(handler)

    with serving(answer) as (url, _asked):
        ask(f"{url}/ký tự", method="HEAD")
    assert settings.DEFAULT_FROM_EMAIL in seen[0]


def test_a_host_is_reached_by_another_of_its_addresses(monkeypatch):
    """Many have an address of IPv6 that does not work."""
    resolving(monkeypatch, ["2606:2800:220:1::1", "93.184.216.34"])
    tried = refusing(monkeypatch)
    with pytest.raises(Unreachable):
        ask("http://vi-du.example/")
    assert tried == [("2606:2800:220:1::1", 80), ("93.184.216.34", 80)]


def test_an_answer_that_ends_too_early_says_so(loopback_allowed):
    with serving(lambda handler: reply(handler, body=b"half of it", cut=4)) as (url, _asked):
        answer = ask(url)
    assert (answer.content, answer.complete) == (b"half", False)


def test_a_line_asks_over_the_connection_that_it_has(loopback_allowed):
    """And opens another one for another server."""
    ports = []

    def answer(handler):
        ports.append(handler.client_address)
        reply(handler, body=b"xin")

    with serving(answer, keeps=True) as (one, _asked), serving(answer, keeps=True) as (other, _asked_too):
        line = outbound.Line()
        for url in (one, one, other, one):
            assert line.ask(url).content == b"xin"
        line.close()
    assert ports[0] == ports[1]
    assert len(set(ports)) == 3
