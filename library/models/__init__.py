from .documents import OfficialDocument
from .resources import Classification, Contribution, Resource
from .subjects import Subject
from .tags import ResourceTag, Tag

__all__ = [
    "Classification",
    "Contribution",
    "OfficialDocument",
    "Resource",
    "ResourceTag",
    "Subject",
    "Tag",
]
