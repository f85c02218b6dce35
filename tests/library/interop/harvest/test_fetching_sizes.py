"""How much a source may send: packed or not, never so much that we drown."""

import gzip
import zlib

import pytest

from library.interop import fetching
from library.interop.page import SourceProblem
from tests.web import loopback

from .oai_server import Reply, serving

pytestmark = pytest.mark.usefixtures("in_english")


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


def test_a_file_of_gzip_has_some_parts_and_not_thousands(fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_PARTS", 20)
    part, gzipped = gzip.compress(b"x"), {"Content-Encoding": "gzip"}
    with serving(lambda _path: Reply(part * 20 + b"rest", headers=gzipped)) as url:
        assert fetcher.get(url).content == b"x" * 20
    with serving(lambda _path: Reply(part * 21, headers=gzipped)) as url, pytest.raises(SourceProblem):
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
