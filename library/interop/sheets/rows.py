"""One row of a sheet as what it says of a resource. Pure: whether the models take it is for `domain`.

A sheet in our own format (`headings.OWN`) is read strictly: what it leaves out is a mistake. Any other one is a ledger
that somebody kept for other ends: what it cannot say stays empty, words stand for codes, and a row without a number of
its own is known by what it describes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from portal.web.imports.table import Cell

from ...codes import code_of, key, licence_named
from ...enums import (
    Audience,
    ContributorRole,
    IdentifierScheme,
    Kind,
    Language,
    Level,
    RenditionForm,
    Visibility,
)
from ...identifiers import normal_identifier
from ...statements import language_of, listed_people, pages_of, people, year_of
from ..limits import LONGEST_KEY, LONGEST_NAME, LONGEST_TAG
from .cells import Cells
from .headings import Columns

# Field of the model -> column of the sheet.
TEXTS = {
    "title": "title",
    "alternative_titles": "alternative_titles",
    "publisher": "publisher",
    "language": "language",
    "kind": "kind",
    "level": "level",
    "audience": "audience",
    "licence": "licence",
    "rights_holder": "rights_holder",
    "abstract": "abstract_vi",
    "source_url": "source_url",
    "visibility": "visibility",
}
NUMBERS = {"year": "year", "page_count": "page_count"}
CHOICES = {"kind": Kind, "level": Level, "language": Language, "audience": Audience, "visibility": Visibility}
REQUIRED = ("title",)
KIND_OF_FORM = {RenditionForm.VIDEO: Kind.VIDEO, RenditionForm.AUDIO: Kind.AUDIO}
SEPARATORS = re.compile(r"[;,\n]")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`values` in the shape of `domain.description`, empty where the cell is, without subjects: `subject_words` are what
    the row itself calls them. `columns`: field of the model -> column that it was read from. The mistakes are in
    `sheet.errors`; only without any is it fit to be stored."""

    sheet: Cells
    key: str
    values: dict[str, Any]
    subject_words: Sequence[str]
    columns: Mapping[str, str]


def read_row(number: int, cells: Mapping[str, Cell], columns: Columns) -> ReadRow:
    """Read one row, as strictly as its sheet is ours."""
    sheet = Cells(number, cells, columns.headings)
    values, read_from = _fields(sheet, strict=columns.own)
    words = sheet.items("subject", LONGEST_NAME)
    if any(column in sheet for column in ("creators", "translator", "editor")):
        values["creators"] = _creators(sheet)
    if "tags" in sheet:
        values["tags"] = _tags(sheet, strict=columns.own)
    if "url" in sheet:
        values["links"] = _links(sheet, strict=columns.own)
    if any(scheme in sheet for scheme in ("isbn", "issn", "doi")):
        values["identifiers"] = _identifiers(sheet)
    if columns.own and not words and not sheet.errors:
        sheet.wrong("subject", _("Name at least one subject."))
    if not columns.own:
        _guess(values)
    return ReadRow(sheet, _key(sheet, values, strict=columns.own), values, words, read_from)


def _fields(sheet: Cells, *, strict: bool) -> tuple[dict[str, Any], dict[str, str]]:
    columns = {name: column for name, column in (TEXTS | NUMBERS).items() if column in sheet}
    if not strict:  # an empty cell of a ledger is to be guessed, where that can be done
        guessed = [name for name in ("kind", "language") if name in columns and not sheet.text(columns[name])]
        columns = {name: column for name, column in columns.items() if name not in guessed}
    values = {}
    for name, column in columns.items():
        values[name] = _number(sheet, name, strict) if name in NUMBERS else _word(sheet, name, column)
    if values.get("title") and (volume := sheet.text("volume")):
        values["title"] = f"{values['title'].rstrip(' .')}. {_volume(volume)}"
    return values, columns


def _word(sheet: Cells, name: str, column: str) -> str:
    """A code stays, a label becomes its code; what nobody knows stays to be refused."""
    text = sheet.text(column)
    if name in CHOICES:
        return code_of(CHOICES[name], text) or text
    if name == "licence":
        return licence_named(text) or text
    if name == "alternative_titles":
        return sheet.lines(column)
    return text


