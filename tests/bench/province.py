"""`python -m tests.bench.province`: prints the seconds of each figure of `recognition` as a list of JSON.

Runs against the database of DATABASE_URL, which it fills.
"""

import datetime
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.core.management import call_command

from . import households

SHEETS = 100_000
ROWS = 20_000
EVENTS = 190_000
DECIDED = 500  # rows of a decision
TODAY = datetime.date(2026, 1, 1)
CITIZEN = "KHVN-CDHT-2021-2030"


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    commune = _commune()
    parts = (_judge(), _enter(commune), _verify(commune), *_papers())
    seconds = [_seconds(part) for part in parts]
    seconds += [part() for part in households.parts()]
    print(json.dumps(seconds))


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _commune():
    """With forty villages."""
    from portal.places.domain.versions import found
    from portal.places.enums import PlaceKind

    province = found(name="Mẫu", kind=PlaceKind.PROVINCE, parent=None, since=TODAY, code="99")
    commune = found(name="Mẫu", kind=PlaceKind.COMMUNE, parent=province, since=TODAY, code="99999")
    for number in range(40):
        found(name=f"Mẫu {number}", kind=PlaceKind.XOM, parent=commune, since=TODAY)
    return commune


def _judge() -> Callable[[], None]:
    """Through the line of JSON that a program sends and the line that it gets."""
    from recognition.domain.criteria_import import import_sets
    from recognition.domain.published_rules import rules_of
    from recognition.management.commands.verdict import judged
    from recognition.models import CriteriaSet

    file = Path(__file__).parents[2] / "recognition" / "data" / "criteria" / "khvn-citizen-2021-2030.json"
    import_sets({file.name: file.read_text("utf-8")})
    criteria = CriteriaSet.objects.get(code=CITIZEN)
    codes = list(rules_of(criteria).targets)
    chance = random.Random(1)
    lines = [json.dumps(_sheet(number, codes, chance)) for number in range(SHEETS)]

    def work():
        rules = rules_of(criteria)
        for line in lines:
            json.dumps(judged(rules, line), ensure_ascii=False, default=float)

    return work


def _sheet(number: int, codes: list[str], chance: random.Random) -> dict:
    answers = {code: {"points": chance.randint(3, 10)} for code in codes}
    area = chance.choice(["standard", "disadvantaged"])
    return {"id": str(number), "area": area, "level": None, "months_since_previous": None, "answers": answers}


def _enter(commune) -> Callable[[], None]:
    """From the workbook that an officer sends."""
    from django.core.files.base import ContentFile

    from portal.web.imports import read_table
    from recognition.domain.books.importing import import_subjects
    from recognition.domain.books.sheet import REQUIRED

    content = _workbook()

    def work():
        import_subjects(read_table(ContentFile(content, "so.xlsx"), required=REQUIRED), commune, TODAY)

    return work


def _workbook() -> bytes:
    import xlsxwriter

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        with xlsxwriter.Workbook(file.name) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Loại", "Tên", "Xóm", "Phân biệt"])
            for row in range(1, ROWS + 1):
                sheet.write_row(row, 0, ["Gia đình", f"Nguyễn Văn Mẫu {row}", f"Xóm Mẫu {row % 40}", ""])
        return Path(file.name).read_bytes()


def _verify(commune) -> Callable[[], None]:
    from portal.accounts.domain import audit
    from portal.accounts.models import AuditChain

    audit.record(commune, TODAY.year, _deeds(), audit.Actor())
    chain = AuditChain.objects.get()

    def work():
        if broken := audit.verify(chain):
            raise RuntimeError(str(broken))

    return work


def _deeds() -> Iterator:
    from portal.accounts.domain.audit import Deed

    for number in range(EVENTS):
        yield Deed("submitted", f"recognition.assessment:{number}", {"state": "self_scored", "points": 87})


def _papers() -> Iterator[Callable[[], None]]:
    """As the first decision of a process is made: nothing is kept from one before."""
    from recognition.domain.papers import Annex, decision_docx, decision_pdf
    from tests.factories.papers import DecisionPaperFactory, annex_rows

    paper = DecisionPaperFactory(annexes=(Annex("Danh sách mẫu", annex_rows(DECIDED)),))
    yield lambda: decision_pdf(paper)
    yield lambda: decision_docx(paper)


if __name__ == "__main__":
    main()
