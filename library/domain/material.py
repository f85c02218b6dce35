"""What a file or an address says of itself, as a first description for a person to look over.

Nothing here is taken for true: the languages of Việt Nam are told by letters that only Vietnamese writes, a licence only
by its address or its usual name, and what is not said stays empty.
"""

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal.cms.uploads import RESOURCES, Checked, check
from portal.text import nfc
from portal.web import sandbox
from portal.web.outbound import Answer, Unreachable, ask

from ..codes import language_guessed, licence_named
from ..enums import ContributorRole, IdentifierScheme, Kind, RenditionForm
from ..identifiers import normal_identifier
from ..licences import UNKNOWN, licence_of_address
from ..models import Contribution, Resource
from ..statements import people, year_of
from .renditions import FORMS, checksum

MAX_FETCHED = 8 * 1024 * 1024  # bytes of an address that are looked at
PATIENCE = 8.0  # s
JOBS = {
    RenditionForm.PDF: "library.reader.facts:of_pdf",
    RenditionForm.EPUB: "library.reader.facts:of_epub",
    RenditionForm.HTML: "library.reader.facts:of_html",
}
KINDS = {
    RenditionForm.PDF: Kind.GUIDE,
    RenditionForm.EPUB: Kind.BOOK,
    RenditionForm.HTML: Kind.WEBSITE,
    RenditionForm.LINK: Kind.WEBSITE,
    RenditionForm.IMAGE: Kind.PICTURE,
    RenditionForm.AUDIO: Kind.AUDIO,
    RenditionForm.VIDEO: Kind.VIDEO,
}
LEAFLET, BOOK = 4, 49  # pages: up to here a leaflet; from here a book (UNESCO, 1964)
LONGEST = {name: Resource._meta.get_field(name).max_length for name in ("title", "publisher")}
LONGEST_NAME = Contribution._meta.get_field("name").max_length
NO_TITLE = re.compile(  # what programs and cameras write where a title should stand
    r"untitled.*|không (có )?tiêu đề|microsoft (word|powerpoint|excel).*|slide ?\d*|document ?\d*|doc\d*|image ?\d*|"
    r"(img|dsc[nf]?|pxl|vid|mvi|mov|scan|photo|screenshot|signal|zalo|received|fb img)?[ \d]*|"
    r"camscanner.*|.*\.(docx?|pptx?|xlsx?|indd|pub|pdf|tmp|html?|php)",
    re.IGNORECASE,
)
WRITTEN_BY = re.compile(r"^microsoft (?:word|powerpoint|excel) - ", re.IGNORECASE)
HIGHEST_PAGE = 100_000


@dataclass
class Finding:
    """`values` in the shape of `description`; `rights` what is said of them, in its own words; `problem` a sentence when
    an address could not be looked at."""

    form: RenditionForm
    values: dict[str, Any] = field(default_factory=dict)
    rights: str = ""
    checksum: str = ""
    problem: str = ""


def look_at_file(file: File) -> tuple[Checked, Finding]:
    """What to store, and what it says of itself. Raises UploadRefused."""
    name = file.name or ""  # the check gives it another one
    checked = check(file, RESOURCES)
    form = FORMS[checked.kind.group]
    finding = judged(form, _facts(form, checked.file), name=name)
    finding.checksum = checksum(checked.file)
    return checked, finding


def look_at_address(url: str) -> Finding:
    """What lies at an address says of itself. An address that cannot be asked is no mistake: `problem` says why."""
    by_ending = RenditionForm.of_address(url)
    try:
        answer = ask(url, limit=MAX_FETCHED, timeout=PATIENCE)
    except Unreachable as error:
        return _unseen(by_ending, url, str(error))
    if answer.status >= 400:
        reason = _("The server answers with an error (%(code)s).") % {"code": answer.status}
        return _unseen(by_ending, url, reason)
    form = _form(answer, by_ending)
    facts = _facts(form, ContentFile(answer.content)) if form in JOBS else {}
    finding = judged(form, facts, name=name_in(answer.url))
    # A page is a way to read something only when it is that something: what we link to is another website.
    finding.form = RenditionForm.LINK if form == RenditionForm.HTML else form
    return finding


