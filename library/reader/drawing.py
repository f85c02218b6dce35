"""A drawn page as the smallest WebP that can still be read; pure functions on pictures."""

from io import BytesIO

from PIL import Image, ImageChops

GREYS = 8
COLOURS = 16
LOSSY_QUALITY = 60
COLOURFUL = 40  # of 255: how far the channels of a pixel stand apart before it counts as coloured
SAMPLE = 200  # pixels: the size at which colours are looked for


def smallest(page: Image.Image) -> bytes:
    """`page` (RGB) in few shades without loss, or in all with loss: whichever is smaller.

    Print without colour keeps 8 greys; a page with colours in it keeps 16 of them, so that what is red stays red.
    """
    page = page if _has_colours(page) else page.convert("L")
    return min(_few_shades(page), _webp(page, quality=LOSSY_QUALITY, method=4), key=len)


def _has_colours(page: Image.Image) -> bool:
    sample = page.copy()
    sample.thumbnail((SAMPLE, SAMPLE))
    red, green, blue = sample.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return apart.getextrema()[1] > COLOURFUL


def _few_shades(page: Image.Image) -> bytes:
    if page.mode == "L":
        step = 255 / (GREYS - 1)
        shades = page.point([round(round(value / step) * step) for value in range(256)])
    else:
        shades = page.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    return _webp(shades, lossless=True, quality=60, method=4)


def _webp(page: Image.Image, **options) -> bytes:
    out = BytesIO()
    page.convert("RGB").save(out, "WEBP", **options)
    return out.getvalue()
