"""An internet of the test's own: what its names mean, and where nobody answers."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from portal.web import outbound

HERE = ("", "localhost", socket.gethostname())


@contextmanager
def cut_off() -> Iterator[None]:
    """Of the names of the world none is known, as on a machine without a line; nobody's name server is asked.
    Addresses mean what they mean, however they are written."""
    known = socket.getaddrinfo

    def resolve(host, *arguments, **named):
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name not in HERE and ":" not in name and name[:1].isalpha():
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *arguments, **named)

    with patch.object(socket, "getaddrinfo", resolve):
        yield


def resolving(monkeypatch, *turns: Sequence[str]) -> list[str]:
    """Every name means the addresses of the first turn when it is looked up first, and those of the last ever after;
    gives the names that have been looked up."""
    asked: list[str] = []

    def resolve(host, port, **_kwargs):
        addresses = turns[min(len(asked), len(turns) - 1)]
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    return asked


def refusing(monkeypatch) -> list[tuple[str, int]]:
    """Nobody answers anywhere; gives the addresses and ports that have been asked."""
    tried: list[tuple[str, int]] = []

    def connect(address, _timeout):
        tried.append(address)
        raise ConnectionRefusedError(address)

    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    return tried