def judged(form: RenditionForm, facts: dict[str, Any], *, name: str = "") -> Finding:
    """What to believe of the facts. `name`: the name of the file, for when it has no better title."""
    values = {
        "title": title_of(facts, name)[: LONGEST["title"]],
        "creators": _creators(facts.get("creators", ())),
        "publisher": facts.get("publisher", "")[: LONGEST["publisher"]],
        "year": year_of(facts.get("year", "")),
        "page_count": min(facts.get("pages", 0), HIGHEST_PAGE) or None,
        "identifiers": _identifiers(facts.get("numbers", ())),
    }
    if facts:
        words = f"{values['title']} {facts.get('text', '')}"
        values["language"] = language_guessed(words, facts.get("language", "")).value
    values["kind"] = kind_guessed(form, values["page_count"]).value
    said = facts.get("rights", [])
    values["licence"] = next(filter(None, map(_licence, said)), UNKNOWN)
    return Finding(
        form, {key: value for key, value in values.items() if value}, rights=" · ".join(said)[:500]
    )


def title_of(facts: dict[str, Any], name: str) -> str:
    """The title that it names, else its first heading, else its name; "" when all of them are a program's words."""
    named = WRITTEN_BY.sub("", facts.get("title", ""))
    for text in (named, facts.get("heading", ""), title_in_name(name)):
        if text and not NO_TITLE.fullmatch(text):
            return text
    return ""


def title_in_name(name: str) -> str:
    """ "ke-hoach_so-12.PDF" -> "ke hoach so 12"."""
    words = re.sub(r"[_\-+.]+|%20", " ", nfc(PurePosixPath(name).stem))
    return " ".join(words.split())


def kind_guessed(form: RenditionForm, pages: int | None) -> Kind:
    if form == RenditionForm.PDF and pages:
        return Kind.LEAFLET if pages <= LEAFLET else Kind.BOOK if pages >= BOOK else Kind.GUIDE
    return KINDS[form]


def name_in(url: str) -> str:
    """The last part of its path: "https://a.example/tai/ke-hoach.pdf" -> "ke-hoach.pdf"."""
    return unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]


def _unseen(form: RenditionForm, url: str, reason: str) -> Finding:
    finding = judged(form, {}, name=name_in(url))
    finding.problem = reason
    return finding


def _form(answer: Answer, by_ending: RenditionForm) -> RenditionForm:
    """By the content where it can be told, else by what the server says it is."""
    if answer.content.lstrip()[:5] == b"%PDF-":
        return RenditionForm.PDF
    main, _slash, sub = answer.media_type.partition("/")
    if sub == "epub+zip":
        return RenditionForm.EPUB
    if sub in ("html", "xhtml+xml"):
        return RenditionForm.HTML
    by_type = {"image": RenditionForm.IMAGE, "audio": RenditionForm.AUDIO, "video": RenditionForm.VIDEO}
    return by_type.get(main, by_ending)


def _facts(form: RenditionForm, file: File) -> dict[str, Any]:
    """{} when there is nothing to be found out, or no way to."""
    if form not in JOBS:
        return {}
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        file.seek(0)
        try:
            return sandbox.run(JOBS[form], copy.name)
        except (sandbox.Refused, sandbox.Overrun):
            return {}


def _creators(names) -> list[list[str]]:
    found = [person for name in names for person in people(name) if len(person[0]) <= LONGEST_NAME]
    authors = [name for name, _role in found if not NO_TITLE.fullmatch(name)]
    return [[name, ContributorRole.AUTHOR.value] for name in dict.fromkeys(authors)]


def _identifiers(texts) -> list[list[str]]:
    found = []
    for text in texts:
        for scheme in (IdentifierScheme.DOI, IdentifierScheme.ISBN):
            try:
                found.append((scheme.value, normal_identifier(scheme, text)))
            except ValueError:
                continue
    return [list(each) for each in dict.fromkeys(found)]


def _licence(text: str) -> str:
    return licence_of_address(text) or licence_named(text) or ""
