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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from .pinned import PinnedHTTP, PinnedHTTPS, why_untrusted

SCHEMES = {"http": 80, "https": 443}
PORTS = (80, 443, 8080, 8443)
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
MAX_REDIRECTS = 5
TIMEOUT = 5.0  # s for each wait, and for the whole answer
MAX_BYTES = 1024 * 1024
PIECE = 64 * 1024
# Of IPv6, with an address of IPv4 as their end: NAT64 (RFC 6052), translated (RFC 2765), compatible (RFC 4291)
ENDING_IN_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
OF_ONE_NETWORK = ipaddress.IPv6Network("64:ff9b:1::/48")  # NAT64 of a house of its own (RFC 8215)

Allowed = Callable[[str, int], bool]  # host, port -> may it lie inside, at any port?


class Unreachable(Exception):
    """Nobody answered, or the address is not one to ask. `str()` is a sentence for people; `forbidden` when it is we
    who do not ask, `untrusted` when the server cannot show who it is."""

    def __init__(self, reason: str, *, forbidden: bool = False, untrusted: bool = False):
        super().__init__(reason)
        self.forbidden = forbidden
        self.untrusted = untrusted


@dataclass(frozen=True, slots=True)
class Answer:
    """`url` is where it came from after redirects; `moved_to` the address that permanent redirects alone led to, "" when
    none did. `complete` is False when the content was cut off, at the limit or because the server hung up."""

    status: int
    url: str
    moved_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    content: bytes = b""
    complete: bool = True

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def user_agent() -> str:
    """Who asks, and where to complain."""
    return f"PortalKhuyenHoc/1.0 (+{settings.WAGTAILADMIN_BASE_URL}; {settings.DEFAULT_FROM_EMAIL})"


def allowed_by_settings(host: str, _port: int) -> bool:
    return host in settings.OUTBOUND_ALLOWED_HOSTS


def ask(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    limit: int = MAX_BYTES,
    timeout: float = TIMEOUT,
) -> Answer:
    """The answer of the web at `url`, whatever its status, at most `limit` bytes of it. Raises Unreachable."""
    return Line(keep=False).ask(url, method=method, headers=headers, limit=limit, timeout=timeout)


class Line:
    """Asks one question after another; with `keep` over the same connection, as long as it is the same server.

    `allowed` names the hosts inside our own network that may be asked, `ports` those at which all others may be;
    `redirects`: how many in a row are followed.
    """

    def __init__(
        self,
        *,
        allowed: Allowed = allowed_by_settings,
        keep: bool = True,
        ports: Sequence[int] = PORTS,
        redirects: int = MAX_REDIRECTS,
    ):
        self._allowed = allowed
        self._ports = ports
        self._redirects = redirects
        self._keep = keep
        self._kept: tuple[tuple[str, str, int], HTTPConnection] | None = None

    def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        limit: int = MAX_BYTES,
        timeout: float = TIMEOUT,
        wait: float | None = None,
    ) -> Answer:
        """`timeout`: seconds for the whole answer; `wait`: for each silence in it. Raises Unreachable."""
        permanent, moved_to = True, ""
        deadline = time.monotonic() + timeout
        for _hop in range(self._redirects + 1):
            with self._asked(url, method, headers or {}, deadline, wait or timeout) as response:
                target = _location(response)
                if response.status not in REDIRECTS or not target:
                    content, complete = b"", True
                    if method != "HEAD":
                        content, complete = _content(response, limit, deadline)
                    given = {name.lower(): value for name, value in response.headers.items()}
                    return Answer(response.status, url, moved_to, given, content, complete)
                permanent = permanent and response.status in PERMANENT
                url = urljoin(url, target)
                moved_to = url if permanent else moved_to
        raise Unreachable(_("The address sends from one place to the next without an end."))

    def close(self) -> None:
        if self._kept:
            self._kept[1].close()
            self._kept = None

    @contextlib.contextmanager
    def _asked(
        self, url: str, method: str, headers: Mapping[str, str], deadline: float, wait: float
    ) -> Iterator[HTTPResponse]:
        parts, host, port = _parts(url, self._allowed, self._ports)
        server = (parts.scheme, host, port)
        kept = self._kept[1] if self._kept and self._kept[0] == server else None
        if not kept:
            self.close()
        self._kept = None
        connection = kept or self._fresh(server, min(wait, _left(deadline)))
        watch = threading.Timer(
            _left(deadline), lambda: _hang_up(connection)
        )  # also for one who drips headers
        watch.daemon = True
        watch.start()
        response = None
        try:
            message = (method, _target(parts), self._headers(headers))
            try:
                response = _exchange(connection, message, min(wait, _left(deadline)))
            except (ConnectionError, HTTPException):
                if not kept:
                    raise
                connection.close()  # it has been closed meanwhile; that is no fault of the server
                connection = self._fresh(server, min(wait, _left(deadline)))
                response = _exchange(connection, message, min(wait, _left(deadline)))
            yield response
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(why_untrusted(host, error), untrusted=True) from error
        except (OSError, HTTPException) as error:
            raise Unreachable(_("The server %(host)s does not answer.") % {"host": host}) from error
        finally:
            watch.cancel()
            if self._keep and response is not None and response.isclosed() and not response.will_close:
                self._kept = (server, connection)
            else:
                connection.close()

    def _fresh(self, server: tuple[str, str, int], timeout: float) -> HTTPConnection:
        scheme, host, port = server
        addresses = public_addresses(host, port, self._allowed)
        return (PinnedHTTPS if scheme == "https" else PinnedHTTP)(host, port, addresses, timeout)

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        connection = {} if self._keep else {"Connection": "close"}
        return {"User-Agent": user_agent(), "Accept": "*/*", **connection, **headers}


