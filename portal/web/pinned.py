"""Connections to the addresses that were checked, whatever a name means a moment later, and what is wrong with a certificate."""

import contextlib
import socket
import ssl
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPSConnection

from django.utils.translation import gettext as _

# What OpenSSL says of a certificate (X509_V_ERR_*)
EXPIRED, OTHER_NAME, MISSING_ISSUER = (10,), (62, 64), (2, 20, 21)


class PinnedHTTP(HTTPConnection):
    """Connects to the first of `addresses` that answers."""

    def __init__(self, host: str, port: int, addresses: Sequence[str], timeout: float):
        super().__init__(host, port, timeout=timeout)
        self._addresses = addresses

    def connect(self) -> None:
        self.sock = _connected(self._addresses, self.port, self.timeout)


class PinnedHTTPS(HTTPSConnection):
    def __init__(self, host: str, port: int, addresses: Sequence[str], timeout: float):
        self._certificates = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._certificates)
        self._addresses = addresses

    def connect(self) -> None:
        bare = _connected(self._addresses, self.port, self.timeout)
        self.sock = self._certificates.wrap_socket(bare, server_hostname=self.host)


def _connected(addresses: Sequence[str], port: int, timeout: float | None) -> socket.socket:
    *others, last = addresses
    for address in others:  # a host may have an address of IPv6 that does not work
        with contextlib.suppress(OSError):
            return _plugged(address, port, timeout)
    return _plugged(last, port, timeout)


def _plugged(address: str, port: int, timeout: float | None) -> socket.socket:
    connected = socket.create_connection((address, port), timeout)
    with contextlib.suppress(OSError):
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def why_untrusted(host: str, error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in EXPIRED:
        reason = _("The certificate of %(host)s is out of date.")
    elif error.verify_code in OTHER_NAME:
        reason = _("The certificate of %(host)s was made for another name.")
    elif error.verify_code in MISSING_ISSUER:
        reason = _(
            "The server %(host)s does not send its whole chain of certificates, so it cannot be told from an impostor. "
            "Ask those who run it to add the intermediate certificate."
        )
    else:
        reason = _("The certificate of %(host)s is not in order.")
    return reason % {"host": host}
