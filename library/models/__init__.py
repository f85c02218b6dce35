from .documents import OfficialDocument
from .imports import ImportBatch, ImportChange
from .link_checks import LinkCheck
from .proposals import Proposal
from .reading import Bookmark, ReadingProgress
from .records import SourceRecord
from .relations import Classification, Contribution, Identifier
from .renditions import Rendition
from .resources import Resource
from .subjects import Subject
from .tags import ResourceTag, Tag
from .usage import Usage

__all__ = [
    "Bookmark",
    "Classification",
    "Contribution",
    "Identifier",
    "ImportBatch",
    "ImportChange",
    "LinkCheck",
    "OfficialDocument",
    "Proposal",
    "ReadingProgress",
    "Rendition",
    "Resource",
    "ResourceTag",
    "SourceRecord",
    "Subject",
    "Tag",
    "Usage",
]
