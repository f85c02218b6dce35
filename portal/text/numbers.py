"""Numbers as they are written in Viet Nam: "." between thousands, "," before decimals (vn_rules R6.1)."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from unicodedata import normalize

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<decimals>[0-9]+))?")
_LONGEST_NUMBER = 60  # characters
_TO_VIETNAMESE = str.maketrans({",": ".", ".": ","})


def parse_number_vi(text: str) -> Decimal:
    """Read "1.234.567,5" or "1234567,5"; a dot is only ever a mark between thousands, so "1.5" is refused.

    Raises ValueError, with a sentence for the log, for anything that is not such a number.
    """
    written = normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    match = _NUMBER.fullmatch(written) if len(written) <= _LONGEST_NUMBER else None
    if match is None:
        raise ValueError(f"not a number with '.' between thousands and ',' before decimals: {text[:40]!r}")
    return Decimal(match[0].replace(".", "").replace(",", "."))


def format_number_vi(number: int | float | Decimal, places: int | None = None) -> str:
    """Return "1.234.567,5"; with `places`, exactly that many decimals, halves rounded away from zero.

    Raises ValueError for what is not finite.
    """
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {number!r}")
    if places is not None:
        precision = Context(prec=max(exact.adjusted(), 0) + places + 2, rounding=ROUND_HALF_UP)
        exact = exact.quantize(Decimal(1).scaleb(-places), context=precision)
    return f"{exact:,f}".translate(_TO_VIETNAMESE)
