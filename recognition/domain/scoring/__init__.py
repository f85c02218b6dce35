"""Scoring a sheet by the rules of its criteria set: pure functions of plain values."""

from .answers import MalformedSheet, Sheet, read_answer, read_sheet
from .rules import RuleSet, UnusableRules, read_rules
from .verdict import Verdict, verdict

__all__ = [
    "MalformedSheet",
    "RuleSet",
    "Sheet",
    "UnusableRules",
    "Verdict",
    "read_answer",
    "read_rules",
    "read_sheet",
    "verdict",
]
