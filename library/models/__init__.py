from .documents import OfficialDocument
from .imports import ImportBatch, ImportChange
from .link_checks import LinkCheck
from .proposals import Proposal
from .records import SourceRecord
from .relations import Classification, Contribution, Identifier
from .renditions import Rendition
from .resources import Resource
from .subjects import Subject
from .tags import ResourceTag, Tag

__all__ = [
    "Classification",
    "Contribution",
    "Identifier",
    "ImportBatch",
    "ImportChange",
    "LinkCheck",
    "OfficialDocument",
    "Proposal",
    "Rendition",
    "Resource",
    "ResourceTag",
    "SourceRecord",
    "Subject",
    "Tag",
]
