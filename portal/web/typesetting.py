"""Papers as PDF, typeset by typst from templates of our own."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

from django.conf import settings

FONTS = Path(__file__).parent / "fonts"  # Be Vietnam Pro; typst itself brings Libertinus Serif
ARCHIVAL = ("a-2a", "ua-1")  # to be kept (ISO 19005-2) and read aloud (ISO 14289-1)
MIDDAY = datetime.time(12, tzinfo=datetime.UTC)
UNDATED = datetime.date(1980, 1, 1)


def typeset(
    template: Path,
    values: Mapping[str, object],
    *,
    day: datetime.date | None = None,
    standards: Sequence[str] = (),
    system_fonts: bool = False,
) -> bytes:
    """`values` are plain ones and reach the template as JSON in `sys.inputs.given`: as values, never as markup.

    The same values and `day` always give the same file, for the day is all that the file says of when it was made.
    """
    return typst.compile(
        str(template),
        root=str(settings.BASE_DIR),
        font_paths=[str(FONTS)],
        ignore_system_fonts=not system_fonts,
        pdf_standards=list(standards),
        timestamp=datetime.datetime.combine(day or UNDATED, MIDDAY),
        sys_inputs={"given": json.dumps(values, ensure_ascii=False)},
    )
