"""Rules that the database itself holds and that no constraint of a model can say; for migrations."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.migrations import RunPython


@dataclass(frozen=True)
class DatabaseRules:
    """The statements that make and drop them on PostgreSQL; on SQLite triggers: {name: what follows the name}.

    A migration that makes SQLite rebuild one of the tables drops its triggers: it must begin with `drop` and end with `add`.
    """

    postgresql_add: str
    postgresql_drop: str
    sqlite: Mapping[str, str]

    @property
    def operation(self) -> RunPython:
        return RunPython(self.add, self.drop)

    def add(self, apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(self.postgresql_add)
            return
        for name, rule in self.sqlite.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {rule}")

    def drop(self, apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(self.postgresql_drop)
            return
        for name in self.sqlite:
            schema_editor.execute(f"DROP TRIGGER {name}")
