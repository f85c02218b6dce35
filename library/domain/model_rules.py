"""What the rules of the models refuse, in sentences: of a row of a sheet by its columns, of a description by its fields."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from ..interop.sheets.cells import Cells
from ..models import Contribution, Rendition, Resource, Tag


def check(sheet: Cells, instance: Model, columns: Mapping[str, str]) -> None:
    """Run the model's own rules; `columns` maps a field to the column it was read from."""
    unchecked = {field.name for field in instance._meta.fields} - set(columns)
    for name, column in columns.items():
        known = dict(instance._meta.get_field(name).flatchoices)
        value = getattr(instance, name)
        if known and value not in known:
            reason = _("“%(text)s” is not known here; use one of: %(known)s.")
            sheet.wrong(column, reason % {"text": value, "known": ", ".join(known)})
            unchecked.add(name)
    try:
        instance.clean_fields(exclude=unchecked)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                sheet.wrong(columns[name], message)


def mistakes_in(values: dict) -> list[str]:
    """Sentences on what the rules of the models refuse in a description. Text is made NFC on the way."""
    if not values.get("title"):
        return [_("It has no title.")]
    columns = {field.name for field in Resource._meta.fields}
    spoken_of = {name: value for name, value in values.items() if name in columns}
    found = _mistakes(Resource(**spoken_of), spoken_of)
    for name, _role in values.get("creators", ()):
        found += _mistakes(Contribution(name=name), ["name"])
    for name in values.get("tags", ()):
        found += _mistakes(Tag(name=name), ["name"])
    for url in values.get("links", ()):
        found += _mistakes(Rendition(url=url), ["url"])
    return found


def _mistakes(instance, names: Iterable[str]) -> list[str]:
    others = {field.name for field in instance._meta.fields} - set(names)
    try:
        instance.clean_fields(exclude=others)
    except ValidationError as error:
        labels = {name: instance._meta.get_field(name).verbose_name for name in error.message_dict}
        return [
            f"{labels[name]}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []
