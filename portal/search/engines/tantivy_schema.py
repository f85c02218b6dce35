"""The fields of the embedded index, and the document of an entry."""

import json
from datetime import date as Date

from tantivy import Document, Schema, SchemaBuilder

from portal.text import sort_key

from .. import tokens
from ..engine import EngineHit
from ..entry import Entry

PHRASE_FIELDS = ("text_base", "text_exact")  # where the order of the words is asked for
WORD_FIELDS = ("title_base", "title_exact", "title_glued", "subjects_base", "persons_base")
TOKEN_FIELDS = (*PHRASE_FIELDS, *WORD_FIELDS)
KEYWORDS = ("key", "kind", "language", "audience")
NO_DAY = 0  # an entry without a date is older than all


def build() -> Schema:
    builder = SchemaBuilder()
    for name in PHRASE_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in KEYWORDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", tokenizer_name="raw", index_option="basic")  # "<key> <digest>"
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    builder.add_integer_field("uses", fast=True)
    builder.add_json_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("shown", stored=True)  # JSON of an EngineHit: one fetch a hit
    builder.add_bytes_field("persons", stored=True)  # JSON of their names
    return builder.build()


SCHEMA = build()


def document(entry: Entry) -> Document:
    made = tokens.of(entry)
    fields = {name: getattr(made, name) for name in TOKEN_FIELDS}
    fields |= {name: getattr(entry, name) for name in KEYWORDS}
    fields["stamp"] = f"{entry.key} {tokens.digest(entry)}"
    fields["title_order"] = sort_key(str(entry.title))
    fields["day"] = entry.date.toordinal() if entry.date else NO_DAY
    fields["uses"] = entry.uses
    fields["facets"] = {name: list(map(str, values)) for name, values in entry.facets.items() if values}
    fields["shown"] = _shown(entry)
    fields["persons"] = _stored(list(map(str, entry.persons)))
    return Document.from_dict(fields, SCHEMA)


def _shown(entry: Entry) -> bytes:
    day = entry.date.toordinal() if entry.date else NO_DAY
    texts = (entry.key, entry.kind, entry.title, entry.summary, entry.url, entry.language)
    return _stored([*map(str, texts), day])


def _stored(value: list) -> bytes:
    """As UTF-8: a Vietnamese letter takes two or three bytes, where an escape in ASCII takes six."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def persons(document: Document) -> list[str]:
    return json.loads(bytes(document.get_first("persons")))


def hit(document: Document) -> EngineHit:
    *texts, day = json.loads(bytes(document.get_first("shown")))
    return EngineHit(*texts, date=Date.fromordinal(day) if day != NO_DAY else None)
