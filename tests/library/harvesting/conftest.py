from contextlib import nullcontext

import pytest

from library.management.commands import harvest


@pytest.fixture
def at_the_door(settings, monkeypatch):
    """The doors for programs, in the process of the test: sources on loopback may be read, and Python does not look
    through all that the tests have loaded before and after each reading."""
    settings.HARVEST_ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(harvest, "rarely_collecting", nullcontext)
