"""Asking a source: patient with what passes, never led into the house, never drowned."""

import gzip
import socket
import ssl
import subprocess
import threading
import zlib
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from django.utils.translation import override

from library.interop import fetching
from library.interop.fetching import LONGEST_REST, Fetcher, may_be_harvested
from library.interop.page import SourceProblem
from portal.web import outbound
from tests.services.machine import program
from tests.web import loopback
from tests.web.internet import refusing, resolving

from .oai_server import Reply, serving


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def at_first(*replies: Reply, then: str = "xin"):
    """These answers, then a good one."""
    coming = iter(replies)
    return lambda _path: next(coming, Reply(then))


# Patience


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


# Redirects


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


def test_redirects_without_an_end(fetcher):
    log = []
    with (
        serving(lambda path: Reply(status=302, headers={"Location": f"{path}x"}), log=log) as url,
        pytest.raises(SourceProblem),
    ):
        fetcher.get(url)
    assert len(log) <= (outbound.MAX_REDIRECTS + 1) * fetching.TRIES


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


# Whom we ask


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


# How much


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(b"xin chao"), "gzip"),
        (gzip.compress(b"xin ") + gzip.compress(b"chao"), "gzip"),
        (zlib.compress(b"xin chao"), "deflate"),
        (zlib.compress(b"xin chao", wbits=-15), "deflate"),
        (gzip.compress(b"xin chao"), ""),
        (b"xin chao", "gzip"),
        (b"xin chao", "identity"),
    ],
    ids=[
        "gzip",
        "gzip twice",
        "zlib",
        "deflate",
        "gzip untold",
        "plain as gzip",
        "plain",
    ],  # gzip has the time in it
)
def test_packed_answers(fetcher, packed, encoding):
    with serving(
        lambda _path: Reply(packed, headers={"Content-Encoding": encoding} if encoding else {})
    ) as url:
        assert fetcher.get(url).content == b"xin chao"


def test_half_of_a_packed_answer_is_half_an_answer(fetcher):
    packed = gzip.compress(b"".join(b"%d " % number for number in range(10_000)))
    with serving(lambda _path: Reply(packed[:10_000], headers={"Content-Encoding": "gzip"})) as url:
        fetched = fetcher.get(url)
    assert not fetched.complete
    assert fetched.content.startswith(b"0 1 2 ")


def test_a_bomb_is_not_unpacked(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1_000_000)
    bomb = gzip.compress(bytes(30_000_000))
    assert len(bomb) < 100_000
    with (
        serving(lambda _path: Reply(bomb, headers={"Content-Encoding": "gzip"})) as url,
        pytest.raises(SourceProblem, match="larger"),
    ):
        fetcher.get(url)


def test_no_more_is_read_than_the_limit(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    with serving(lambda _path: Reply(b"x" * 200_000)) as url, pytest.raises(SourceProblem, match="larger"):
        fetcher.get(url)


def test_a_server_that_drips_is_cut_off(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE", 0.2)
    monkeypatch.setattr(fetching, "TRIES", 1)

    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        loopback.drip(handler)

    with loopback.serving(answer) as (url, _asked), pytest.raises(SourceProblem):
        fetcher.get(url)


# Certificates


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A root, one below it, and a certificate for 127.0.0.1 that the second has signed; gives their folder."""
    folder, openssl = tmp_path_factory.mktemp("ca"), program("openssl", missing="no openssl")

    def made(name, *more, signer=None, extensions):
        (folder / f"{name}.ext").write_text(extensions)
        run = {"check": True, "capture_output": True, "cwd": folder}
        subject = [
            "-subj",
            f"/CN={name}",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            f"{name}.key",
        ]
        subprocess.run([openssl, "req", "-new", *subject, "-out", f"{name}.csr"], **run)
        by = (
            ["-CA", f"{signer}.pem", "-CAkey", f"{signer}.key", "-CAcreateserial"]
            if signer
            else ["-signkey", f"{name}.key"]
        )
        subprocess.run([openssl, "x509", "-req", "-in", f"{name}.csr", *by, "-days", "2", "-extfile", f"{name}.ext",
                        "-out", f"{name}.pem"], **run)  # fmt: skip

    made("root", extensions="basicConstraints=critical,CA:TRUE")
    made("middle", signer="root", extensions="basicConstraints=critical,CA:TRUE")
    made("leaf", signer="middle", extensions="subjectAltName=IP:127.0.0.1")
    made("other", signer="middle", extensions="subjectAltName=DNS:khac.example")
    return folder


@pytest.fixture
def over_tls(authority, monkeypatch):
    """over_tls("leaf", "middle") -> the address of a server that shows these certificates."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "root.pem"))
    with ExitStack() as servers:

        def started(*names):
            chain = authority / f"{'-'.join(names)}.chain"
            chain.write_text("".join((authority / f"{name}.pem").read_text() for name in names))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(chain, authority / f"{names[0]}.key")
            server = loopback.serving(lambda handler: loopback.reply(handler, body=b"xin"), tls=context)
            url, _asked = servers.enter_context(server)
            return f"{url}/"

        yield started


def test_a_whole_chain_of_certificates(fetcher, over_tls):
    assert fetcher.get(over_tls("leaf", "middle")).content == b"xin"


def test_incomplete_certificate_chain_is_told_and_never_passed_over(fetcher, rests, over_tls):
    with pytest.raises(SourceProblem, match="intermediate certificate"):
        fetcher.get(over_tls("leaf"))
    assert rests == []
    with override("vi"), pytest.raises(SourceProblem, match="chứng thư trung gian"):
        fetcher.get(over_tls("leaf"))


def test_a_certificate_for_another_name(fetcher, over_tls):
    with pytest.raises(SourceProblem, match="another name"):
        fetcher.get(over_tls("other", "middle"))


def test_a_redirect_from_http_to_https(fetcher, over_tls):
    secure = over_tls("leaf", "middle")
    with serving(lambda path: Reply(status=301, headers={"Location": f"{secure}{path[1:]}"})) as url:
        assert fetcher.get(f"{url}?verb=Identify").url == f"{secure}oai?verb=Identify"
