"""The schemas of the specifications, where they lie beside the repository; a test says so when they do not."""

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.library.samples import shared

OWN = "https://drafts.opds.io/schema/"
# What the two schemas refer to and is not at hand, as far as we rely on it.
LINK = {
    "type": "object",
    "properties": {
        "href": {"type": "string", "minLength": 1},
        "type": {"type": "string", "minLength": 1},
        "title": {"type": "string", "minLength": 1},
        "rel": {"type": ["string", "array"], "minLength": 1},
        "templated": {"type": "boolean"},
        "properties": {"type": "object", "minProperties": 1},
    },
    "required": ["href"],
}
TITLED = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "identifier": {"type": "string", "pattern": "^[a-z]+:"},
        "@type": {"type": "string", "pattern": "^http://schema.org/"},
        "modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "numberOfItems": {"type": "integer", "minimum": 0},
        "itemsPerPage": {"type": "integer", "exclusiveMinimum": 0},
        "currentPage": {"type": "integer", "exclusiveMinimum": 0},
        "numberOfPages": {"type": "integer", "exclusiveMinimum": 0},
        "duration": {"type": "number", "exclusiveMinimum": 0},
        "language": {"type": ["string", "array"], "minItems": 1},
    },
    "required": ["title"],
}
BESIDE = {
    f"{OWN}feed-metadata.schema.json": TITLED,
    "https://readium.org/webpub-manifest/schema/link.schema.json": LINK,
    "https://readium.org/webpub-manifest/schema/metadata.schema.json": TITLED,
    "https://readium.org/webpub-manifest/schema/subcollection.schema.json": {},
}


def _path(name: str) -> Path:
    return shared(f"samples/schemas/{name}")


@cache
def _relax_ng(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_path(name)))


@cache
def _json_schema(name: str) -> Draft7Validator:
    own = {f"{OWN}{each.split('_')[1]}": json.loads(_path(each).read_text()) for each in JSON_SCHEMAS}
    known = {address: Resource(schema, DRAFT7) for address, schema in (BESIDE | own).items()}
    return Draft7Validator(
        {"$ref": f"{OWN}{name.split('_')[1]}"}, registry=Registry().with_resources(known.items())
    )


JSON_SCHEMAS = ("opds2_feed.schema.json", "opds2_publication.schema.json")


def assert_valid_atom(content: bytes):
    """A feed or an entry of OPDS 1.2; returns the tree."""
    tree = etree.fromstring(content)
    _relax_ng("opds_catalog_1_1.rng").assertValid(tree)
    return tree


def assert_valid_search_description(content: bytes):
    tree = etree.fromstring(content)
    _relax_ng("opensearchdescription.rng").assertValid(tree)
    return tree


def assert_valid_feed(content: bytes) -> dict:
    """Of OPDS 2.0."""
    data = json.loads(content)
    _json_schema("opds2_feed.schema.json").validate(data)
    return data


def assert_valid_publication(content: bytes) -> dict:
    data = json.loads(content)
    _json_schema("opds2_publication.schema.json").validate(data)
    return data
