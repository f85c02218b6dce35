"""The titles of real Vietnamese MARC records, when the samples lie beside the project."""

import random
from pathlib import Path

import pytest
from pymarc import MARCReader

from django.conf import settings

from portal.text import nfc, syllables

RECORDS = Path(settings.BASE_DIR).parent / "shared/samples/marc/vn_hcmut_library_part4_0001-0500.mrc"


def titles() -> list[str]:
    """Each title once, in Vietnamese and English. Skips the test, with a sentence, when the file is not there."""
    if not RECORDS.exists():
        pytest.skip(f"NOT TESTED: real Vietnamese titles - there is no {RECORDS}")
    with RECORDS.open("rb") as file:
        records = [record for record in MARCReader(file, to_unicode=True, force_utf8=True) if record]
    parts = [
        " ".join(field.get_subfields("a", "b")) for record in records for field in record.get_fields("245")
    ]
    return sorted({nfc(part).strip(" /:.") for part in parts} - {""})


def phrases(texts: list[str], number: int, seed: int = 4) -> list[str]:
    """`number` runs of 2 to 4 neighbouring words without signs between them, drawn from the accented `texts`."""
    chance = random.Random(seed)
    accented = [text for text in texts if any(exact.rstrip("_") != base for base, exact in syllables(text))]
    found = []
    while len(found) < number:
        words = chance.choice(accented).split()
        length = chance.randint(2, 4)
        start = chance.randrange(max(len(words) - length, 0) + 1)
        run = words[start : start + length]
        if len(run) == length and all(word.isalpha() for word in run):
            found.append(" ".join(run))
    return found
