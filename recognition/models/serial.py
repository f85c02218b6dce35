"""The serial that is printed on a paper of a title: 2025-GD-7K3M9-QX2A5.

Year and title for people, forty-five random bits against guessing, and a letter that tells a wrongly typed one.
"""

import re
import secrets

from stdnum.iso7064 import mod_37_36

from django.db import models

from recognition.enums import SubjectKind

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
RANDOM = 9
KINDS = {
    SubjectKind.FAMILY: "GD",
    SubjectKind.CLAN: "DH",
    SubjectKind.COMMUNITY: "CD",
    SubjectKind.UNIT: "DV",
    SubjectKind.CITIZEN: "CN",
}
PATTERN = r"^[0-9]{4}-(GD|DH|CD|DV|CN)-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$"


def new_serial(kind: SubjectKind | str, year: int) -> str:
    head = f"{year:04}{KINDS[kind]}"
    bits = secrets.randbits(
        5 * RANDOM
    )  # one call: choosing letter by letter takes a second for 20,000 titles
    body = "".join(LETTERS[bits >> 5 * place & 31] for place in range(RANDOM))
    return _written(head + body + mod_37_36.calc_check_digit(head + body, LETTERS))


def read_serial(text: str) -> str | None:
    """A serial as somebody typed it -> as it is printed; None for what no paper bears."""
    bare = re.sub(r"[\s-]", "", text).upper().translate(LOOK_ALIKES)
    serial = _written(bare)
    return serial if re.fullmatch(PATTERN, serial) and mod_37_36.is_valid(bare, LETTERS) else None


def _written(bare: str) -> str:
    return "-".join((bare[:4], bare[4:6], bare[6:11], bare[11:]))


class SerialField(models.CharField):
    """Filled by `save` and `bulk_create` from the fields `subject_kind` and `year`, once and for all."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **kwargs | {"max_length": 19, "unique": True, "editable": False, "blank": True}
        )

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "editable", "blank"):
            del kwargs[fixed]
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if not value:
            value = new_serial(model_instance.subject_kind, model_instance.year)
            setattr(model_instance, self.attname, value)
        return value
