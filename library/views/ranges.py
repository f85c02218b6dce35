"""Files sent whole or piece by piece, so that a download that broke off goes on where it stopped (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
BLOCK = 64 * 1024  # bytes read at a time


def send_file(
    request: HttpRequest, path: Path, *, media_type: str, etag: str, name: str = "", attachment: bool = False
) -> HttpResponseBase:
    """`path` as the answer to a GET or HEAD. `etag`: a text that changes when the file does, without quotes.

    Several ranges in one request are answered with the whole file, as the standard allows.
    """
    # GZipMiddleware would pack the pieces of a file that is packed already, and lose their places.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    size = path.stat().st_size
    wanted = _wanted(request, size, etag)
    if wanted == range(0):
        response = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = _body(request, path, wanted)
    response["Content-Length"] = len(wanted) if wanted else size
    if wanted:
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response["Content-Type"] = media_type
    response["ETag"] = f'"{etag}"'
    response["Accept-Ranges"] = "bytes"
    if disposition := content_disposition_header(attachment, name):
        response["Content-Disposition"] = disposition
    return response


def _body(request: HttpRequest, path: Path, wanted: range | None) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if wanted is None:
        return FileResponse(path.open("rb"))
    return StreamingHttpResponse(_piece(path, wanted), status=206)


def _piece(path: Path, wanted: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes asked for; None for the whole file, an empty range when there are no such bytes."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not asked or asked.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        return None  # the file that was begun is another one
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size) if int(last) and size else range(0)
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None  # no valid range, to be ignored
    return range(start, stop) if start < size else range(0)
