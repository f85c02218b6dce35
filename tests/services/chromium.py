"""Debian's Chromium, driven by playwright."""

from .machine import program


def path() -> str:
    """Raises machine.Missing."""
    return program(
        "chromium", "chromium-browser", "google-chrome", missing="no browser (Debian package chromium)"
    )
