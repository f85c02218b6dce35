"""Papers, as pure functions of plain values: the same values always give the same bytes, whose hash is kept.

DecisionPaper, Annex, AnnexRow   what a decision says; decision_docx and decision_pdf make it
"""

from .decision import Annex, AnnexRow, DecisionPaper
from .decision_docx import decision_docx
from .decision_pdf import decision_pdf

__all__ = ["Annex", "AnnexRow", "DecisionPaper", "decision_docx", "decision_pdf"]