def public_addresses(host: str, port: int, allowed: Allowed = allowed_by_settings) -> list[str]:
    """What `host` resolves to. Raises Unreachable unless all of it lies in the open internet (or is allowed)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("There is no server of the name %(host)s.") % {"host": host}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allowed(host, port) and not all(map(_is_public, addresses)):
        raise Unreachable(_("The address leads into a private network."), forbidden=True)
    return addresses


def _is_public(address: str) -> bool:
    """Also an IPv4 address in the clothes of IPv6 (mapped, 6to4, Teredo) must be a public one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inside = []
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local or ip in OF_ONE_NETWORK:  # Python takes them for public ones
            return False
        teredo = ip.teredo[1] if ip.teredo else None
        end = ipaddress.IPv4Address(ip.packed[-4:]) if any(ip in each for each in ENDING_IN_IPV4) else None
        inside = [each for each in (ip.ipv4_mapped, ip.sixtofour, teredo, end) if each]
    return all(each.is_global and not each.is_multicast for each in inside or [ip])


def place_of(url: str) -> tuple[str, int]:
    """The host and the port of an address; "" and 0 when it has none. Raises ValueError where it is no address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or SCHEMES.get(parts.scheme, 0)


def _parts(url: str, allowed: Allowed, ports: Sequence[int]) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked. Raises Unreachable for any other."""
    try:
        parts = urlsplit(url)
        host, port = place_of(url)
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise Unreachable(_("This is not an address of the web."), forbidden=True) from error
    if parts.scheme not in SCHEMES or not host or parts.username is not None:
        raise Unreachable(_("This is not an address of the web."), forbidden=True)
    if port not in ports and not allowed(host, port):
        raise Unreachable(_("The address names an unusual port (%(port)s).") % {"port": port}, forbidden=True)
    return parts, host, port


def _location(response: HTTPResponse) -> str:
    """Where it sends us, "" for nowhere; some servers write letters as they are, in UTF-8."""
    said = response.headers.get("Location", "")
    try:
        return said.encode("latin-1").decode()
    except UnicodeError:
        return said


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return urlunsplit(("", "", path, quote(parts.query, safe="/%:@!$&'()*+,;=?~"), ""))


def _exchange(
    connection: HTTPConnection, message: tuple[str, str, Mapping[str, str]], timeout: float
) -> HTTPResponse:
    connection.timeout = timeout
    if connection.sock:
        connection.sock.settimeout(timeout)
    method, target, headers = message
    connection.request(method, target, headers=headers)
    return connection.getresponse()


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock:
        with contextlib.suppress(OSError):  # it has hung up itself
            connection.sock.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable(_("The answer takes too long."))
    return left


def _content(response: HTTPResponse, limit: int, deadline: float) -> tuple[bytes, bool]:
    """What came, and whether it is all. A server that drips its answer is cut off at the deadline."""
    content, whole = bytearray(), False
    while len(content) < limit:
        _left(deadline)
        try:
            piece = response.read1(min(PIECE, limit - len(content)))
        except (IncompleteRead, ConnectionError):
            break
        content += piece
        if not piece or response.length == 0:
            whole = not response.length
            break
    _left(deadline)
    if whole:
        response.close()
    return bytes(content), whole
