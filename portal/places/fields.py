"""Columns that fill themselves from another column, so that every database sorts and finds Vietnamese alike."""

from django.db import models

from portal import text


class DerivedTextField(models.CharField):
    """A CharField computed from the field `source` whenever the row is written through a model instance.

    Filled by `save` (put both names into `update_fields`) and `bulk_create`; whoever calls `bulk_update` or
    QuerySet.update() on the source must fill it. Compared by code point: collation "C" on PostgreSQL, BINARY on SQLite.
    Keys longer than `max_length` are cut: the rest no longer matters for order.
    """

    def __init__(self, *args, source, **kwargs):
        self.source = source
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("db_index", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def derive(self, value):
        raise NotImplementedError

    def pre_save(self, model_instance, add):
        value = self.derive(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

    def db_parameters(self, connection):
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return super().db_parameters(connection) | {"collation": collation}

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs | {"source": self.source, "db_index": self.db_index}


class SortKeyField(DerivedTextField):
    """Order of the Vietnamese alphabet and its tones: `order_by` this column."""

    def derive(self, value):
        return text.sort_key(value)


class GivenNameKeyField(DerivedTextField):
    """The same for the names of people, who are listed by given name (vn_rules R6.5)."""

    def derive(self, value):
        return text.given_name_key(value)


class NameKeyField(DerivedTextField):
    """Equal for two spellings of one name: case and the place of the tone mark do not count (vn_rules R1.5)."""

    def derive(self, value):
        return text.name_key(value)


class FoldedField(DerivedTextField):
    """The text without accents and case, for finding a part of a name as people type it: `__contains=fold(typed)`."""

    def derive(self, value):
        return text.fold(value)
