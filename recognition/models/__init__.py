from .award import Award
from .book_upload import BookUpload
from .criteria_set import CriteriaSet
from .criterion import CriteriaGroup, Criterion
from .subject import Subject
from .village_area import VillageArea

__all__ = ["Award", "BookUpload", "CriteriaGroup", "CriteriaSet", "Criterion", "Subject", "VillageArea"]
