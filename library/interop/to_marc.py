"""From a description to a MARC record, as a library takes it over. Pure.

What is known is written, nothing is made up: 008 says "no attempt to code" where the portal does not know. Field 041
always gives ISO 639-3, because 008 has no code for Tày, Nùng or Dao.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pymarc
from stdnum import issn

from ..enums import ContributorRole, IdentifierScheme, Kind, Language
from ..licences import explain
from . import marc_codes as codes
from .holding import Holding

LONGEST_TEXT = 8_000  # bytes of one field, well below the 9,999 of ISO 2709
NO_ATTEMPT = "|"


def write_description(values: Mapping[str, Any], holding: Holding) -> pymarc.Record:
    """`values` in the shape of `domain.description.describe`: every name is there."""
    record = pymarc.Record()
    record.leader = pymarc.Leader(_leader(Kind(values["kind"])))
    record.add_field(*_control_fields(values, holding), *_data_fields(values, holding))
    return record


def _leader(kind: Kind) -> str:
    """New record, UTF-8, minimal level of description (17 "7"), punctuation of ISBD left out (18 "c")."""
    material, level, _rda = codes.MATERIALS[kind]
    return f"00000n{material}{level} a22000007c 4500"


def _control_fields(values: Mapping[str, Any], holding: Holding) -> Iterator[pymarc.Field]:
    yield pymarc.Field(tag="001", data=str(holding.number))
    yield pymarc.Field(tag="005", data=f"{holding.changed:%Y%m%d%H%M%S}.0")
    yield pymarc.Field(tag="008", data=fixed_data(values, holding.created))


def fixed_data(values: Mapping[str, Any], created: datetime) -> str:
    """Field 008, 40 characters: entered, dates, place not known, material not coded, language, other source."""
    dates = f"s{values['year']:04d}    " if values["year"] else "nuuuuuuuu"
    material = NO_ATTEMPT * 17
    language = codes.LANGUAGES[Language(values["language"])]
    return f"{created:%y%m%d}{dates}xx {material}{language} d"


def _data_fields(values: Mapping[str, Any], holding: Holding) -> Iterator[pymarc.Field]:
    yield from _numbers(values["identifiers"])
    yield _field("040", "  ", ("b", "vie"))
    languages = dict.fromkeys([values["language"], *values["other_languages"]])
    yield _field("041", " 7", *(("a", code) for code in languages), ("2", "iso639-3"))
    first, *others = values["creators"] or [None]
    if first:
        yield _person("100", *first)
    yield _title(values, bool(first))
    for line in filter(None, map(str.strip, values["alternative_titles"].splitlines())):
        yield _field("246", "3 ", ("a", line))
    if values["publisher"] or values["year"]:
        yield _field("264", " 1", ("b", values["publisher"]), ("c", str(values["year"] or "")))
    yield from _extent(values)
    for text in _pieces(values["abstract"]):
        yield _field("520", "  ", ("a", text))
    if holding.audience:
        yield _field("385", "  ", ("a", holding.audience))
    if holding.level:
        yield _field("521", "8 ", ("a", holding.level))
    yield from _ages(values)
    yield from _rights(values)
    if spoken := [str(Language(code).label) for code in languages if code != Language.UNDETERMINED]:
        yield _field("546", "  ", ("a", "; ".join(spoken)))
    for name in holding.subjects:
        yield _field("650", " 4", ("a", name))
    for tag in values["tags"]:
        yield _field("653", "  ", ("a", tag))
    yield _field("655", " 4", ("a", holding.kind))
    for person in others:
        yield _person("700", *person)
    for url in values["links"]:
        yield _field("856", "40", ("u", url))
    yield _field("856", "42", ("u", holding.address))


def _field(tag: str, indicators: str, *subfields: tuple[str, str]) -> pymarc.Field:
    """Blank subfields are left out."""
    given = [pymarc.Subfield(code=code, value=value) for code, value in subfields if value]
    return pymarc.Field(tag=tag, indicators=pymarc.Indicators(*indicators), subfields=given)


def _numbers(identifiers: Sequence[Sequence[str]]) -> Iterator[pymarc.Field]:
    for scheme, value in sorted(identifiers, key=lambda each: list(IdentifierScheme.values).index(each[0])):
        if scheme == IdentifierScheme.ISBN:
            yield _field("020", "  ", ("a", value))
        elif scheme == IdentifierScheme.ISSN:
            yield _field("022", "  ", ("a", issn.format(value)))
        else:
            source = "doi" if scheme == IdentifierScheme.DOI else "hdl"
            yield _field("024", "7 ", ("a", value), ("2", source))


def _person(tag: str, name: str, role: str) -> pymarc.Field:
    """Names stand in their natural order (first indicator 0), as Vietnamese ones are entered."""
    return _field(tag, "0 ", ("a", name), ("4", codes.ROLES[ContributorRole(role)][0]))


def _title(values: Mapping[str, Any], has_author: bool) -> pymarc.Field:
    """First indicator: an entry under the title beside one under the author; second: letters that filing skips."""
    title = values["title"]
    articles = codes.ARTICLES.get(values["language"], ())
    skipped = max((len(each) for each in articles if title.startswith(each)), default=0)
    main, _colon, rest = title.partition(": ")
    return _field("245", f"{int(has_author)}{skipped}", ("a", main), ("b", rest))


def _extent(values: Mapping[str, Any]) -> Iterator[pymarc.Field]:
    pages, minutes = values["page_count"], values["duration_minutes"]
    if pages:
        yield _field("300", "  ", ("a", f"{pages} tr."))
    elif minutes:
        yield _field("300", "  ", ("a", f"{minutes} phút"))
    if minutes and minutes < 100 * 60:
        yield _field("306", "  ", ("a", f"{minutes // 60:02d}{minutes % 60:02d}00"))
    content, media, carrier = codes.MATERIALS[Kind(values["kind"])][2]
    if values["links"]:
        media, carrier = codes.ONLINE
    for tag, code, source in (
        ("336", content, "content"),
        ("337", media, "media"),
        ("338", carrier, "carrier"),
    ):
        yield _field(tag, "  ", ("b", code), ("2", f"rda{source}"))


def _rights(values: Mapping[str, Any]) -> Iterator[pymarc.Field]:
    licence = explain(values["licence"])
    if licence.url:
        yield _field("540", "  ", ("a", str(licence.name)), ("u", licence.url))
    if values["rights_holder"]:
        yield _field("542", "  ", ("d", values["rights_holder"]))


def _ages(values: Mapping[str, Any]) -> Iterator[pymarc.Field]:
    """Interest age level: "006-010", "018-", "-005"."""
    ages = values["age_from"], values["age_to"]
    if ages != (None, None):
        first, last = ("" if age is None else f"{age:03d}" for age in ages)
        yield _field("521", "1 ", ("a", f"{first}-{last}"))


def _pieces(text: str) -> Iterator[str]:
    """Paragraphs, each cut between words where it is too long for one field."""
    for paragraph in text.splitlines():
        piece = ""
        for word in paragraph.split():
            longer = f"{piece} {word}" if piece else word
            if len(longer.encode()) > LONGEST_TEXT:
                yield piece
                longer = word
            piece = longer
        if piece:
            yield piece
