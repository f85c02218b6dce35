"""The way of an assessment: what may be done to it, by whom, and when. Nothing else changes its state."""

from .many import move_those_possible
from .moving import MovedMeanwhile, Refused, may, move, steps_for
from .transitions import CLOCK, HOUSEHOLD, TRANSITIONS, Transition

__all__ = [
    "CLOCK",
    "HOUSEHOLD",
    "MovedMeanwhile",
    "Refused",
    "TRANSITIONS",
    "Transition",
    "may",
    "move",
    "move_those_possible",
    "steps_for",
]
