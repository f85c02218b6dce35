"""Nùng: dates and numbers are written as in Vietnamese."""

from portal.formats.vi.formats import *  # noqa: F403
