from .documents import OfficialDocument
from .duplicates import Duplicate, Merge
from .enquiries import Enquiry
from .imports import ImportBatch, ImportChange, ImportLine
from .learning_paths import LearningPath, LearningPathIndexPage
from .library_page import LibraryPage
from .link_checks import LinkCheck
from .proposals import Proposal
from .reading import Bookmark, ReadingProgress
from .records import SourceRecord
from .relations import Classification, Contribution, Identifier
from .renditions import Rendition
from .resources import Resource
from .shelves import Shelf, ShelfIndexPage, ShelfItem
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
    "Identifier",
    "ImportBatch",
    "ImportChange",
    "ImportLine",
    "LearningPath",
    "LearningPathIndexPage",
    "LibraryPage",
    "LinkCheck",
    "Merge",
    "OfficialDocument",
    "Proposal",
    "QuizAttempt",
    "ReadingProgress",
    "Rendition",
    "Resource",
    "ResourceTag",
    "Shelf",
    "ShelfIndexPage",
    "ShelfItem",
    "SourceRecord",
    "StepDone",
    "Subject",
    "Tag",
    "Usage",
]
