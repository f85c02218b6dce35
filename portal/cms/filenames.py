"""Names of uploaded files: Vietnamese words without accents, as in addresses."""

from pathlib import PurePosixPath

from portal.text.slug import slug

MAX_STEM = 60  # characters; Django's file columns hold 100 with the folder


def ascii_name(filename: str) -> str:
    """ "Kế hoạch số 12.PDF" -> "ke-hoach-so-12.pdf"; a name without a Latin letter becomes "tep"."""
    path = PurePosixPath(filename.replace("\\", "/"))
    return (slug(path.stem, MAX_STEM) or "tep") + path.suffix.lower()
