"""Half a page for each family that was not recognised: what was missing, and what to do before the next round."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from portal.text import format_date, format_number_vi
from portal.web.typesetting import ARCHIVAL, typeset

from .decision import plain

TEMPLATE = settings.BASE_DIR / "recognition/data/papers/why_not.typ"


@dataclass(frozen=True, slots=True)
class WhyNotLetter:
    """`title` is the name of the title ("Gia đình học tập"), `missing` the reasons of the verdict, `advice` what to do.

    `total` is None where the criteria count no points; `most` is the highest total that can be reached.
    """

    addressee: str
    village: str
    title: str
    year: int
    missing: tuple[str, ...]
    advice: tuple[str, ...] = ()
    total: Decimal | None = None
    most: Decimal | None = None


def why_not_pdf(letters: Sequence[WhyNotLetter], *, sender: str, day: datetime.date) -> bytes:
    """Two letters a page, with a line to cut along; one that is longer than half a page has a page for itself.

    `sender`: who writes, and whom to ask. Raises ValueError when there is no letter to write.
    """
    if not letters:
        raise ValueError("There is no letter to write.")
    values = {
        "sender": plain(sender),
        "day": format_date(day),
        "letters": [_written(letter) for letter in letters],
    }
    return typeset(TEMPLATE, values, day=day, standards=ARCHIVAL)


def _written(letter: WhyNotLetter) -> dict:
    return {
        "addressee": plain(letter.addressee),
        "village": plain(letter.village),
        "title": f"“{plain(letter.title)}” năm {letter.year}",
        "total": _total(letter),
        "missing": [plain(line) for line in letter.missing],
        "advice": [plain(line) for line in letter.advice],
    }


def _total(letter: WhyNotLetter) -> str:
    if letter.total is None:
        return ""
    total = format_number_vi(letter.total.normalize() + 0)
    return f"{total}/{format_number_vi(letter.most.normalize() + 0)}" if letter.most is not None else total
