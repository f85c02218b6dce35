"""A web server of the test's own."""

import contextlib
import ssl
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), OSError):  # a client may hang up
            super().handle_error(request, client_address)


@contextmanager
def serving(
    answer: Callable[[BaseHTTPRequestHandler], None],
    *,
    keeps: bool = False,
    tls: ssl.SSLContext | None = None,
):
    """A server on 127.0.0.1 that calls `answer(handler)` for every request; gives its address and what was asked.

    `keeps`: it keeps its connections; `tls`: what it shows who comes by https.
    """
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1" if keeps else "HTTP/1.0"
        wbufsize = -1  # head and body in one packet

        def _serve(self):
            asked.append((self.command, self.path))
            answer(self)

        do_GET = do_HEAD = _serve

        def log_message(self, *args):
            """Quiet."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def reply(handler, status: int = 200, body: bytes = b"", *, cut: int | None = None, **headers: str) -> None:
    """Send an answer; `Content_Type="text/html"` is the header Content-Type. `cut`: hang up after so many bytes of
    the body."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body[:cut])
    handler.close_connection = handler.close_connection or cut is not None


def drip(handler) -> None:
    """Send a byte now and then, for ten seconds or until nobody listens any more."""
    with contextlib.suppress(OSError):
        for _turn in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
