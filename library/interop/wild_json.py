"""JSON as the web really serves it. Pure."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

WEB_PAGE = re.compile(
    rb"\s*+(?>(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)  # never looked at twice
MARK = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class NotJson(ValueError):
    """`str()` is a sentence for people."""


def is_json(content: bytes) -> bool:
    """By its first sign: XML and web pages begin with another one."""
    return content.removeprefix(MARK).lstrip()[:1] in (b"{", b"[") or content.startswith(UTF_16)


def is_web_page(content: bytes) -> bool:
    return WEB_PAGE.match(content[:2000].removeprefix(MARK)) is not None


def ends_as_it_should(content: bytes) -> bool:
    """Good enough to ask again for half an answer."""
    return not is_json(content) or content.startswith(UTF_16) or content.rstrip()[-1:] in (b"}", b"]")


def read_json(content: bytes, *, charset: str = "") -> Any:
    """Bytes that are good UTF-8 are UTF-8 (RFC 8259, 8.1), whatever the header says. Raises NotJson."""
    if is_web_page(content):
        raise NotJson(_("The answer is a web page for people."))
    try:
        return json.loads(_decoded(content, charset))
    except (ValueError, RecursionError) as error:
        raise NotJson(_("The JSON is broken or was cut off.")) from error


def _decoded(content: bytes, charset: str) -> str:
    if content.startswith(UTF_16):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", charset or "cp1258", "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")
