"""What a file is, by its first bytes and by what lies in it; its name counts for nothing."""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import BinaryIO

import filetype

from . import archives
from .refusal import UploadRefused

HEAD = 8192  # bytes that the look at the beginning takes


class Group(StrEnum):
    """What can be done with a file."""

    PDF = auto()
    EPUB = auto()
    HTML = auto()
    IMAGE = auto()
    AUDIO = auto()
    VIDEO = auto()
    CAPTIONS = auto()
    OFFICE = auto()
    ARCHIVE = auto()
    TEXT = auto()


RESOURCES = frozenset({Group.PDF, Group.EPUB, Group.HTML, Group.IMAGE, Group.AUDIO, Group.VIDEO})
DOCUMENTS = frozenset(Group) - {Group.HTML, Group.IMAGE}


@dataclass(frozen=True, slots=True)
class FileKind:
    """`ending` with its dot, as the stored name will end."""

    group: Group
    media_type: str
    ending: str


PDF = FileKind(Group.PDF, "application/pdf", ".pdf")
EPUB = FileKind(Group.EPUB, "application/epub+zip", ".epub")
HTML = FileKind(Group.HTML, "text/html", ".html")
CAPTIONS = FileKind(Group.CAPTIONS, "text/vtt", ".vtt")
TEXT = FileKind(Group.TEXT, "text/plain", ".txt")
ZIP = FileKind(Group.ARCHIVE, "application/zip", ".zip")
OGG_AUDIO = FileKind(Group.AUDIO, "audio/ogg", ".ogg")
OGG_VIDEO = FileKind(Group.VIDEO, "video/ogg", ".ogv")
M4A = FileKind(Group.AUDIO, "audio/mp4", ".m4a")
MP4 = FileKind(Group.VIDEO, "video/mp4", ".mp4")
WEBM = FileKind(Group.VIDEO, "video/webm", ".webm")

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE = {
    "word/": FileKind(Group.OFFICE, _OPEN_XML + "wordprocessingml.document", ".docx"),
    "xl/": FileKind(Group.OFFICE, _OPEN_XML + "spreadsheetml.sheet", ".xlsx"),
    "ppt/": FileKind(Group.OFFICE, _OPEN_XML + "presentationml.presentation", ".pptx"),
    "text": FileKind(Group.OFFICE, _OPEN_DOCUMENT + "text", ".odt"),
    "spreadsheet": FileKind(Group.OFFICE, _OPEN_DOCUMENT + "spreadsheet", ".ods"),
    "presentation": FileKind(Group.OFFICE, _OPEN_DOCUMENT + "presentation", ".odp"),
}
BY_SIGNATURE = {
    "image/jpeg": FileKind(Group.IMAGE, "image/jpeg", ".jpg"),
    "image/png": FileKind(Group.IMAGE, "image/png", ".png"),
    "image/apng": FileKind(Group.IMAGE, "image/png", ".png"),
    "image/gif": FileKind(Group.IMAGE, "image/gif", ".gif"),
    "image/webp": FileKind(Group.IMAGE, "image/webp", ".webp"),
    "image/avif": FileKind(Group.IMAGE, "image/avif", ".avif"),
    "image/heic": FileKind(Group.IMAGE, "image/heic", ".heic"),
    "audio/mpeg": FileKind(Group.AUDIO, "audio/mpeg", ".mp3"),
    "audio/aac": FileKind(Group.AUDIO, "audio/aac", ".aac"),
    "audio/x-flac": FileKind(Group.AUDIO, "audio/flac", ".flac"),
    "audio/x-wav": FileKind(Group.AUDIO, "audio/wav", ".wav"),
}
AUDIO_BRANDS = (b"M4A ", b"M4B ")  # ISO 14496-12: the major brand of a file without pictures
ZIP_SIGNATURE = b"PK\x03\x04"
MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!doctype[^>]*>|\s)*<([a-z0-9:]+)", re.I | re.S)
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(file: BinaryIO) -> FileKind:
    """Raises UploadRefused for what nobody may send: SVG, programs, archives that cannot be trusted."""
    file.seek(0)
    head = file.read(HEAD)
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"%PDF-"):
        return PDF
    if head.startswith(archives.PROGRAMS):
        raise UploadRefused("program")
    if head.startswith(ZIP_SIGNATURE):
        return _kind_of_archive(file)
    kind = _kind_by_signature(head) or _kind_of_text(head)
    if kind is None:
        raise UploadRefused("unknown")
    return kind


def _kind_by_signature(head: bytes) -> FileKind | None:
    if head.startswith(b"OggS"):
        return OGG_VIDEO if b"theora" in head else OGG_AUDIO
    if head.startswith(b"\x1a\x45\xdf\xa3"):  # EBML: Matroska too, which browsers do not play
        return WEBM if b"webm" in head[:64] else None
    guessed = filetype.guess(head)
    if guessed and guessed.mime in BY_SIGNATURE:
        return BY_SIGNATURE[guessed.mime]
    if head[4:8] == b"ftyp":
        if head[8:12] in AUDIO_BRANDS:
            return M4A
        return MP4 if guessed and guessed.mime.startswith("video/") else None
    return None


def _kind_of_text(head: bytes) -> FileKind | None:
    text = head.removeprefix(codecs.BOM_UTF8)
    if text.startswith(b"WEBVTT"):
        return CAPTIONS
    if NO_TEXT.search(text):
        return None
    markup = MARKUP.match(text)
    if not markup:
        return TEXT
    first = markup[1].lower()
    if first.rpartition(b":")[2] == b"svg":
        raise UploadRefused("svg")
    is_page = first in (b"html", b"head", b"body") or text.lstrip().lower().startswith(b"<!doctype html")
    return HTML if is_page else None


def _kind_of_archive(file: BinaryIO) -> FileKind:
    """By what it says it is (EPUB OCF 3.3, 4.3; OpenDocument 1.3 part 2, 3.3) or by the folders of Office."""
    content = archives.look(file)
    if content.media_type == EPUB.media_type:
        kind = EPUB
    elif content.media_type.startswith(_OPEN_DOCUMENT):
        kind = OFFICE.get(content.media_type.removeprefix(_OPEN_DOCUMENT))
    elif "[Content_Types].xml" in content.names:
        kind = next(
            (OFFICE[each] for each in OFFICE if each.endswith("/") and content.has_folder(each)), None
        )
    else:
        kind = ZIP
    if kind is None:
        raise UploadRefused("unknown")
    archives.refuse_nested(file, office_inside=kind.group is not Group.EPUB)
    return kind
