from .documents import OfficialDocument
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
    "OfficialDocument",
    "Rendition",
    "Resource",
    "ResourceTag",
    "SourceRecord",
    "Subject",
    "Tag",
]
