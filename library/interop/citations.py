"""A resource as reference managers read it: BibTeX, RIS and CSL-JSON. Pure.

A Vietnamese name is never split into family and given name: it stands in the order in which it is said, whole. What is
not known is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from stdnum import isbn, issn

from ..enums import ContributorRole, IdentifierScheme, Kind, Language

BIBTEX_TYPES = {Kind.BOOK: "book"}  # the others have no type without a journal or a school
RIS_TYPES = {
    Kind.BOOK: "BOOK",
    Kind.ARTICLE: "GEN",  # JOUR asks for a journal
    Kind.LEAFLET: "PAMP",
    Kind.VIDEO: "VIDEO",
    Kind.AUDIO: "SOUND",
    Kind.PICTURE: "ART",
    Kind.WEBSITE: "ELEC",
    Kind.DATASET: "DATA",
}
CSL_TYPES = {
    Kind.BOOK: "book",
    Kind.ARTICLE: "article",
    Kind.LEAFLET: "pamphlet",
    Kind.VIDEO: "motion_picture",
    Kind.PICTURE: "graphic",
    Kind.WEBSITE: "webpage",
    Kind.DATASET: "dataset",
}
RIS_ROLES = {ContributorRole.AUTHOR: "AU", ContributorRole.EDITOR: "ED"}
RIS_OTHERS = "A4"  # subsidiary authors
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&%#_"},
}


def bibtex(values: Mapping[str, Any], number: int, address: str) -> bytes:
    """`values` in the shape of `domain.description.describe`; `number` and `address` of the resource's page."""
    fields = {
        "author": _bibtex_people(values, ContributorRole.AUTHOR),
        "editor": _bibtex_people(values, ContributorRole.EDITOR),
        "translator": _bibtex_people(
            values, ContributorRole.TRANSLATOR
        ),  # of biblatex; BibTeX passes it over
        "title": f"{{{_latex(values['title'])}}}",  # the second pair keeps capitals
        "publisher": _latex(values["publisher"]),
        "year": str(values["year"] or ""),
        "language": Language(values["language"]).bcp47,
        "isbn": next(_numbers(values, IdentifierScheme.ISBN), ""),
        "issn": next(_numbers(values, IdentifierScheme.ISSN), ""),
        "doi": next(_numbers(values, IdentifierScheme.DOI), ""),
        "url": address,
        "abstract": _latex(values["abstract"]),
        "keywords": _latex(", ".join(values["tags"])),
    }
    kind = BIBTEX_TYPES.get(Kind(values["kind"]), "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    return ",\n".join([f"@{kind}{{hoc-lieu-{number}", *lines]).encode() + b"\n}\n"


def _bibtex_people(values: Mapping[str, Any], role: ContributorRole) -> str:
    """A name in braces is one word to BibTeX: neither split nor turned around."""
    return " and ".join(f"{{{_latex(name)}}}" for name in _people(values, role))


def _latex(text: str) -> str:
    return "".join(LATEX.get(sign, sign) for sign in _line(text))


def ris(values: Mapping[str, Any], number: int, address: str) -> bytes:
    """As `bibtex`. The tags are those of the specification of 2011; a line each, ended as it asks."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(values, number, address)).encode()


def _ris_lines(values: Mapping[str, Any], number: int, address: str) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES.get(Kind(values["kind"]), "GEN")
    yield "ID", f"hoc-lieu-{number}"
    yield "TI", _line(values["title"])
    for name, role in values["creators"]:
        yield RIS_ROLES.get(ContributorRole(role), RIS_OTHERS), _line(name)
    once = {
        "PY": str(values["year"] or ""),
        "PB": _line(values["publisher"]),
        "LA": Language(values["language"]).bcp47,
        "DO": next(_numbers(values, IdentifierScheme.DOI), ""),
        "AB": _line(values["abstract"]),
    }
    yield from ((tag, value) for tag, value in once.items() if value)
    for scheme in (IdentifierScheme.ISBN, IdentifierScheme.ISSN):
        yield from (("SN", value) for value in _numbers(values, scheme))
    yield from (("KW", _line(tag)) for tag in values["tags"])
    yield "UR", address
    yield "ER", ""


def csl_json(values: Mapping[str, Any], number: int, address: str) -> bytes:
    """As `bibtex`: a list of one item of the Citation Style Language 1.0.2."""
    item = {
        "id": f"hoc-lieu-{number}",
        "type": CSL_TYPES.get(Kind(values["kind"]), "document"),
        "title": values["title"],
        "publisher": values["publisher"],
        "issued": {"date-parts": [[values["year"]]]} if values["year"] else None,
        "language": Language(values["language"]).bcp47,
        "abstract": values["abstract"],
        "number-of-pages": values["page_count"],
        "ISBN": next(_numbers(values, IdentifierScheme.ISBN), ""),
        "ISSN": next(_numbers(values, IdentifierScheme.ISSN), ""),
        "DOI": next(_numbers(values, IdentifierScheme.DOI), ""),
        "keyword": ", ".join(values["tags"]),
        "URL": address,
    }
    people = {role.value: [{"literal": name} for name in _people(values, role)] for role in ContributorRole}
    filled = {name: value for name, value in (item | people).items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=1).encode()


def _people(values: Mapping[str, Any], role: ContributorRole) -> list[str]:
    return [name for name, its_role in values["creators"] if its_role == role]


def _numbers(values: Mapping[str, Any], scheme: IdentifierScheme) -> Iterator[str]:
    written = {IdentifierScheme.ISBN: isbn.format, IdentifierScheme.ISSN: issn.format}.get(scheme, str)
    return (written(value) for its_scheme, value in values["identifiers"] if its_scheme == scheme)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
