"""QR codes as drawings: for paper set by typst, and for pages."""

from io import BytesIO

import segno

from django.utils.safestring import SafeString

LEVEL = "m"  # read though 15 % of it is dirt, a fold or a stamp


def qr_svg(text: str, *, title: str = "") -> SafeString:
    """`text`, most often a full address, as one `<svg class="qr">`: to stand in a page as it is, or to be handed to typst.
    Dark on white with its margin, whatever colours the page around it wears; its size is that of the place it is put in.
    `title`: what it is, for those who cannot see it. The same arguments always give the same drawing.

    Raises ValueError for an empty text and for one too long for any code (2,331 bytes)."""
    if not text:
        raise ValueError("A QR code of nothing leads nowhere.")
    drawing = BytesIO()
    segno.make(text, error=LEVEL, micro=False).save(
        drawing,
        kind="svg",
        title=title or None,
        light="#fff",
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        xmldecl=False,
        nl=False,
    )
    return SafeString(drawing.getvalue().decode())
