from .award import Award
from .book_upload import BookUpload
from .criteria_set import CriteriaSet
from .criterion import CriteriaGroup, Criterion
from .subject import Subject

__all__ = ["Award", "BookUpload", "CriteriaGroup", "CriteriaSet", "Criterion", "Subject"]
