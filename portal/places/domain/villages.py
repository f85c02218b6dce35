"""The list of villages of a commune, as the commune enters it (vn_rules R1.6)."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import text
from portal.places.domain import versions
from portal.places.enums import VILLAGE_KINDS
from portal.places.models import Place
from portal.web.imports import Counts, ImportRefused, RowError, as_text

KIND, NAME = "Loại", "Tên"  # headings of the table
KINDS = {text.name_key(kind.label): kind for kind in VILLAGE_KINDS}


@transaction.atomic
def import_villages(rows, commune, date):
    """Bring the villages of `commune` in line with the table, from `date` on. -> Counts

    rows: (row number, {"Loại": "xóm", "Tên": "Bản Giốc"}). A village that is there under another kind changes its kind
    from `date`; one that the table leaves out stays, for a missing row is no decision to dissolve a village.
    Raises ImportRefused with every wrong row, and nothing is written.
    """
    villages, errors = _read(rows)
    if errors:
        raise ImportRefused(errors)
    there = {text.name_key(place.at(date).name): place for place in _villages_of(commune, date)}
    counts = Counts()
    for key, (kind, name) in villages.items():
        place = there.get(key)
        if place is None:
            versions.found(name=name, kind=kind, parent=commune, since=date)
            counts.created += 1
        elif place.at(date).kind != kind:
            versions.amend(place, date, kind=kind)
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


def _villages_of(commune, date):
    return Place.objects.within(commune, date).with_versions()


def _read(rows):
    """-> ({name key: (kind, name)}, [RowError])"""
    villages, first_rows, errors = {}, {}, []
    for number, row in rows:
        kind_text, name = as_text(row[KIND]), as_text(row[NAME])
        kind = KINDS.get(text.name_key(kind_text))
        if kind is None:
            choices = ", ".join(kind.label.lower() for kind in VILLAGE_KINDS)
            reason = _("“%(kind)s” is not a kind of village. Write one of: %(choices)s.")
            errors.append(RowError(number, KIND, reason % {"kind": kind_text, "choices": choices}))
            continue
        name = kind.strip_from(name) or name
        key = text.name_key(name)
        if not name or len(name) > 100:
            errors.append(RowError(number, NAME, _("Write a name of 1 to 100 characters.")))
        elif key in villages:
            reason = _("“%(name)s” is in row %(row)s already.") % {"name": name, "row": first_rows[key]}
            errors.append(RowError(number, NAME, reason))
        else:
            villages[key], first_rows[key] = (kind, name), number
    return villages, errors
