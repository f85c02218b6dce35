"""Uploaded pictures are drawn anew, so that nothing hidden in the file (place of the photo, a program) is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from django.core.files.base import ContentFile

MAX_PIXELS = 50_000_000  # of all frames together
QUALITY = {"JPEG": 90, "WEBP": 90, "AVIF": 80}
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
UNREADABLE = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError)


PHOTO_SIDE = 1600  # pixels of the longer side: enough to read a certificate on
PHOTO_QUALITY = 80


class PictureRefused(ValueError):
    """The file is no picture that can be read to its end."""


def reencode(name: str, file) -> ContentFile:
    """Return the same picture without metadata, upright; its `name` is `name` with the ending of its format.

    Keeps the colour profile and the frames of a GIF. A format that browsers do not show (HEIC) becomes JPEG.
    Raises PictureRefused when the file is damaged, no picture, or a decompression bomb.
    """
    with _opened(file) as picture:
        kind = picture.format if picture.format in EXTENSIONS else "JPEG"
        content = _animation(picture) if kind == "GIF" else _still(picture, kind)
    path = PurePosixPath(name)
    is_jpeg = kind == "JPEG" and path.suffix.lower() == ".jpeg"
    return ContentFile(content, name if is_jpeg else str(path.with_suffix(EXTENSIONS[kind])))


def photograph(name: str, file) -> ContentFile:
    """As `reencode`, for a photo that proves something: always a JPEG of at most 1600 pixels a side (12 megapixels of a
    phone become some 100 KB), the first frame of what moves, white where it was transparent."""
    with _opened(file) as picture:
        picture.draft(
            "RGB", (PHOTO_SIDE * 2, PHOTO_SIDE * 2)
        )  # a JPEG is decoded no larger than that asks for
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
        if upright.has_transparency_data:
            upright = upright.convert("RGBA")
            clean = Image.new("RGB", upright.size, "white")
            clean.paste(upright, mask=upright)
        else:
            clean = upright.convert("RGB")
        clean.info = {}
        buffer = BytesIO()
        profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
        clean.save(buffer, "JPEG", quality=PHOTO_QUALITY, optimize=True, icc_profile=profile)
    return ContentFile(buffer.getvalue(), str(PurePosixPath(name).with_suffix(".jpg")))


@contextmanager
def _opened(file) -> Iterator[Image.Image]:
    """The picture; whatever goes wrong with it until the end is a PictureRefused."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if picture.width * picture.height * getattr(picture, "n_frames", 1) > MAX_PIXELS:
                raise PictureRefused(f"more than {MAX_PIXELS} pixels")
            yield picture
    except PictureRefused:
        raise
    except UNREADABLE as error:
        raise PictureRefused(str(error)) from error


def _still(picture, kind):
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    clean = upright.copy()
    clean.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    options = {"quality": QUALITY[kind]} if kind in QUALITY else {}
    buffer = BytesIO()
    clean.save(buffer, format=kind, icc_profile=picture.info.get("icc_profile"), **options)
    return buffer.getvalue()


def _animation(picture):
    frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
    buffer = BytesIO()
    frames[0].save(
        buffer,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        loop=picture.info.get("loop", 0),
        duration=picture.info.get("duration", 100),
        comment=b"",
    )
    return buffer.getvalue()
