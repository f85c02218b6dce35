"""Files that people send: what they are is told by their content, and what could harm a reader is refused.

check(file, allowed)  the one door: what the file is, and the file to store; or UploadRefused with a sentence
DOCUMENTS, RESOURCES  what may be attached to a page, what the library can show
"""

from .checking import Checked, check
from .kinds import DOCUMENTS, RESOURCES, FileKind, Group
from .refusal import MAX_BYTES, UploadRefused

__all__ = ["DOCUMENTS", "MAX_BYTES", "RESOURCES", "Checked", "FileKind", "Group", "UploadRefused", "check"]
