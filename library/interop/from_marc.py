"""From a MARC record to what it says of a resource, in the shape of `domain.description`. Pure.

Punctuation of ISBD goes, text is NFC. What a record does not say is not in the answer; a number that is none (020 often
holds a running number) is left out of the identifiers, but it can still tell the record (`key_of`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pymarc

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from portal.text import fold, nfc

from ..enums import ContributorRole, IdentifierScheme, Kind, Language
from ..identifiers import normal_identifier
from ..licences import licence_of_address
from ..statements import language_of, minutes_of, natural_order, pages_of, people, year_of
from . import marc_codes as codes
from .limits import LONGEST_NAME, LONGEST_TAG, LONGEST_TITLE, OLDEST

ISBD_END = " /:;,=+"
DIRECTION = "\u200e\u200f"  # marks that some systems put around text
NO_PUBLISHER = ("s.n", "k.nxb", "k.đ")
STATED_YEAR = "serpt"  # 008/06: the first date is a year of publication
NAME_TAGS = ("100", "110", "111", "700", "710", "711", "720")
TOPIC_TAGS = ("600", "610", "611", "650", "651", "653")
SCHEMES = {"doi": IdentifierScheme.DOI, "hdl": IdentifierScheme.HANDLE}
AGES = re.compile(r"(\d{3})?-(\d{3})?")
WEB_ADDRESS = URLValidator(schemes=["http", "https"])
RELATED_RESOURCE = "2"  # 856, second indicator: not the resource itself

Named = Callable[[str], str | None]  # a word -> a code of ours, or None


def read_description(
    record: pymarc.Record, *, subject: Named, kind: Named, level: Named, audience: Named = lambda _word: None
) -> dict[str, Any]:
    """`subject`, `kind`, `level` and `audience` find the slug or code that a word of the record names."""
    title, shortened = _title(record)
    topics = _topics(record)
    filed = {topic: subject(topic) for topic in topics}
    main, *others = _languages(record, title)
    values = {
        "title": title,
        "alternative_titles": "\n".join([*shortened, *_other_titles(record)]),
        "creators": _creators(record),
        "publisher": _publisher(record),
        "year": _year(record),
        "language": main,
        "other_languages": others,
        "kind": _kind(record, kind),
        "level": next(filter(None, map(level, _texts(record, "521", "a"))), ""),
        "audience": next(filter(None, map(audience, _texts(record, "385", "a"))), ""),
        **_ages(record),
        "page_count": next(filter(None, map(pages_of, _texts(record, "300", "a"))), None),
        "duration_minutes": _minutes(record),
        "licence": next(filter(None, map(licence_of_address, _texts(record, "540", "u"))), ""),
        "rights_holder": next(iter(_texts(record, "542", "d")), "")[:LONGEST_NAME],
        "abstract": "\n".join(_texts(record, "520", "a")),
        "subjects": list(dict.fromkeys(filter(None, filed.values()))),
        "tags": [topic for topic, slug in filed.items() if not slug],
        "identifiers": _identifiers(record),
        "links": _links(record),
    }
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def key_of(record: pymarc.Record) -> str:
    """What names the record in its collection: 001 (with 003), a number of another system (035), else the first number
    of its own as it stands there. "" when there is none."""
    control = [_clean(field.data or "") for field in record.get_fields("003", "001")]
    if record.get_fields("001") and control[-1]:
        numbers = {field.tag: _clean(field.data or "") for field in record.get_fields("001", "003")}
        return f"({numbers['003']}){numbers['001']}" if numbers.get("003") else numbers["001"]
    for tag in ("035", "020", "022", "024"):
        for text in _texts(record, tag, "a"):
            return f"{tag}:{text}"
    return ""


def _clean(text: str) -> str:
    return " ".join(nfc(text).split())


def _texts(record: pymarc.Record, tag: str, *wanted: str) -> list[str]:
    """Subfields of all fields with that tag, cleaned, the empty ones left out."""
    found = (
        subfield.value for field in record.get_fields(tag) for subfield in field if subfield.code in wanted
    )
    return list(filter(None, map(_clean, found)))


def _trimmed(text: str) -> str:
    """Without the punctuation that ISBD puts before the next element: "Ocherki istorii /" -> "Ocherki istorii"."""
    text = _clean(text.strip(DIRECTION)).rstrip(ISBD_END)
    if text.endswith(".") and not text.endswith("..") and len(text.rpartition(" ")[2].rstrip(".")) > 1:
        text = text[:-1]
    return text.rstrip(ISBD_END)


def _whole_title(field: pymarc.Field) -> str:
    """$a: $b. $n, $p — title, rest of the title, number and name of the part."""
    title = ""
    for subfield in field:
        if subfield.code not in "abnp":
            continue
        part = re.sub(r"\s+:\s+", ": ", _trimmed(subfield.value))
        joint = {"b": ": ", "p": ", " if re.search(r"\d$", title) else ". "}.get(subfield.code, ". ")
        title = f"{title}{joint}{part}" if title and part else title or part
    return title


def _title(record: pymarc.Record) -> tuple[str, list[str]]:
    """The title; one that is too long loses its rest, and the whole is an alternative."""
    for field in record.get_fields("245"):
        whole = _whole_title(field)
        if len(whole) <= LONGEST_TITLE:
            return whole, []
        return _trimmed(field.get("a") or whole), [whole]
    return "", []


def _other_titles(record: pymarc.Record) -> Iterator[str]:
    """240 and 130 uniform, 242 translated, 246 varying, 247 former, 880 in the other script."""
    fields = record.get_fields("130", "240", "242", "246", "247")
    fields += [each for each in record.get_fields("880") if (each.get("6") or "").startswith("245")]
    yield from dict.fromkeys(filter(None, map(_whole_title, fields)))


def _creators(record: pymarc.Record) -> list[list[str]]:
    """100, 110, 111 first. Fields with a title ($t) name a work and not a hand in this one."""
    found = []
    for field in sorted(record.get_fields(*NAME_TAGS), key=lambda field: field.tag[0]):
        if field.get("t"):
            continue
        said = _role(field)
        for name, role in _names(field):
            found.append((name, said.value if said else role))
    return [list(each) for each in dict.fromkeys(found)]


def _names(field: pymarc.Field) -> list[list[str]]:
    text = nfc(field.get("a") or "")
    if field.tag in ("100", "700") and field.indicator1 == "1" and text.count(",") <= 2:
        name = _trimmed(text)
        return [[natural_order(name), ContributorRole.AUTHOR.value]] if name else []
    if field.tag in ("110", "710", "111", "711"):
        parts = [_trimmed(each.value) for each in field if each.code in "ab"]
        return [[". ".join(filter(None, parts)), ContributorRole.AUTHOR.value]] if any(parts) else []
    numeration = " ".join(_trimmed(each.value) for each in field if each.code in "b")
    names = people(_trimmed(text))
    if len(names) == 1 and numeration:
        names[0][0] += f" {numeration}"
    return names


def _role(field: pymarc.Field) -> ContributorRole | None:
    """By the codes in $4 (also as an address that ends in one), else by the words in $e; an unknown one is a hand in it."""
    relators = [each.rstrip("/").rpartition("/")[2].lower() for each in field.get_subfields("4")]
    for relator in relators:
        if relator in codes.ROLE_OF_RELATOR:
            return codes.ROLE_OF_RELATOR[relator]
    terms = [_trimmed(each) for each in field.get_subfields("e")]
    for term in terms:
        words = people(f"X Y ({term})")
        if words and words[0][0] == "X Y":
            return ContributorRole(words[0][1])
    return ContributorRole.CONTRIBUTOR if relators or terms else None


def _published(record: pymarc.Record) -> list[pymarc.Field]:
    """264 of publication before 260."""
    return [
        *(each for each in record.get_fields("264") if each.indicator2 == "1"),
        *record.get_fields("260"),
        *(each for each in record.get_fields("264") if each.indicator2 != "1"),
    ]


def _publisher(record: pymarc.Record) -> str:
    names = (_trimmed(field.get("b") or "").strip("[]") for field in _published(record))
    return next((name for name in names if name and not name.lower().startswith(NO_PUBLISHER)), "")


def _year(record: pymarc.Record) -> int | None:
    """As printed, unless 008 tells which of several it is ("1365 [1986]")."""
    fixed = _fixed(record)
    coded = fixed[7:11] if fixed[6] in STATED_YEAR and year_of(fixed[7:11]) else ""
    statements = [_clean(field.get("c") or "") for field in _published(record)]
    if coded and (not any(statements) or any(coded in each for each in statements)):
        return int(coded)
    return next(filter(None, map(year_of, statements)), None)


def _fixed(record: pymarc.Record) -> str:
    """Field 008, 40 characters; blanks where it is short or missing."""
    fields = record.get_fields("008")
    return f"{(fields[0].data or '') if fields else '':40}"


def _languages(record: pymarc.Record, title: str) -> list[str]:
    """041 $a first, ISO 639-3 before the codes of MARC, then 008; the main one first. A language that the library has no
    name for is "und", and so is none at all, unless the title is written in Vietnamese letters."""
    in_iso = [field for field in record.get_fields("041") if (field.get("2") or "").lower() == "iso639-3"]
    stated = [code for field in in_iso or record.get_fields("041") for code in field.get_subfields("a")]
    stated.append(_fixed(record)[35:38])
    joined = "".join(code.strip().lower().ljust(3) for code in stated)
    several = [
        joined[start : start + 3].strip() for start in range(0, len(joined), 3)
    ]  # "engvie" is two of them
    real = [code for code in several if code not in codes.NOT_A_LANGUAGE]
    known = [codes.LANGUAGE_OF[code].value for code in real if code in codes.LANGUAGE_OF]
    if in_iso and known:
        known = known[: len(stated) - 1]  # 008 only repeats it, perhaps by a collective code
    if known:
        return list(dict.fromkeys(known))
    return [Language.UNDETERMINED.value if real else language_of(title).value]


def _kind(record: pymarc.Record, named: Named) -> str:
    """By its genre (655), else by what it is made of: 007, leader/06 and 07, 008/26 of a computer file."""
    for text in _texts(record, "655", "a"):
        if code := named(text.rstrip(".")):
            return code
    leader = str(record.leader)
    for field in record.get_fields("007"):
        if kind := codes.KIND_OF_CARRIER.get((field.data or " ")[0]):
            return kind.value
    if leader[6] == "m" and _fixed(record)[26] == codes.NUMERIC_FILE:
        return Kind.DATASET.value
    kind = codes.KIND_OF_TYPE.get(leader[6]) or codes.KIND_OF_LEVEL.get(leader[7], Kind.BOOK)
    return kind.value


def _minutes(record: pymarc.Record) -> int | None:
    """306 $a HHMMSS, else the extent in 300 $a."""
    for text in _texts(record, "306", "a"):
        if re.fullmatch(r"\d{6}", text):
            return int(text[:2]) * 60 + int(text[2:4]) + (int(text[4:]) >= 30) or None
    return next(filter(None, map(minutes_of, _texts(record, "300", "a"))), None)


def _ages(record: pymarc.Record) -> dict[str, int | None]:
    """521 with the first indicator 1 (interest age level), where it is a span as we write it: "006-010"."""
    levels = [field.get("a") or "" for field in record.get_fields("521") if field.indicator1 == "1"]
    match = next(filter(None, map(AGES.fullmatch, levels)), None)
    first, last = (int(age) if age else None for age in match.groups()) if match else (None, None)
    if (first or 0) > (OLDEST if last is None else last) or (last or 0) > OLDEST:
        return {}
    return {"age_from": first, "age_to": last}


def _topics(record: pymarc.Record) -> list[str]:
    """The heading itself ($a; for free words each one) and where it is about ($z), each once whatever its case."""
    found: dict[str, str] = {}
    for field in record.get_fields(*TOPIC_TAGS):
        for subfield in field:
            if subfield.code not in "az":
                continue
            topic = _trimmed(subfield.value)
            if field.tag == "600" and field.indicator1 == "1":
                topic = natural_order(topic)
            if topic and len(topic) <= LONGEST_TAG:
                found.setdefault(fold(topic), topic)
    return list(found.values())


def _identifiers(record: pymarc.Record) -> list[list[str]]:
    """020 ISBN ("0253325528 (alk. paper)" is the number), 022 ISSN, 024 with its source."""
    given = [(IdentifierScheme.ISBN, text.partition(" ")[0]) for text in _texts(record, "020", "a")]
    given += [(IdentifierScheme.ISSN, text) for text in _texts(record, "022", "a")]
    for field in record.get_fields("024"):
        scheme = SCHEMES.get((field.get("2") or "").lower())
        given += [(scheme, _clean(text)) for text in field.get_subfields("a") if scheme]
    return [list(each) for each in dict.fromkeys(_right_numbers(given))]


def _right_numbers(given) -> Iterator[tuple[str, str]]:
    for scheme, text in given:
        try:
            yield scheme.value, normal_identifier(scheme, text)
        except ValueError:
            continue  # a running number in the place of an ISBN: it identifies nothing in the world


def _links(record: pymarc.Record) -> list[str]:
    found = []
    for field in record.get_fields("856"):
        if field.indicator2 != RELATED_RESOURCE:
            found += [each.strip() for each in field.get_subfields("u") if _is_web_address(each.strip())]
    return list(dict.fromkeys(found))


def _is_web_address(text: str) -> bool:
    try:
        WEB_ADDRESS(text)
    except ValidationError:
        return False
    return True
