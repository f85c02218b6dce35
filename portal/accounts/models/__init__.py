from .audit import AuditChain, AuditEvent
from .grant import Grant
from .user import User

__all__ = ["AuditChain", "AuditEvent", "Grant", "User"]
