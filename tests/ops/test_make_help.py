import re
import subprocess
from pathlib import Path

from django.conf import settings


def test_help_lists_every_target():
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    shown = subprocess.run(
        ["make", "help"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^  make (\w+) ", shown, re.MULTILINE) == targets
