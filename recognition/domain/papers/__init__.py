"""Papers, as pure functions of plain values: the same values always give the same bytes, whose hash is kept.

DecisionPaper, Annex, AnnexRow   what a decision says; decision_docx and decision_pdf make it
WhyNotLetter                     why a family was not recognised; why_not_pdf makes many, two a page
"""

from .decision import Annex, AnnexRow, DecisionPaper
from .decision_docx import decision_docx
from .decision_pdf import decision_pdf
from .why_not import WhyNotLetter, why_not_pdf

__all__ = [
    "Annex",
    "AnnexRow",
    "DecisionPaper",
    "WhyNotLetter",
    "decision_docx",
    "decision_pdf",
    "why_not_pdf",
]
