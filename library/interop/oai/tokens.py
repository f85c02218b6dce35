"""Resumption tokens: where to go on, signed, so that nobody makes his own. Pure but for the secret key.

A token holds the request it continues, whole, and the position behind which the next page begins: a position that only grows, so
a token asked for twice gives the same page, whatever has come or gone before it.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

from .requests import OaiError, OaiRequest, checked

SALT = "library.interop.oai"
LIFETIME = 3 * 24 * 60 * 60  # s
KEPT = ("metadataPrefix", "from", "until", "set")


@dataclass(frozen=True, slots=True)
class Place:
    """`after`: the position behind which the page begins; `cursor`: how many records were given before it; `size`: how many
    the list had when it began."""

    after: int
    cursor: int
    size: int


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    expires: datetime


def write(request: OaiRequest, place: Place) -> Token:
    expires = int(time.time()) + LIFETIME
    arguments = {name: request.arguments[name] for name in KEPT if name in request.arguments}
    told = [request.verb, arguments, place.after, place.cursor, place.size, expires]
    return Token(signing.dumps(told, salt=SALT), datetime.fromtimestamp(expires, UTC))


def read(request: OaiRequest) -> tuple[OaiRequest, Place]:
    """The request that the token of `request` continues, and where. Raises OaiError."""
    try:
        verb, arguments, after, cursor, size, expires = signing.loads(request.token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise _bad("We did not give out this token.", request) from None
    if verb != request.verb:
        raise _bad(f"This token continues {verb}.", request)
    if time.time() > expires:
        raise _bad("This token has expired; begin again, from the date of your first request.", request)
    try:
        continued = checked(verb, arguments)
    except OaiError:  # a format that was given up since
        raise _bad("This list is not given any more.", request) from None
    return continued, Place(after, cursor, size)


def _bad(text: str, request: OaiRequest) -> OaiError:
    return OaiError("badResumptionToken", text, request.arguments)
