"""The words of a decision, and the paper made of them (Nghị định 30/2020/NĐ-CP). They are those of Vietnamese offices,
whatever the language of the portal; grounds and who decides are data of the round."""

from collections.abc import Sequence

from portal.places.models import Place
from portal.text import format_date
from recognition.domain.papers import Annex, AnnexRow, DecisionPaper
from recognition.enums import DecisionKind, Outcome, SubjectKind
from recognition.models import CouncilSession, Decision

from .entries import Entry

WHOM = {
    SubjectKind.FAMILY: "gia đình",
    SubjectKind.CLAN: "dòng họ",
    SubjectKind.COMMUNITY: "cộng đồng",
    SubjectKind.UNIT: "đơn vị",
    SubjectKind.CITIZEN: "công dân",
}
ABOUT = {
    DecisionKind.RECOGNISE: "Về việc công nhận danh hiệu “{title}” năm {year}",
    DecisionKind.REVOKE: "Về việc thu hồi danh hiệu “{title}” năm {year}",
    DecisionKind.AMEND: "Về việc sửa đổi, bổ sung Quyết định số {amended} ngày {day}",
}
FIRST = {
    DecisionKind.RECOGNISE: "Công nhận danh hiệu “{title}” năm {year} đối với các {whom} có tên trong danh sách kèm theo.",
    DecisionKind.REVOKE: "Thu hồi danh hiệu “{title}” năm {year} đối với các {whom} có tên trong danh sách kèm theo, "
    "đã được công nhận tại Quyết định số {amended} ngày {day}. Lý do: {reason}",
    DecisionKind.AMEND: "Sửa đổi, bổ sung Quyết định số {amended} ngày {day} đối với các {whom} có tên trong danh sách kèm theo. "
    "Lý do: {reason}",
}
TITLES = {
    (DecisionKind.RECOGNISE, Outcome.PASS): "Danh sách {whom} được công nhận danh hiệu “{title}” năm {year}",
    (
        DecisionKind.RECOGNISE,
        Outcome.FAIL,
    ): "Danh sách {whom} không được công nhận danh hiệu “{title}” năm {year}",
    (DecisionKind.REVOKE, Outcome.FAIL): "Danh sách {whom} bị thu hồi danh hiệu “{title}” năm {year}",
    (DecisionKind.AMEND, Outcome.PASS): "Danh sách {whom} được công nhận danh hiệu “{title}” năm {year}",
    (
        DecisionKind.AMEND,
        Outcome.FAIL,
    ): "Danh sách {whom} không được công nhận danh hiệu “{title}” năm {year}",
}
IN_FORCE = "Quyết định này có hiệu lực kể từ ngày ký."
CARRIED_OUT = "Các cơ quan, đơn vị, cá nhân có liên quan và các {whom} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
RECIPIENTS = "Như Điều 3\nLưu: VT"


def title_of(kind: SubjectKind | str) -> str:
    """ "Gia đình học tập", as the title is called by law."""
    return f"{WHOM[kind]} học tập".capitalize()


def issuer(commune: Place) -> str:
    """ "Ủy ban nhân dân xã Đàm Thuỷ"."""
    return f"Ủy ban nhân dân {_lower_first(str(commune))}"


def authority(decision: Decision) -> str:
    """Who decides, as the round says; where it leaves the name of the commune open, with the name."""
    words, commune = decision.round.decided_by, str(decision.commune)
    kind, _space, name = commune.partition(" ")
    return f"{words} {name}" if words.casefold().endswith(f" {kind.casefold()}") else words


def articles(decision: Decision) -> str:
    """What the draft begins with: an article a paragraph, with an empty line between two."""
    facts = _facts(decision)
    return "\n\n".join([FIRST[decision.kind].format(**facts), IN_FORCE, CARRIED_OUT.format(**facts)])


def recipients() -> str:
    return RECIPIENTS


def grounds(decision: Decision) -> tuple[str, ...]:
    """Those of the round, then the minutes of the council."""
    held = CouncilSession.objects.filter(round=decision.round, commune=decision.commune, state="closed")
    days = [format_date(day) for day in held.order_by("held_on").values_list("held_on", flat=True)]
    minutes = [f"Căn cứ biên bản họp Hội đồng xét công nhận ngày {', '.join(days)}"] if days else []
    return (*decision.round.legal_bases, *minutes)


def paper(decision: Decision, entries: Sequence[Entry]) -> DecisionPaper:
    number, _slash, symbol = decision.number.partition("/")
    commune = str(decision.commune)
    return DecisionPaper(
        issuer=decision.issuer,
        symbol=symbol or "QĐ-UBND",
        number=number,
        place=commune.partition(" ")[2] or commune,
        issued_on=decision.issued_on,
        about=ABOUT[decision.kind].format(**_facts(decision)),
        authority=authority(decision),
        grounds=grounds(decision),
        articles=tuple(each for each in decision.articles.replace("\r", "").split("\n\n") if each.strip()),
        capacity=tuple(line.strip() for line in decision.signer_title.split(";") if line.strip()),
        signer=decision.signer_name,
        recipients=tuple(line for line in decision.recipients.splitlines() if line.strip()),
        annexes=tuple(_annexes(decision, entries)),
    )


def _annexes(decision: Decision, entries: Sequence[Entry]):
    """Who is not recognised is told so with the reasons and stands in no list, unless the decision is about nobody else."""
    by_outcome = {outcome: [each for each in entries if each.outcome == outcome] for outcome in Outcome}
    outcome = Outcome.PASS if by_outcome[Outcome.PASS] else Outcome.FAIL
    rows = by_outcome[outcome]
    if not rows:
        return
    title = title_of(decision.round.subject_kind)
    shows_results = outcome == Outcome.PASS and len({each.result for each in rows} | {"Đạt"}) > 1
    yield Annex(
        TITLES[decision.kind, outcome].format(**_facts(decision)),
        tuple(AnnexRow(each.name, each.place, title, each.result if shows_results else "") for each in rows),
    )


def _facts(decision: Decision) -> dict:
    kind = decision.round.subject_kind
    amended = decision.amends
    return {
        "title": title_of(kind),
        "whom": WHOM[kind],
        "year": decision.round.year,
        "amended": amended.number if amended else "",
        "day": format_date(amended.issued_on) if amended else "",
        "reason": " ".join(decision.reason.split()),
    }


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
