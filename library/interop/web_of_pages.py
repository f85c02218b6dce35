"""A web of lists and sitemaps as a reader remembers it in its cursor: which it has met, and what is of the same site. Pure."""

from hashlib import sha256
from urllib.parse import urlsplit

DIGITS = 16  # hexadecimal


def mark_of(url: str) -> str:
    """By which an address is remembered: thousands of them stand in a cursor."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def site_of(url: str) -> str:
    """The host, whatever the scheme; "" for what has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
