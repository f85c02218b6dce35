"""The audit trail: whatever is done to it behind its back is seen, and the database lets none of it happen easily."""

import datetime
from contextlib import contextmanager
from importlib import import_module

import pytest

from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def commune():
    return CommuneFactory(code="01501")


@pytest.fixture
def officer():
    return UserFactory(full_name="Cán bộ mẫu")


@pytest.fixture
def chain(commune, officer):
    """Five events of one commune and year."""
    for number in range(1, 6):
        deed = Deed("submitted", f"recognition.assessment:{number}", {"điểm": number, "họ tên": "Hộ mẫu"})
        audit.record(commune, YEAR, [deed], Actor(officer, Role.OFFICER))
    return AuditChain.objects.get()


class Editor:
    """As much of a schema editor as the migration uses, within the transaction of a test."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


@contextmanager
def unguarded():
    """What somebody can do who owns the database."""
    rules = import_module("portal.accounts.migrations.0002_audit_append_only")
    rules.RULES.drop(None, Editor())
    with connection.cursor() as cursor:
        yield cursor
    rules.RULES.add(None, Editor())


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE accounts_auditevent SET action = 'x' WHERE number = 3", 3),
        ("UPDATE accounts_auditevent SET data = '{}' WHERE number = 1", 1),
        ("UPDATE accounts_auditevent SET actor_name = 'x' WHERE number = 5", 5),
        ("UPDATE accounts_auditevent SET role = 'issuer' WHERE number = 2", 2),
        ("UPDATE accounts_auditevent SET object = 'x:9' WHERE number = 4", 4),
        ("UPDATE accounts_auditevent SET at = '2024-01-01 00:00:00+00:00' WHERE number = 4", 4),
        ("UPDATE accounts_auditevent SET actor_id = NULL WHERE number = 4", 4),
        ("DELETE FROM accounts_auditevent WHERE number = 1", 1),
        ("DELETE FROM accounts_auditevent WHERE number = 3", 3),
        ("DELETE FROM accounts_auditevent WHERE number = 5", 5),
        ("DELETE FROM accounts_auditevent", 1),
        ("UPDATE accounts_auditevent SET number = 10 - number WHERE number IN (4, 5)", 4),
        ("UPDATE accounts_auditevent SET hash = previous WHERE number = 2", 2),
        ("UPDATE accounts_auditchain SET length = 4", 6),
    ],
)
def test_the_first_event_that_is_not_as_written_is_named(chain, sql, number):
    with unguarded() as cursor:
        cursor.execute(sql)
        chain.refresh_from_db()
        assert audit.verify(chain).number == number


def test_an_event_put_in_between_is_seen(chain):
    first = chain.events.get(number=1)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM accounts_auditevent WHERE number = 5")
    AuditEvent.objects.create(
        chain=chain, number=5, at=first.at, action="x", object="x:1", previous="1" * 64, hash="2" * 64
    )
    assert audit.verify(chain).number == 5


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditevent SET action = 'x' WHERE number = 3",
        "DELETE FROM accounts_auditevent WHERE number = 3",
        "UPDATE accounts_auditchain SET is_sample = (1 = 1)",
        "UPDATE accounts_auditchain SET year = 2023",
    ],
)
def test_the_database_refuses_to_change_a_trail(chain, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgresql_refuses_to_empty_the_table_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER accounts_audit_truncate")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("TRUNCATE accounts_auditevent")


def test_a_trail_keeps_its_people_and_places(chain, commune, officer):
    for kept in (officer, commune, chain):
        with pytest.raises(ProtectedError), transaction.atomic():
            kept.delete()


def test_samples_go_as_a_whole_and_nothing_else_does(commune, chain):
    audit.record(commune, YEAR, [Deed("x", "x:1"), Deed("y", "x:1")], Actor(), sample=True)
    audit.remove_samples(AuditChain.objects.all())
    assert list(AuditChain.objects.all()) == [chain]
    assert audit.verify(chain) is None


def test_the_command_verifies_all_trails(chain, capsys):
    call_command("verify_audit")
    assert chain.head in capsys.readouterr().out


def test_the_command_names_the_first_broken_link(chain):
    with unguarded() as cursor:
        cursor.execute("DELETE FROM accounts_auditevent WHERE number = 2")
    with pytest.raises(CommandError, match=f"{YEAR}.* 2:"):
        call_command("verify_audit", "01501", str(YEAR))


def test_the_command_finds_a_trail_by_the_code_of_that_year(chain):
    with pytest.raises(CommandError, match="09999"):
        call_command("verify_audit", "09999", str(YEAR))
    with pytest.raises(CommandError, match="2023"):
        call_command("verify_audit", "01501", "2023")
    with pytest.raises(CommandError):
        call_command("verify_audit", "01501")


def test_a_moment_is_the_same_moment_in_every_time_zone(commune):
    at = datetime.datetime(2024, 5, 1, 7, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
    audit.record(commune, YEAR, [Deed("x", "x:1")], Actor(), at=at)
    assert audit.verify(AuditChain.objects.get()) is None
