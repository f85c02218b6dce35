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
COVER_QUALITY = 60
WORTHWHILE = 0.8  # a light rendition is kept when it weighs less than this part of its original


def prepare(original: Rendition) -> None:
    """Make all that belongs to an original with a file, in the place of what belonged to the one before; whatever
    cannot be made is left out and said in the log."""
    original.made.all().delete()
    if original.form in reader.BOOKS:
        _prepare_book(original)
    elif original.form == RenditionForm.IMAGE:
        with original.file.open() as file:
            _keep_cover(original, file.read())
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


def _keep_cover(original: Rendition, picture: bytes) -> None:
    try:
        with Image.open(BytesIO(picture)) as image:
            small = image.convert("RGB")
            small.thumbnail(COVER)
    except UNREADABLE as error:
        logger.warning("No cover for file %s: %s", original.pk, error)
        return
    out = BytesIO()
    small.save(out, "WEBP", quality=COVER_QUALITY)
    file = ContentFile(out.getvalue(), "bia.webp")
    add_made(original, RenditionPurpose.COVER, RenditionForm.IMAGE, "image/webp", file)


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
