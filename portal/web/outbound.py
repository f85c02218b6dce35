"""Asking other web servers, without being led to our own network.

An address that a person or a record gives may name a host inside (a router, a database, the cloud's own addresses), or a
name that means one address when it is checked and another when it is asked. So the name is resolved once, every address
of it must be a public one, and exactly that address is asked. Each redirect is looked at in the same way.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

SCHEMES = {"http": 80, "https": 443}
PORTS = (80, 443, 8080, 8443)
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
MAX_REDIRECTS = 5
TIMEOUT = 5.0  # s for each wait, and for the whole answer
MAX_BYTES = 1024 * 1024
PIECE = 16 * 1024


class Unreachable(Exception):
    """Nobody answered, or the address is not one to ask. `str()` is a sentence for people; `forbidden` when it is we
    who do not ask."""

    def __init__(self, reason: str, *, forbidden: bool = False):
        super().__init__(reason)
        self.forbidden = forbidden


@dataclass(frozen=True, slots=True)
class Answer:
    """`url` is where it came from after redirects; `moved_to` the address that permanent redirects alone led to, "" when
    none did. `content` may be cut off at the limit."""

    status: int
    url: str
    moved_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    content: bytes = b""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def user_agent() -> str:
    """Who asks, and where to complain."""
    return f"PortalKhuyenHoc/1.0 (+{settings.WAGTAILADMIN_BASE_URL}; {settings.DEFAULT_FROM_EMAIL})"


def ask(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    limit: int = MAX_BYTES,
    timeout: float = TIMEOUT,
) -> Answer:
    """The answer of the web at `url`, whatever its status, at most `limit` bytes of it. Raises Unreachable."""
    permanent, moved_to = True, ""
    deadline = time.monotonic() + timeout
    for _hop in range(MAX_REDIRECTS + 1):
        with _asked(url, method, headers or {}, deadline) as response:
            target = response.headers.get("Location", "")
            if response.status not in REDIRECTS or not target:
                content = b"" if method == "HEAD" else _content(response, limit, deadline)
                given = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, url, moved_to, given, content)
            permanent = permanent and response.status in PERMANENT
            url = urljoin(url, target)
            moved_to = url if permanent else moved_to
    raise Unreachable(_("The address sends from one place to the next without an end."))


def public_addresses(host: str, port: int) -> list[str]:
    """What `host` resolves to. Raises Unreachable unless all of it lies in the open internet (or is allowed by
    OUTBOUND_ALLOWED_HOSTS, for tests)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("There is no server of the name %(host)s.") % {"host": host}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if host not in settings.OUTBOUND_ALLOWED_HOSTS and not all(map(_is_public, addresses)):
        raise Unreachable(_("The address leads into a private network."), forbidden=True)
    return addresses


def _is_public(address: str) -> bool:
    """Also an IPv4 address in the clothes of IPv6 (mapped, 6to4, Teredo) must be a public one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inside = []
    if isinstance(ip, ipaddress.IPv6Address):
        teredo = ip.teredo[1] if ip.teredo else None
        nat64 = ipaddress.IPv4Address(ip.packed[-4:]) if ip in NAT64 else None
        inside = [each for each in (ip.ipv4_mapped, ip.sixtofour, teredo, nat64) if each]
    return all(each.is_global and not each.is_multicast for each in inside or [ip])


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked. Raises Unreachable for any other."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or SCHEMES.get(parts.scheme, 0)
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise Unreachable(_("This is not an address of the web."), forbidden=True) from error
    if parts.scheme not in SCHEMES or not host or parts.username is not None:
        raise Unreachable(_("This is not an address of the web."), forbidden=True)
    if port not in PORTS and host not in settings.OUTBOUND_ALLOWED_HOSTS:
        raise Unreachable(_("The address names an unusual port (%(port)s).") % {"port": port}, forbidden=True)
    return parts, host, port


@contextlib.contextmanager
def _asked(url: str, method: str, headers: Mapping[str, str], deadline: float) -> Iterator[HTTPResponse]:
    parts, host, port = _parts(url)
    addresses = public_addresses(host, port)
    secure = parts.scheme == "https"
    connection = (_PinnedHTTPS if secure else _PinnedHTTP)(host, port, addresses[0], _left(deadline))
    target = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"), _query(parts), ""))
    watch = threading.Timer(_left(deadline), _hang_up, [connection])  # also for one who drips his headers
    watch.daemon = True
    watch.start()
    try:
        connection.request(
            method,
            target,
            headers={"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close", **headers},
        )
        yield connection.getresponse()
    except ssl.SSLCertVerificationError as error:
        reason = _("The certificate of %(host)s is not in order.") % {"host": host}
        raise Unreachable(reason) from error
    except (OSError, HTTPException) as error:
        raise Unreachable(_("The server %(host)s does not answer.") % {"host": host}) from error
    finally:
        watch.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock:
        with contextlib.suppress(OSError):  # it has hung up itself
            connection.sock.shutdown(socket.SHUT_RDWR)


def _query(parts: SplitResult) -> str:
    return quote(parts.query, safe="/%:@!$&'()*+,;=?~")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable(_("The answer takes too long."))
    return left


def _content(response: HTTPResponse, limit: int, deadline: float) -> bytes:
    """A server that drips its answer is cut off at the deadline."""
    content = b""
    while len(content) < limit:
        _left(deadline)
        piece = response.read1(min(PIECE, limit - len(content)))
        if not piece:
            break
        content += piece
    return content


class _PinnedHTTP(HTTPConnection):
    """Connects to the address that was checked, whatever the name means a moment later."""

    def __init__(self, host: str, port: int, address: str, timeout: float):
        super().__init__(host, port, timeout=timeout)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _PinnedHTTPS(HTTPSConnection):
    def __init__(self, host: str, port: int, address: str, timeout: float):
        self._certificates = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._certificates)
        self._address = address

    def connect(self) -> None:
        bare = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._certificates.wrap_socket(bare, server_hostname=self.host)
