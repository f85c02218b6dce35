"""Real records that lie beside the repository; a test that needs one says so when it is not there."""

import pytest

from django.conf import settings

SAMPLES = settings.BASE_DIR.parent / "shared" / "samples"


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"The shared sample {name} is not on this machine.")
    return path.read_bytes()
