"""What the portal makes of a file in the background: the pages to read here, the cover, light recordings."""

import logging
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from django.core.files.base import ContentFile

from portal.cms.reencode import UNREADABLE
from portal.web import sandbox

from ..enums import RenditionForm, RenditionPurpose
from ..models import Rendition
from ..reader import book as reader
from ..reader import ffmpeg
from .renditions import add_made

logger = logging.getLogger(__name__)

COVER = (240, 340)  # pixels, at most; in the proportion of A4
LIGHT_PICTURE = (1000, 1400)  # pixels, at most: as wide as a page of the portal
LIGHT_ALREADY = 50 * 1024  # bytes of a picture: one second on a slow line
QUALITY = 60  # of WebP
WORTHWHILE = 0.8  # a light rendition is kept when it weighs less than this part of its original


def prepare(original: Rendition) -> None:
    """Make all that belongs to an original with a file, in the place of what belonged to the one before; whatever
    cannot be made is left out and said in the log."""
    original.made.all().delete()
    if original.form in reader.BOOKS:
        _prepare_book(original)
    elif original.form == RenditionForm.IMAGE:
        _prepare_picture(original)
    elif original.form in (RenditionForm.AUDIO, RenditionForm.VIDEO):
        _lighten(original)


def _prepare_book(original: Rendition) -> None:
    try:
        book = reader.open_book(original)
        book.draw_ahead()
        if cover := book.cover():
            _keep_cover(original, cover.read_bytes())
    except (reader.Unreadable, reader.Busy) as trouble:
        logger.warning("File %s cannot be read here: %s", original.pk, trouble)


def _prepare_picture(original: Rendition) -> None:
    with original.file.open() as file:
        content = file.read()
    _keep_cover(original, content)
    light = _smaller(original, content, LIGHT_PICTURE) if original.size > LIGHT_ALREADY else None
    if light and len(light) < WORTHWHILE * original.size:
        file = ContentFile(light, "nhe.webp")
        add_made(original, RenditionPurpose.LIGHT, RenditionForm.IMAGE, "image/webp", file)


def _keep_cover(original: Rendition, picture: bytes) -> None:
    if small := _smaller(original, picture, COVER):
        file = ContentFile(small, "bia.webp")
        add_made(original, RenditionPurpose.COVER, RenditionForm.IMAGE, "image/webp", file)


def _smaller(original: Rendition, picture: bytes, box: tuple[int, int]) -> bytes | None:
    """As WebP that fits into `box`, what is transparent on white."""
    try:
        with Image.open(BytesIO(picture)) as image:
            seen = image.convert("RGBA")
            seen.thumbnail(box)
    except UNREADABLE as error:
        logger.warning("File %s cannot be drawn smaller: %s", original.pk, error)
        return None
    paper, out = Image.new("RGBA", seen.size, "white"), BytesIO()
    Image.alpha_composite(paper, seen).convert("RGB").save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def _lighten(original: Rendition) -> None:
    if not ffmpeg.is_there():
        logger.info("No light renditions of file %s: ffmpeg is not installed.", original.pk)
        return
    makes: Sequence[tuple[RenditionForm, ffmpeg.Recipe]] = [(RenditionForm.AUDIO, ffmpeg.AUDIO_24K)]
    if original.form == RenditionForm.VIDEO:
        makes = [(RenditionForm.VIDEO, ffmpeg.VIDEO_240P), *makes]
    for form, recipe in makes:
        with tempfile.TemporaryDirectory() as folder:
            light = Path(folder) / f"nhe{recipe.ending}"
            try:
                ffmpeg.convert(Path(original.file.path), light, recipe)
            except (sandbox.Refused, sandbox.Overrun) as error:
                logger.warning("No %s of file %s: %s", light.name, original.pk, error)
                continue
            if light.stat().st_size < WORTHWHILE * original.size:
                file = ContentFile(light.read_bytes(), light.name)
                add_made(original, RenditionPurpose.LIGHT, form, recipe.media_type, file)
