import re
from pathlib import Path

import pytest

from django.conf import settings

REQUIREMENTS = Path(settings.BASE_DIR) / "requirements"


def entries(name: str) -> list[str]:
    """Each requirement with its continued lines as one text."""
    text = (REQUIREMENTS / name).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_every_requirement_is_one_version_with_hashes(name):
    for entry in entries(name):
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,-]+\])?==[^ ]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_lock_file_names_no_package_host(name):
    text = (REQUIREMENTS / name).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_both_lock_files_agree_on_versions():
    pinned = [
        dict(entry.split(maxsplit=1)[0].split("==") for entry in entries(n)) for n in ("base.txt", "dev.txt")
    ]
    base, dev = pinned
    assert {name: dev.get(name) for name in base} == base
