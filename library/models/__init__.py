from .documents import OfficialDocument
from .duplicates import Duplicate, Merge
from .enquiries import Enquiry
from .harvests import Harvest, HarvestFailure
from .imports import ImportBatch, ImportChange, ImportLine
from .learning_paths import LearningPath, LearningPathIndexPage
from .library_page import LibraryPage
from .link_checks import LinkCheck
from .offering import OfferedCount, OfferedRecord, OfferedSet, Offering, OfferingTask
from .open_data import OpenDataFile
from .proposals import Proposal
from .reading import Bookmark, ReadingProgress
from .records import RawRecord, SourceRecord
from .relations import Classification, Contribution, Identifier
from .renditions import Rendition
from .resources import Resource
from .self_tests import SelfTest, SelfTestCheck
from .shelves import Shelf, ShelfIndexPage, ShelfItem
from .sources import Source, SubjectMapping
from .subjects import Subject
from .tags import ResourceTag, Tag
from .training import Completion, QuizAttempt, StepDone
from .usage import Usage

__all__ = [
    "Bookmark",
    "Classification",
    "Completion",
    "Contribution",
    "Duplicate",
    "Enquiry",
    "Harvest",
    "HarvestFailure",
    "Identifier",
    "ImportBatch",
    "ImportChange",
    "ImportLine",
    "LearningPath",
    "LearningPathIndexPage",
    "LibraryPage",
    "LinkCheck",
    "Merge",
    "OfferedCount",
    "OfferedRecord",
    "OfferedSet",
    "Offering",
    "OfferingTask",
    "OfficialDocument",
    "OpenDataFile",
    "Proposal",
    "QuizAttempt",
    "RawRecord",
    "ReadingProgress",
    "Rendition",
    "Resource",
    "ResourceTag",
    "SelfTest",
    "SelfTestCheck",
    "Shelf",
    "ShelfIndexPage",
    "ShelfItem",
    "Source",
    "SourceRecord",
    "StepDone",
    "Subject",
    "SubjectMapping",
    "Tag",
    "Usage",
]
