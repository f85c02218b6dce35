"""A rule for tables of dated rows, held by the database itself."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Q

POSTGRESQL = """ALTER TABLE %(table)s ADD CONSTRAINT %(name)s EXCLUDE USING gist (
  int8range(%(owner)s, %(owner)s, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&)"""
SQLITE = """CREATE TRIGGER %(name)s_%(event)s AFTER %(event)s ON %(table)s
WHEN EXISTS (
  SELECT 1 FROM %(table)s AS other
  WHERE other.id <> NEW.id AND other.%(owner)s = NEW.%(owner)s
    AND (other.valid_from IS NULL OR NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to)
    AND (NEW.valid_from IS NULL OR other.valid_to IS NULL OR NEW.valid_from <= other.valid_to))
BEGIN
  SELECT RAISE(ABORT, '%(name)s');
END"""


class OneAtATime(BaseConstraint):
    """No two rows of one `owner` (a foreign key) on the same day; `valid_from` and `valid_to` both count, empty is open.

    PostgreSQL: an exclusion constraint over date ranges, safe under concurrency. SQLite (one writer at a time): triggers,
    made anew with the table whenever SQLite has to rebuild it.
    """

    def __init__(self, *, owner, name, **kwargs):
        self.owner = owner
        super().__init__(name=name, **kwargs)

    def _check(self, model, connection):
        return []

    def _statement(self, template, model, schema_editor, **parts):
        owner = schema_editor.quote_name(model._meta.get_field(self.owner).column)
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return Statement(template, table=table, name=self.name, owner=owner, **parts)

    def constraint_sql(self, model, schema_editor):
        """Nothing inside CREATE TABLE: the rule follows once the table stands."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        else:
            for event in ("INSERT", "UPDATE"):
                rule = self._statement(SQLITE, model, schema_editor, event=event)
                schema_editor.deferred_sql.append(rule)

    def create_sql(self, model, schema_editor):
        return self._statement(POSTGRESQL, model, schema_editor)

    def remove_sql(self, model, schema_editor):
        name = schema_editor.quote_name(self.name)
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_constraint, model, name)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if exclude and {self.owner, "valid_from", "valid_to"} & set(exclude):
            return
        owner = model._meta.get_field(self.owner).attname
        others = model._default_manager.using(using).exclude(pk=instance.pk)
        others = others.filter(**{owner: getattr(instance, owner)})
        if instance.valid_to:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=instance.valid_to))
        if instance.valid_from:
            others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=instance.valid_from))
        if others.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def __eq__(self, other):
        if not isinstance(other, OneAtATime):
            return NotImplemented
        return (self.name, self.owner) == (other.name, other.owner)

    __hash__ = None

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"owner": self.owner}
