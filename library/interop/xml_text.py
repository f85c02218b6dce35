"""Text and elements of XML as strings: a hundred thousand records are written so. Pure."""

import re
from xml.sax.saxutils import escape

from portal.text import nfc

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2
QUOTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
RETURN = {"\r": "&#13;"}  # a parser would read it as a line break


def fit_for_xml(text: str) -> str:
    """Without the characters that no XML may hold."""
    return NOT_IN_XML.sub("", text)


def clean(text: str) -> str:
    """The same, in NFC."""
    return fit_for_xml(nfc(text))


def content(text: str) -> str:
    return escape(clean(text), RETURN)


def attributes(values: dict[str, str]) -> str:
    """' verb="Identify"'; those without a value are left out."""
    return "".join(f' {name}="{escape(clean(value), QUOTE)}"' for name, value in values.items() if value)


def element(name: str, text: object, **given: str) -> str:
    """One with nothing but text in it, "" when there is none. `lang` is written as xml:lang."""
    text = content(str(text)) if text not in (None, "") else ""
    if not text.strip():
        return ""
    if "lang" in given:
        given["xml:lang"] = given.pop("lang")
    return f"<{name}{attributes(given)}>{text}</{name}>"


def wrapped(name: str, *inside: str, **given: str) -> str:
    """An element of elements, "" when there are none."""
    inner = "".join(inside)
    return f"<{name}{attributes(given)}>{inner}</{name}>" if inner else ""
