"""OPDS 1.2: a catalogue as an Atom feed. Pure."""

from collections.abc import Iterator

from lxml import etree

from django.utils.translation import gettext as _

from ...enums import ContributorRole
from .. import plain_values as plain
from ..atom_parts import (
    Link,
    all_text,
    base_of,
    children,
    links_of,
    number_of,
    people_of,
    summary_of,
    text_of,
)
from ..wild_xml import local
from .publication import ACQUISITION, Publication, found
from .reading import CATALOGUE, CRAWLABLE, LISTS, NEXT, Catalogue, NotACatalogue

AGES = "http://schema.org/typicalAgeRange"
NOT_SUBJECTS = ("http://schema.org/audience", AGES)
SHELF_MARKS = ("/lcc", "/ddc")  # codes, no words


def read(root: etree._Element, url: str) -> Catalogue:
    """`url`: where the answer came from. Raises NotACatalogue."""
    if local(root.tag) != "feed":
        raise NotACatalogue(_("The answer is XML, but not a catalogue (OPDS)."))
    base = base_of(root, url)
    by_rel: dict[str, str] = {}
    for link in links_of(root, base):
        by_rel.setdefault(link.rel, link.href)
    records, lists = [], []
    for entry in children(root, "entry"):
        links = list(links_of(entry, base_of(entry, base)))
        onward = [] if any(each.rel.startswith(ACQUISITION) for each in links) else list(_onward(links))
        lists += onward
        if not onward:
            records.append(found(_publication(entry, links)))
    if not records and not lists:
        lists = [by_rel[rel] for rel in LISTS if rel in by_rel]
    return Catalogue(
        plain.line_of(text_of(root, "title")),
        records,
        by_rel.get(NEXT, ""),
        list(dict.fromkeys(lists)),
        by_rel.get(CRAWLABLE, ""),
        number_of(text_of(root, "totalResults")),
        plain.line_of(next((text_of(each, "email") for each in children(root, "author")), "")),
    )


def _onward(links: list[Link]) -> Iterator[str]:
    """Where an entry leads to that is a list itself; a part of an entry ("type=entry") is none."""
    for link in links:
        kind = link.type.replace(" ", "").lower()
        is_list = CATALOGUE in kind and "type=entry" not in kind and "relation=entry" not in kind
        if is_list or (link.rel in LISTS and "html" not in kind):
            yield link.href


def _publication(entry: etree._Element, links: list[Link]) -> Publication:
    categories = [each for each in children(entry, "category") if each.get("term") or each.get("label")]
    return Publication(
        identifier=plain.line_of(text_of(entry, "id")),
        title=plain.line_of(text_of(entry, "title")),
        subtitle=plain.line_of(text_of(entry, "alternativeHeadline")),
        raw=etree.tostring(entry, encoding="UTF-8", with_tail=False),
        format="opds1",
        updated=text_of(entry, "updated").strip(),
        people=[
            *people_of(entry, "author", ContributorRole.AUTHOR),
            *people_of(entry, "contributor", ContributorRole.CONTRIBUTOR),
        ],
        publisher=plain.line_of(text_of(entry, "publisher")),
        published=(text_of(entry, "issued") or text_of(entry, "published")).strip(),
        languages=[all_text(each) for each in children(entry, "language")],
        summary=summary_of(entry),
        subjects=[
            each.get("label") or each.get("term", "")
            for each in categories
            if each.get("scheme", "") not in NOT_SUBJECTS
            and not each.get("scheme", "").lower().endswith(SHELF_MARKS)
        ],
        numbers=[all_text(each) for each in children(entry, "identifier")],
        rights=[
            *(all_text(each) for each in children(entry, "rights")),
            *(each.href for each in links if each.rel == "license" and "lcp" not in each.type),
        ],
        kind=next((value for name, value in entry.attrib.items() if local(name) == "additionalType"), ""),
        ages=next((each.get("term", "") for each in categories if each.get("scheme") == AGES), ""),
        links=links,
    )
