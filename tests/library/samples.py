"""Real records and lists that lie beside the repository; a test that needs one says so when it is not there."""

from pathlib import Path

import pytest

from django.conf import settings

SHARED = Path(settings.BASE_DIR).parent / "shared"


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"NOT TESTED: {name} - it does not lie beside the repository")
    return path


def sample(name: str) -> bytes:
    return shared(f"samples/{name}").read_bytes()
