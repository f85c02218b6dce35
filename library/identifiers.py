"""Identifiers in one normal form, so that the same number written in two ways is the same. Pure: no database."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError as BadNumber

from django.utils.translation import gettext as _

from .enums import IdentifierScheme

DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
PASSED_ON = ("utm_", "fbclid", "gclid", "zarsrc")  # what services add to an address that people pass on
HANDLE = re.compile(r"(?:https?://hdl\.handle\.net/|hdl:)?(\d[\d.]*/\S+)", re.IGNORECASE)


def normal_identifier(scheme: str, text: str) -> str:
    """ISBN as 13 digits (ISO 2108), ISSN as 8 characters (ISO 3297), DOI in small letters without its resolver
    (ISO 26324: it has no case), Handle without its resolver. Raises ValueError with a sentence for the reader."""
    text = text.strip()
    try:
        if scheme == IdentifierScheme.ISBN:
            return isbn.validate(text, convert=True)
        if scheme == IdentifierScheme.ISSN:
            return issn.validate(text)
    except BadNumber as error:
        reason = _("“%(text)s” is not a right %(scheme)s: a figure is missing or wrong.")
        raise ValueError(reason % {"text": text, "scheme": scheme.upper()}) from error
    pattern = DOI if scheme == IdentifierScheme.DOI else HANDLE
    match = pattern.fullmatch(unquote(text))
    if not match:
        reason = _("“%(text)s” is not a right %(scheme)s.")
        raise ValueError(reason % {"text": text, "scheme": IdentifierScheme(scheme).label})
    return match[1].lower()


@lru_cache(maxsize=1024)  # what comes in together is asked for several times
def plain_address(url: str) -> str:
    """Two addresses that lead to one page are the same here: "a.example/x?id=1" for "http://www.a.example/x/?id=1#top"."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    asked = parse_qsl(parts.query) if parts.query else ()
    kept = [(name, value) for name, value in asked if not name.lower().startswith(PASSED_ON)]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")
