"""Sheets for the commands that import them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.core.management import CommandError, call_command


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """What is in no column is left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def run_import(command: str, *arguments: str) -> tuple[int, str, str]:
    """(exit status, last line, everything that went to stderr)"""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
        status = 0
    except CommandError as error:
        status = error.returncode
    return status, out.getvalue().strip().splitlines()[-1], err.getvalue()
