"""GNU gettext, which collects the strings to translate."""

from .machine import program


def path() -> str:
    """Raises machine.Missing."""
    return program("xgettext", missing="no gettext (Debian package gettext)")
