"""The one door for files that people send."""

import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files import File

from portal.web import sandbox

from ..filenames import ascii_name
from ..reencode import PictureRefused, reencode
from .kinds import FileKind, Group, kind_of
from .refusal import MAX_BYTES, UploadRefused

KEPT_ENDINGS = {Group.TEXT: (".csv", ".txt")}  # one kind of content, two uses


@dataclass(frozen=True, slots=True)
class Checked:
    """`file` is what to store, under a name that ends as its content asks; a picture has been drawn anew."""

    kind: FileKind
    file: File


def check(file: File, allowed: Collection[Group], draw: Callable[[str, File], File] = reencode) -> Checked:
    """What `file` is, when it may be stored. Raises UploadRefused, whose message is a sentence for the sender.

    `draw`: how a picture is drawn anew; another is `photograph`.
    """
    if not file.size:
        raise UploadRefused("empty")
    if file.size > MAX_BYTES:
        raise UploadRefused("too large")
    kind = kind_of(file)
    if kind.group not in allowed:
        raise UploadRefused("not here")
    if kind.group is Group.PDF:
        _inspect_pdf(file)
    elif kind.group in (Group.HTML, Group.CAPTIONS):
        _refuse_other_encodings(file)
    elif kind.group is Group.IMAGE:
        return _drawn_anew(kind, file, draw)
    file.seek(0)
    file.name = _name(file.name, kind)
    return Checked(kind, file)


def _inspect_pdf(file: File) -> None:
    file.seek(0)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        try:
            sandbox.run("portal.cms.uploads.pdf:inspect", copy.name)
        except sandbox.Refused as refusal:
            raise UploadRefused(refusal.code) from refusal
        except sandbox.Overrun as overrun:
            raise UploadRefused("overrun") from overrun


def _refuse_other_encodings(file: File) -> None:
    file.seek(0)
    try:
        file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UploadRefused("encoding") from error


def _drawn_anew(kind: FileKind, file: File, draw: Callable[[str, File], File]) -> Checked:
    try:
        clean = draw(_name(file.name, kind), file)
    except PictureRefused as error:
        raise UploadRefused("picture") from error
    return Checked(kind_of(clean), clean)


def _name(name: str, kind: FileKind) -> str:
    plain = PurePosixPath(ascii_name(name))
    return plain.name if plain.suffix in KEPT_ENDINGS.get(kind.group, ()) else plain.stem + kind.ending
