"""What stands before a real Elasticsearch: TLS, and an API key without which nothing is answered."""

import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from .machine import program

PASSED_ON = ("content-type", "x-elastic-product")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has signed but itself, and its key. Raises Missing."""
    openssl = program("openssl", missing="no openssl")
    made, key = folder / "certificate.pem", folder / "key.pem"
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    command = [openssl, *new, *names, "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@contextmanager
def running(target: str, api_key: str, made: Path, key: Path) -> Iterator[str]:
    """Yields the https address of a proxy to `target`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("authorization") != f"ApiKey {api_key}":
                self._answer(401, [("content-type", "application/json")], b'{"error": "who are you?"}')
                return
            server = http.client.HTTPConnection(urlsplit(target).netloc, timeout=30)
            headers = {
                name: self.headers[name] for name in ("accept", "content-type") if name in self.headers
            }
            server.request(self.command, self.path, body, headers)
            answer = server.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() in PASSED_ON]
            self._answer(answer.status, kept, answer.read())
            server.close()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass_on

        def _answer(self, status, headers, content):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *args):
            """The tests' output is not for each request."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
