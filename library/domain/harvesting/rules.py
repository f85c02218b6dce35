"""What becomes of a record that a source offers: its defaults, our subjects for its words, and what is too much for a row."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.text import fold, nfc

from ...enums import Kind, Language
from ...interop.limits import LONGEST_ADDRESS, LONGEST_KEY, LONGEST_NAME, LONGEST_TAG, LONGEST_TITLE
from ...interop.page import Found
from ...licences import UNKNOWN
from ...models import Source, SubjectMapping
from ..writing import Incoming, Sent

MOST_TAGS = 12
MOST_WORDS = 6  # of a tag; longer ones are sentences, which nobody types
LONGEST_WORD = SubjectMapping._meta.get_field("word").max_length
NO_TAG = ("://", "::", "--", " / ", "|")  # marks of a classification: "Khoa học::Toán học"
KNOWN_WORDS = 20_000
LONGEST = {
    "title": LONGEST_TITLE,
    "publisher": LONGEST_NAME,
    "rights_holder": LONGEST_NAME,
    "source_url": LONGEST_ADDRESS,
    "licence": 100,
}


class Refused(Exception):
    """The record cannot be taken; `str()` says why."""


class Rules:
    """Those of one source, as they are when a harvest begins."""

    def __init__(self, source: Source):
        mappings = SubjectMapping.objects.filter(Q(source=source.pk) | Q(source=None)).order_by("source")
        rows = list(mappings.values_list("source", "word", "subject__slug"))
        self._subjects = {
            word: slug for _source, word, slug in sorted(rows, key=lambda row: row[0] is not None)
        }
        self._defaults = {
            "language": source.language or Language.UNDETERMINED.value,
            "kind": source.kind or Kind.BOOK.value,
            "licence": source.licence or UNKNOWN,
        }
        self._meaning = lru_cache(maxsize=KNOWN_WORDS)(self._meaning_of)

    def incoming(self, found: Found) -> Incoming:
        """Raises Refused."""
        values = self.as_ours(found)
        refuse_too_much(found.identifier, values)
        said = json.dumps([values, found.subject_words, found.rights_note], ensure_ascii=False)
        digest = hashlib.blake2b(found.raw, digest_size=16, key=DIGEST)
        digest.update(said.encode("utf-8", "surrogatepass"))
        sent = Sent(
            found.raw,
            found.format,
            found.datestamp[:40],
            digest.hexdigest(),
            found.subject_words,
            found.rights_note,
        )
        return Incoming(found.identifier, values, sent)

    def as_ours(self, found: Found) -> dict[str, Any]:
        """In the shape of `description`."""
        values = self._defaults | {name: value for name, value in (found.values or {}).items() if value != ""}
        subjects, tags = self._about(found.subject_words)
        values["subjects"] = list(dict.fromkeys([*values.get("subjects", ()), *subjects]))
        own = filter(None, (nfc(tag).strip()[:LONGEST_TAG] for tag in values.get("tags", ())))
        given = {tag.casefold(): tag for tag in (*reversed(tags), *own)}
        values["tags"] = list(given.values())[:MOST_TAGS]
        return values

    def _about(self, words: Iterable[str]) -> tuple[list[str], list[str]]:
        """Our subjects, and the words that are none and short enough to be a tag."""
        subjects, tags = [], []
        for word in words:
            subject, tag = self._meaning(word)
            if subject:
                subjects.append(subject)
            elif tag:
                tags.append(tag)
        return subjects, tags

    def _meaning_of(self, word: str) -> tuple[str, str]:
        subject = self._subjects.get(key_of(word), "")
        return subject, "" if subject else as_tag(word)


DIGEST = b"1"  # another one makes every record be looked at again


def key_of(word: str) -> str:
    """By which a word of a source is known, whatever its accents and capitals: of a whole sentence its beginning."""
    return fold(word).strip()[:LONGEST_WORD].strip()


def as_tag(word: str) -> str:
    """ "" for what no reader would type."""
    tag = " ".join(nfc(word).split()).strip(" .,;:")
    fits = 1 < len(tag) <= LONGEST_TAG and len(tag.split()) <= MOST_WORDS
    if not fits or not any(map(str.isalpha, tag)) or any(mark in tag for mark in NO_TAG):
        return ""
    return tag


def refuse_too_much(key: str, values: dict[str, Any]) -> None:
    """Readers cut what is too long; SQLite would take anything. Raises Refused."""
    if not key or len(key) > LONGEST_KEY:
        raise Refused(_("It has no identifier, or one that is too long."))
    if not values.get("title"):
        raise Refused(_("It has no title."))
    too_long = [name for name, longest in LONGEST.items() if len(values.get(name) or "") > longest]
    too_long += ["creators"] * any(len(name) > LONGEST_NAME for name, _role in values.get("creators", ()))
    too_long += ["links"] * any(len(url) > LONGEST_ADDRESS for url in values.get("links", ()))
    if too_long:
        raise Refused(_("It says more than a field holds: %(names)s.") % {"names": ", ".join(too_long)})
