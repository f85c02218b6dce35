"""The mapping of an index on Elasticsearch, and the document of an entry."""

from collections.abc import Mapping
from datetime import date as Date

from portal.text import sort_key

from .. import tokens
from ..engine import EngineHit
from ..entry import Entry
from .ranking import key_order

PHRASE_FIELDS = ("text_base", "text_exact")  # where the order of the words is asked for
WORD_FIELDS = ("title_base", "title_exact", "title_glued", "subjects_base", "persons_base")
TOKEN_FIELDS = (*PHRASE_FIELDS, *WORD_FIELDS)
WEIGHED_FIELDS = ("text_base", "title_base", "persons_base")  # where the engine's own score counts
KEYWORDS = ("key", "kind", "language", "audience")
# Where the word that is being typed is most often short; those of all the text would take more than the text itself
OPEN_FIELDS = ("title_base", "persons_base")
LONGEST_TOKEN = 255  # characters; the whitespace analyser would make two of a longer one
LONGEST_ORDER = 2000  # characters that sort a title; a keyword holds 32,766 bytes
NO_DAY = 0  # an entry without a date is older than all


def mapping() -> Mapping[str, object]:
    """Strict, but that a facet which a room brings later becomes a keyword like the others."""
    fields: dict[str, object] = {name: _tokens(name) for name in TOKEN_FIELDS}
    fields |= {name: {"type": "keyword"} for name in KEYWORDS}
    fields |= {name: {"type": "keyword", "index": False} for name in ("title_order", "digest")}
    fields |= {name: {"type": "integer", "index": False} for name in ("day", "uses")}
    fields["number"] = {"type": "long", "index": False}
    fields["facets"] = {"type": "object", "dynamic": True}
    fields |= {name: {"type": "object", "enabled": False} for name in ("shown", "persons")}
    facet = {"path_match": "facets.*", "mapping": {"type": "keyword", "norms": False}}
    return {
        "dynamic": "strict",
        "_source": {"includes": ["shown", "persons"]},
        "dynamic_templates": [{"facet": facet}],
        "properties": fields,
    }


def settings() -> Mapping[str, object]:
    """One shard, or else each would weigh the rareness of a word by its own entries; refreshed when we commit."""
    return {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "-1"}


def _tokens(name: str) -> dict[str, object]:
    field = {"type": "text", "analyzer": "whitespace"}
    if name in WORD_FIELDS:
        field["index_options"] = "freqs"
    if name not in WEIGHED_FIELDS:
        field["norms"] = False
    if name in OPEN_FIELDS:
        field["index_prefixes"] = {"min_chars": 1, "max_chars": 4}
    return field


def document(entry: Entry) -> dict[str, object]:
    made = tokens.of(entry)
    fields: dict[str, object] = {name: _cut(getattr(made, name)) for name in TOKEN_FIELDS}
    fields |= {name: getattr(entry, name) for name in KEYWORDS}
    fields["digest"] = tokens.digest(entry)
    fields["title_order"] = sort_key(str(entry.title))[:LONGEST_ORDER]
    fields["number"], _key = key_order(entry.key)
    fields["day"] = entry.date.toordinal() if entry.date else NO_DAY
    fields["uses"] = entry.uses
    fields["facets"] = {name: list(map(str, values)) for name, values in entry.facets.items() if values}
    texts = (entry.key, entry.kind, entry.title, entry.summary, entry.url, entry.language)
    fields["shown"] = [*map(str, texts), fields["day"]]
    fields["persons"] = list(map(str, entry.persons))
    return fields


def hit(source: Mapping[str, list]) -> EngineHit:
    """The `_source` of a hit."""
    *texts, day = source["shown"]
    return EngineHit(*texts, date=Date.fromordinal(day) if day != NO_DAY else None)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TOKEN:
        return text
    made = text.split(" ")
    return text if max(map(len, made)) <= LONGEST_TOKEN else " ".join([one[:LONGEST_TOKEN] for one in made])