def _number(sheet: Cells, name: str, strict: bool) -> int | None:
    """A ledger says "c2009", "2009." or "192 tr."; where it says no year ("198-?") there is none."""
    column, text = NUMBERS[name], sheet.text(NUMBERS[name])
    if strict or text.isdigit():
        return sheet.number_or_none(column)
    return year_of(text) if name == "year" else pages_of(text)


def _volume(text: str) -> str:
    """ "2" -> "Tập 2"; "T. 2" and "Quyển 1" say so themselves."""
    return text if re.match(r"[^\W\d]", text) and not re.fullmatch(r"[IVXLC]+", text) else f"Tập {text}"


def _links(sheet: Cells, *, strict: bool) -> list[str]:
    url = sheet.text("url")
    if not url and strict:
        sheet.wrong("url", _("Give the address where the resource can be opened."))
    return [url] if url else []


def _tags(sheet: Cells, *, strict: bool) -> list[str]:
    if strict:
        return sheet.items("tags", LONGEST_TAG)
    parts = [" ".join(part.split()) for part in SEPARATORS.split(sheet.lines("tags"))]
    return list(dict.fromkeys(filter(None, parts)))


def _creators(sheet: Cells) -> list[list[str]]:
    """Under our own heading nothing but semicolons separates; under others as catalogues write it."""
    own = sheet.heading("creators") == "creators"
    found = listed_people(sheet.text("creators")) if own else people(sheet.lines("creators"))
    for column, role in (("translator", ContributorRole.TRANSLATOR), ("editor", ContributorRole.EDITOR)):
        found += [[name, role.value] for name, _said in people(sheet.lines(column))]
    for name, _role in found:
        if len(name) > LONGEST_NAME:
            reason = _("“%(text)s…” is longer than %(longest)s characters; separate names by semicolons.")
            sheet.wrong("creators", reason % {"text": name[:30], "longest": LONGEST_NAME})
    return [list(person) for person in dict.fromkeys(map(tuple, found))]


def _identifiers(sheet: Cells) -> list[list[str]]:
    found = []
    for scheme in (IdentifierScheme.ISBN, IdentifierScheme.ISSN, IdentifierScheme.DOI):
        for text in sheet.items(scheme.value, LONGEST_NAME):
            try:
                found.append([scheme.value, normal_identifier(scheme, text)])
            except ValueError as error:
                sheet.wrong(scheme.value, str(error))
    return [list(each) for each in dict.fromkeys(map(tuple, found))]


def _guess(values: dict[str, Any]) -> None:
    """A ledger without these columns is one of books; the letters of a title tell Vietnamese."""
    forms = [RenditionForm.of_address(url) for url in values.get("links", ())]
    values.setdefault(
        "kind", next((KIND_OF_FORM[each] for each in forms if each in KIND_OF_FORM), Kind.BOOK).value
    )
    values.setdefault("language", language_of(values.get("title", "")).value)


def _key(sheet: Cells, values: Mapping[str, Any], *, strict: bool) -> str:
    given = sheet.text("key")
    if not given and not strict:
        return made_key(values)
    if not given:
        sheet.wrong("key", _("Give each row an identifier of its own; it finds the resource the next time."))
    elif len(given) > LONGEST_KEY:
        reason = _("An identifier has at most %(longest)s characters.")
        sheet.wrong("key", reason % {"longest": LONGEST_KEY})
    return given


def made_key(values: Mapping[str, Any]) -> str:
    """The same for the same description in any way of typing: its first number in the world and its title (the volumes
    of a set share an ISBN), else title, first creator and year."""
    title = key(values.get("title", ""))
    numbers = [":".join(each) for each in values.get("identifiers", ())]
    if numbers:
        parts = [numbers[0], title]
    else:
        creators = [key(name) for name, _role in values.get("creators", ())[:1]]
        parts = [title, *creators, str(values.get("year") or "")]
    return f"made:{sha256('|'.join(parts).encode()).hexdigest()[:32]}"
