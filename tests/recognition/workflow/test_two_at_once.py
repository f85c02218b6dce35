"""Two people at the same moment, each in a thread with a connection of its own: one step is taken, the other person is told.

On SQLite the threads work in a file with the options of the running site, since a database in memory has one connection.
"""

import shutil
import threading

import pytest

from django.core.exceptions import ValidationError
from django.db import connection, connections

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain
from portal.settings import base
from recognition.domain.council import deciding
from recognition.domain.workflow import MovedMeanwhile, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import BY_NAME
from recognition.enums import AssessmentState
from recognition.models import Assessment, Award, Decision
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, scored
from tests.recognition.council.year import Year
from tests.services import migrated

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60  # before a thread that hangs is given up


@pytest.fixture
def real_database(transactional_db, monkeypatch, tmp_path):
    """One that several threads can open."""
    if connection.vendor == "sqlite":
        file = tmp_path / "two.sqlite3"
        shutil.copy(migrated.sqlite_file(), file)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", base.DATABASES["default"]["OPTIONS"])


def in_threads(*functions) -> list:
    """What each gives back, or the exception that it raised; all begin their work together."""
    found, barrier = [None] * len(functions), threading.Barrier(len(functions))

    def run(place, function):
        try:
            found[place] = function(barrier)
        except Exception as error:
            found[place] = error
            barrier.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
        assert not thread.is_alive()
    return found


def alone(function):
    """Done in a thread of its own too: on SQLite the main one still holds the database in memory."""
    [found] = in_threads(lambda barrier: function())
    if isinstance(found, Exception):
        raise found
    return found


def build():
    """Two families whose sheets wait for the verifier; two verifiers."""
    round = RoundFactory()
    village = VillageFactory(parent=round.place)
    for _family in range(2):
        scored(AssessmentFactory(round=round, place=village, state=AssessmentState.SELF_SCORED))
    return [UserFactory(role=Role.VERIFIER, place=round.place) for _person in range(2)]


def person(user, name, *, backwards=False):
    """Looks at the list, waits until the other has looked too, and decides."""

    def decides(barrier):
        rows = list(Assessment.objects.order_by("-pk" if backwards else "pk"))
        barrier.wait(SECONDS)
        return move(BY_NAME[name], rows, user, facts=Facts(reason="Thiếu minh chứng"))

    return decides


@pytest.mark.parametrize(
    ("first", "second", "states"),
    [
        ("verify", "verify", [{"verified"}]),
        ("verify", "return", [{"verified"}, {"returned"}]),
    ],
)
def test_one_of_two_people_wins_and_the_other_is_told(real_database, first, second, states):
    people = alone(build)
    found = in_threads(person(people[0], first), person(people[1], second, backwards=True))
    told = [each for each in found if isinstance(each, MovedMeanwhile)]
    assert (len(told), found.count(2)) == (1, 1), found
    assert "người khác" in str(told[0])
    assert alone(lambda: set(Assessment.objects.values_list("state", flat=True))) in states
    chain, length, broken = alone(_trail)
    assert (length, broken) == (2, None), chain


def _trail():
    chain = AuditChain.objects.get()
    return chain, chain.length, audit.verify(chain)


def test_of_two_issuers_one_issues_the_decision_and_the_other_is_told(real_database):
    draft, people = alone(_drafted)

    def issuer(user):
        def issues(barrier):
            barrier.wait(SECONDS)
            return deciding.issue(draft, user)

        return issues

    found = in_threads(*map(issuer, people))
    told = [each for each in found if isinstance(each, ValidationError)]
    assert len(told) == 1, found
    assert "được giữ nguyên" in told[0].messages[0]
    assert alone(lambda: (Award.objects.count(), Decision.objects.get().state)) == (1, "issued")


def _drafted():
    year = Year()
    year.family("Hoàng Văn Mẫu")
    year.notice_over()
    return year.drafted(), [year.issuer, UserFactory(role=Role.ISSUER, place=year.commune)]
