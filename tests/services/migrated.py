"""A database as the migrations leave it, with the groups of the roles, made once and copied: making it anew takes half a
minute of the processor.

On SQLite it is a file in the cache folder, named after all that they depend on; on PostgreSQL a database of
the throw-away server, which the databases of the test processes are copied from.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from .machine import cache_folder

PROJECT = Path(__file__).parents[2]
APPS = ("portal", "home", "library", "campaigns", "recognition")
RIGHTS = (PROJECT / "portal/accounts/enums.py", PROJECT / "portal/accounts/domain/groups.py")
KEPT = 10  # copies for other states of the project: branches, earlier commits


def use_copies(connection: BaseDatabaseWrapper) -> None:
    """Whoever makes the test database of this connection from now on gets a copy."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = _postgresql_template(os.environ["DATABASE_URL"])
    else:
        connection.creation.create_test_db = partial(_create_on_sqlite, connection)


def _create_on_sqlite(connection: BaseDatabaseWrapper, serialize: bool = True, **_options) -> str:
    """In place of Django's `create_test_db`, which migrates an empty database."""
    creation = connection.creation
    name = creation._get_test_db_name()
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    source = sqlite3.connect(sqlite_file())
    source.backup(connection.connection)
    source.close()
    if serialize:
        connection._test_serialized_contents = creation.serialize_db_to_string()
    return name


@contextmanager
def copy_of_its_own(folder: Path) -> Iterator[str]:
    """Yields the DATABASE_URL of a migrated database that nobody else uses, of the kind that the tests run on."""
    server, _slash, _database = os.environ.get("DATABASE_URL", "").rpartition("/")
    if not server.startswith("postgres"):
        shutil.copy(sqlite_file(), folder / "own.sqlite3")
        yield f"sqlite:///{folder / 'own.sqlite3'}"
        return
    template, name = _postgresql_template(os.environ["DATABASE_URL"]), f"portal_own_{os.getpid()}"
    with psycopg.connect(
        os.environ["DATABASE_URL"].replace("postgres:", "postgresql:"), autocommit=True
    ) as asked:
        asked.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield f"{server}/{name}"
        finally:
            asked.execute(f"DROP DATABASE {name} WITH (FORCE)")


def sqlite_file() -> Path:
    file = cache_folder("migrated") / f"{_state()}.sqlite3"
    with _alone():
        if not file.exists():
            for old in sorted(file.parent.glob("*.sqlite3"), key=os.path.getmtime)[:-KEPT]:
                old.unlink()
            making = file.with_suffix(".making")
            making.unlink(missing_ok=True)
            _migrate(f"sqlite:///{making}")
            making.rename(file)
    return file


def _postgresql_template(url: str) -> str:
    """The name of the migrated database on the server; the database of `url` is asked, not changed."""
    name = f"portal_migrated_{_state()[:16]}"
    server, _slash, _database = url.rpartition("/")
    with _alone(), psycopg.connect(url.replace("postgres:", "postgresql:"), autocommit=True) as asked:
        if asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            making = f"{name}_making"
            asked.execute(f"DROP DATABASE IF EXISTS {making}")
            asked.execute(f"CREATE DATABASE {making}")
            _migrate(f"{server}/{making}")
            asked.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def _state() -> str:
    """A hash of the project's migrations, its roles, and the versions of everything that has migrations of its own."""
    files = sorted(file for app in APPS for file in (PROJECT / app).rglob("migrations/*.py"))
    digest = hashlib.sha256((PROJECT / "requirements" / "base.txt").read_bytes())
    for file in (*files, *RIGHTS):
        digest.update(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _migrate(database_url: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    groups = "from portal.accounts.domain import groups; groups.sync()"
    for step in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", groups]):
        subprocess.run([sys.executable, "manage.py", *step], env=environment, check=True, cwd=PROJECT)


@contextmanager
def _alone() -> Iterator[None]:
    """Of several test processes one makes it, the others wait."""
    with (cache_folder("migrated") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
