"""What a decision says, and how each part of it is written (Nghị định 30/2020/NĐ-CP, Phụ lục I, mẫu 1.2).

The words are the ones of Vietnamese offices, whatever the language of the portal.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.text import format_date_official, nfc

BLANK = "\N{NO-BREAK SPACE}" * 6  # filled in by hand, or by the clerk who registers the paper
NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One who is recognised. `village` as it stands on the day; `kind` names the title; `result` is the level or ""."""

    name: str
    village: str
    kind: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """`title`: "Danh sách gia đình được công nhận ..."; the rows are numbered as they come."""

    title: str
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """Names in ordinary letters ("Ủy ban nhân dân xã X"): what stands in capitals is put into them here.

    `number` and `issued_on` stay empty until the paper is registered. Nothing legal is known here: grounds and articles
    come from who decides.
    """

    issuer: str
    symbol: str  # "QĐ-UBND"
    place: str  # "Trùng Khánh", before the date
    about: str  # trích yếu: "Về việc công nhận ..."
    authority: str  # who decides, above the grounds: "Chủ tịch Ủy ban nhân dân xã X"
    grounds: tuple[str, ...]  # each "Căn cứ ..." or "Theo đề nghị của ..."
    articles: tuple[str, ...]  # without "Điều 1."; a new line begins a further paragraph
    capacity: tuple[str, ...]  # ("TM. Ủy ban nhân dân", "Chủ tịch") or ("KT. Chủ tịch", "Phó Chủ tịch")
    signer: str
    recipients: tuple[str, ...]  # the last one is where it is kept: "Lưu: VT, VHXH"
    number: str = ""
    issued_on: datetime.date | None = None
    superior: str = ""  # the body above the issuer, where one is named
    annexes: tuple[Annex, ...] = ()


def written(paper: DecisionPaper) -> dict:
    """Every line of the paper as it is printed, in plain values for a template."""
    number = written_number(paper.number, plain(paper.symbol))
    day = format_date_official(paper.issued_on) if paper.issued_on else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    issuer = plain(paper.issuer)
    return {
        "superior": plain(paper.superior).upper(),
        "issuer": issuer.upper(),
        "number": f"Số: {number}",
        "place_and_day": f"{plain(paper.place)}, {day}",
        "about": plain(paper.about),
        "authority": plain(paper.authority).upper(),
        "grounds": _closed(paper.grounds, ";", "."),
        "articles": list(_articles(paper.articles)),
        "capacity": [plain(line).upper() for line in paper.capacity],
        "signer": plain(paper.signer),
        "recipients": _closed([f"- {line}" for line in map(_bare, paper.recipients)], ";", "."),
        "annexes": list(_annexes(paper.annexes)),
        "belongs_to": f"(Kèm theo Quyết định số {number} {day} của {issuer})",
    }


def written_number(number: str, symbol: str) -> str:
    """ "5", "QĐ-UBND" -> "05/QĐ-UBND"; without a number there is room for it."""
    number = plain(number)
    if re.fullmatch("[1-9]", number):
        number = f"0{number}"
    return f"{number or BLANK}/{symbol}"


def plain(text: str) -> str:
    """One line in NFC, without what XML takes no account of: half characters and non-characters."""
    return " ".join(NO_CHARACTERS.sub("", nfc(text)).split())


def _bare(text: str) -> str:
    return plain(text).removeprefix("- ").rstrip(" .;,/")


def _closed(lines: Sequence[str], between: str, last: str) -> list[str]:
    bare = [each for each in (plain(line).rstrip(" .;,") for line in lines) if each]
    return [f"{line}{between}" for line in bare[:-1]] + [f"{line}{last}" for line in bare[-1:]]


def _articles(articles: Sequence[str]) -> Iterator[dict]:
    """{"label": "Điều 1.", "paragraphs": [...]}; the last paragraph of all ends with "./."."""
    for number, article in enumerate(articles, 1):
        paragraphs = [each for each in map(plain, article.splitlines()) if each] or [""]
        if number == len(articles):
            paragraphs[-1] = paragraphs[-1].rstrip(" ./") + "./."
        yield {"label": f"Điều {number}.", "first": paragraphs[0], "further": paragraphs[1:]}


def _annexes(annexes: Sequence[Annex]) -> Iterator[dict]:
    for number, annex in enumerate(annexes, 1):
        rows = [_row(serial, row) for serial, row in enumerate(annex.rows, 1)]
        yield {
            "label": f"Phụ lục {_roman(number)}" if len(annexes) > 1 else "Phụ lục",
            "title": plain(annex.title).upper(),
            "rows": rows,
            "has_results": any(row[-1] for row in rows),
        }


def _row(serial: int, row: AnnexRow) -> list[str]:
    return [str(serial), plain(row.name), plain(row.village), plain(row.kind), plain(row.result)]


def _roman(number: int) -> str:
    for value, letters in ROMAN:
        if number >= value:
            return letters + _roman(number - value)
    return ""
