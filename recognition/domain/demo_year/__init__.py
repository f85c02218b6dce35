"""One commune's year to try every desk with: samples only, labelled as such, and taken away again as a whole."""

from .making import DemoYear, make
from .removing import remove

__all__ = ["DemoYear", "make", "remove"]
