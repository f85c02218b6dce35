from .documents import OfficialDocument
from .resources import Classification, Contribution, Resource, ResourceTag
from .subjects import Subject

__all__ = ["Classification", "Contribution", "OfficialDocument", "Resource", "ResourceTag", "Subject"]
