"""Reading tables that people send: CSV or XLSX, every bad row named, all or nothing."""

from .command import Counts, ImportCommand
from .errors import ImportRefused, RowError
from .table import as_text, read_table

__all__ = ["Counts", "ImportCommand", "ImportRefused", "RowError", "as_text", "read_table"]
