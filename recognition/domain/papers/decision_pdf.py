"""A decision as PDF/A, typeset from `data/papers/decision.typ`."""

from django.conf import settings

from portal.web.typesetting import ARCHIVAL, typeset

from .decision import DecisionPaper, written

TEMPLATE = settings.BASE_DIR / "recognition/data/papers/decision.typ"


def decision_pdf(paper: DecisionPaper) -> bytes:
    """In Liberation Serif, whose letters are as wide as those of Times New Roman, where the machine has it."""
    return typeset(TEMPLATE, written(paper), day=paper.issued_on, standards=ARCHIVAL, system_fonts=True)
