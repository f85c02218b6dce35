"""What proves the answers of a sheet: files kept once, pieces of evidence that cover one assessment or many."""

from .keeping import NotNow, add, attach, cover, uncover

__all__ = ["NotNow", "add", "attach", "cover", "uncover"]
