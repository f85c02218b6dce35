from .award import Award
from .criteria_set import CriteriaSet
from .criterion import CriteriaGroup, Criterion
from .subject import Subject

__all__ = ["Award", "CriteriaGroup", "CriteriaSet", "Criterion", "Subject"]
