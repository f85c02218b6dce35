"""Rows written and removed as plain values, without a model made of each: a tenth of the time where there are thousands.

What `bulk_create` would do is done a column at a time: defaults, days of now, columns that fill themselves from another.
No signal is sent; whoever writes rows that the search follows tells it (`portal.search.outbox.changed`). The database
checks its rules as ever, so the errors are those of any other write.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from json import JSONEncoder
from typing import Any

from django.db import connection, models
from django.utils import timezone

Column = Sequence[Any]
PLAIN = (models.CharField, models.TextField, models.BooleanField)


def take_numbers(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that no row of `model` has or ever had, for rows to be inserted in this transaction."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # looked for in a query of its own, which is asked once, not once a number
            sequence = "SELECT pg_get_serial_sequence(%s, %s)::regclass"
            numbers = f"SELECT nextval(({sequence})) FROM generate_series(1, %s)"  # noqa: S608
            cursor.execute(numbers, [f'"{table}"', key, count])
            return [number for (number,) in cursor.fetchall()]
        # SQLite has one writer; a number that is used is noted there by AUTOINCREMENT itself.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return list(range(first, first + count))


def insert(model: type[models.Model], columns: Mapping[str, Column]) -> None:
    """Add a row for each place of `columns`, all of one length: {attribute name ("resource_id"): values}."""
    count = len(next(iter(columns.values())))
    if not count:
        return
    now = timezone.now()
    fields = [each for each in model._meta.concrete_fields if each.attname in columns or not each.primary_key]
    prepared = [_prepared(field, columns, count, now) for field in fields]
    names = tuple(field.column for field in fields)
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, names, zip(*prepared, strict=True))
    else:
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model._meta.db_table, names), list(zip(*prepared, strict=True)))


def update(objects: Sequence[models.Model]) -> None:
    """Write every column of `objects`, all of one model, as `save` would."""
    if not objects:
        return
    model = type(objects[0])
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    rows = [
        (*(field.get_db_prep_save(field.pre_save(each, False), connection) for field in fields), each.pk)
        for each in objects
    ]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {places} WHERE {key} = %s", rows)  # noqa: S608 - names of ours


def delete(rows: models.QuerySet) -> None:
    """Remove the rows of a queryset in one statement, without reading them first; nothing may hang on them."""
    rows._raw_delete(rows.db)


def tell_growth(*tables: type[models.Model]) -> None:
    """They have just grown by much. PostgreSQL looks by itself a minute later, and until then reads them whole where an index
    would be quicker; SQLite needs no telling."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _prepared(field: models.Field, columns: Mapping[str, Column], count: int, now: datetime) -> Column:
    """The values of one column as the database takes them."""
    prepare = _preparation(field)
    if field.attname in columns:
        values = columns[field.attname]
        return values if prepare is None else [prepare(value) for value in values]
    if hasattr(field, "derive"):  # portal.places.fields
        return [field.derive(text or "")[: field.max_length] for text in columns[field.source]]
    moment = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    value = now if moment else field.get_default()
    return [prepare(value) if prepare else value] * count


def _preparation(field: models.Field) -> Callable[[Any], Any] | None:
    """None: the database takes the value as it is."""
    if isinstance(field, models.ForeignKey):
        return _preparation(field.target_field)
    if isinstance(field, models.JSONField):
        encode = (field.encoder or JSONEncoder)(ensure_ascii=False).encode
        return lambda value: None if value is None else encode(value)
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.IntegerField):
        return _whole  # SQLite would keep "many" as it is
    return lambda value: field.get_db_prep_save(value, connection)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


@lru_cache(maxsize=64)
def _statement(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(map(connection.ops.quote_name, names))
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {connection.ops.quote_name(table)} ({columns}) VALUES ({places})"  # noqa: S608


def _copy(table: str, names: tuple[str, ...], rows) -> None:
    columns = ", ".join(map(connection.ops.quote_name, names))
    command = f"COPY {connection.ops.quote_name(table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
