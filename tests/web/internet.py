"""An internet of the test's own: what its names mean, and where nobody answers."""

from collections.abc import Sequence

from portal.web import outbound


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
