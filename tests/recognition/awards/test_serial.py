import re

import pytest

from recognition.enums import SubjectKind
from recognition.models.serial import KINDS, LETTERS, PATTERN, new_serial, read_serial


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_serial_tells_year_and_title_and_is_never_the_same(kind):
    serials = {new_serial(kind, 2025) for _time in range(50)}
    assert len(serials) == 50
    assert all(serial.startswith(f"2025-{KINDS[kind]}-") and re.match(PATTERN, serial) for serial in serials)


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_serial_is_read_however_it_is_typed(kind):
    for year in range(1996, 2101):
        serial = new_serial(kind, year)
        bare = serial.replace("-", "")
        for typed in (serial, serial.lower(), bare, f" {serial.replace('-', ' ')} "):
            assert read_serial(typed) == serial
        assert read_serial(bare.replace("0", "o").replace("1", "l")) == serial
        assert read_serial(bare.replace("0", "O").replace("1", "I")) == serial


def test_one_wrong_letter_is_noticed():
    serial = new_serial(SubjectKind.FAMILY, 2025)
    for place in (place for place, letter in enumerate(serial) if letter != "-"):
        for wrong in LETTERS.replace(serial[place], ""):
            assert read_serial(serial[:place] + wrong + serial[place + 1 :]) is None


@pytest.mark.parametrize(
    "typed", ["", "2025", "2025-GD-AAAAA-AAAA", "2025-XX-AAAAA-AAAAA", "'; DROP TABLE", "é" * 16]
)
def test_what_is_no_serial_is_none(typed):
    assert read_serial(typed) is None
