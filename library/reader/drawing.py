"""A drawn page as the smallest WebP that can still be read; pure functions on pictures."""

from io import BytesIO

from PIL import Image, ImageChops

GREYS = 8
FEWER_GREYS = 4  # for a page that would weigh more than `HEAVY`: small print, whose edges are most of it
HEAVY = 35_000  # bytes
BLACK, WHITE = 40, 215  # of 255: what is nearly so counts as so, which also makes the edges of letters crisp
COLOURS = 16
LOSSY_QUALITY = 60
COLOURFUL = 40  # of 255: how far the channels of a pixel stand apart before it counts as coloured
SAMPLE = 200  # pixels: the size at which colours are looked for


def smallest(page: Image.Image) -> bytes:
    """`page` (RGB) in few shades without loss, or in all with loss: whichever is smaller.

    Print without colour keeps 8 greys, or 4 where those weigh too much; a page with colours in it keeps 16 of them, so that
    what is red stays red.
    """
    with_loss = {"quality": LOSSY_QUALITY, "method": 4}
    if _has_colours(page):
        return min(
            _exactly(page.quantize(COLOURS, dither=Image.Dither.NONE)), _webp(page, **with_loss), key=len
        )
    page = page.convert("L")
    print_, photo = _exactly(page.point(_to_greys(GREYS))), _webp(page, **with_loss)
    if len(photo) < len(print_):
        return photo
    return print_ if len(print_) <= HEAVY else _exactly(page.point(_to_greys(FEWER_GREYS)))


def _has_colours(page: Image.Image) -> bool:
    sample = page.copy()
    sample.thumbnail((SAMPLE, SAMPLE))
    red, green, blue = sample.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return apart.getextrema()[1] > COLOURFUL


def _to_greys(number: int) -> list[int]:
    """What each of the 256 greys becomes."""
    step = 255 / (number - 1)
    stretched = (min(max((value - BLACK) * 255 / (WHITE - BLACK), 0), 255) for value in range(256))
    return [round(round(value / step) * step) for value in stretched]


def _exactly(page: Image.Image) -> bytes:
    return _webp(page, lossless=True, quality=60, method=4)


def _webp(page: Image.Image, **options) -> bytes:
    out = BytesIO()
    page.convert("RGB").save(out, "WEBP", **options)
    return out.getvalue()
