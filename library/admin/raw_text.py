"""Records as they were sent, for a person to look at: only ever text, and a file to take home."""

from dataclasses import dataclass

from django.http import HttpResponse

MOST = 20_000  # characters that are shown; the whole is there to download
# Signs that steer a machine become pictures of themselves; line ends and tabs stay.
PICTURES = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {127: 0x2421}


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    cut: bool


def legible(raw: bytes) -> Shown:
    """Whatever the bytes are: what is no UTF-8 becomes a sign of replacement."""
    text = bytes(raw[: MOST * 4]).decode("utf-8", errors="replace").translate(PICTURES)
    return Shown(text[:MOST], len(text) > MOST or len(raw) > MOST * 4)


def as_file(raw: bytes, name: str) -> HttpResponse:
    """To keep, never to open here: it is not ours and may be anything. `name` without what a header may not hold."""
    response = HttpResponse(bytes(raw), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
