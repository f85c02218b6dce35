"""ZIP archives: bombs, archives in archives, programs and locked files, found before anything is unpacked."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from .refusal import MAX_BYTES, UploadRefused

MAX_MEMBERS = 10_000
MAX_UNPACKED = 400 * 1024 * 1024  # bytes
MAX_RATIO = 100  # unpacked to packed; what is below SMALL may be packed better than that
SMALL = 10 * 1024 * 1024  # bytes
SIGNATURE = 8  # bytes
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
OFFICE_ENDINGS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an archive says of itself: its member `mimetype`, and the names in it."""

    media_type: str
    names: frozenset[str]

    def has_folder(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self.names)


def look(file: BinaryIO) -> Content:
    """Raises UploadRefused for a bomb, a locked or a damaged archive, and for macros and paths that lead out."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bomb(file, archive.infolist())
            names = frozenset(archive.namelist())
            media_type = ""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    media_type = member.read(100).decode("ascii", "replace").strip()
    except UNREADABLE as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused("damaged") from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadRefused("program")
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise UploadRefused("damaged")
    return Content(media_type, names)


def _refuse_bomb(file: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UploadRefused("locked")
    packed = file.seek(0, io.SEEK_END)
    unpacked = sum(member.file_size for member in members)
    # Members that overlap announce more packed bytes than the file has.
    overlapping = sum(member.compress_size for member in members) > packed
    tight = unpacked > max(SMALL, MAX_RATIO * packed)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or overlapping or tight:
        raise UploadRefused("bomb")


def refuse_nested(file: BinaryIO, *, office_inside: bool) -> None:
    """Looks at the first bytes of each member. With `office_inside` a Word file in a ZIP, or the table behind a
    chart, is no archive as long as it is an honest one itself."""
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                _refuse_member(archive, member, office_inside)
    except UNREADABLE as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused("damaged") from error


def _refuse_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, office_inside: bool) -> None:
    with archive.open(member) as opened:
        first = opened.read(SIGNATURE)
        if first.startswith(PROGRAMS):
            raise UploadRefused("program")
        if not first.startswith(ARCHIVES):
            return
        if not (office_inside and member.filename.lower().endswith(OFFICE_ENDINGS)):
            raise UploadRefused("nested")
        if member.file_size > MAX_BYTES:
            raise UploadRefused("bomb")
        inner = io.BytesIO(first + opened.read())
    if (
        "[Content_Types].xml" not in (content := look(inner)).names
        and "opendocument" not in content.media_type
    ):
        raise UploadRefused("nested")
    refuse_nested(inner, office_inside=False)
