import pytest

from django.contrib.auth import get_user_model

from portal.accounts.enums import Role
from portal.accounts.models import Grant
from portal.search import drain
from tests.factories.accounts import UserFactory
from tests.factories.library import LearningPathFactory, question, text_step


@pytest.fixture
def indexed(db):
    """Call it when the test has made its data: what has been saved can then be found."""
    return drain.run_once


@pytest.fixture
def person(db):
    """person(Role.LIBRARIAN) -> a user who holds that role today, person() -> one without any role."""

    def make(role=None):
        user = get_user_model().objects.create_user(
            username=f"nguoi-mau-{get_user_model().objects.count()}", full_name="Người Mẫu"
        )
        if role:
            Grant.objects.create(user=user, role=role)
        return get_user_model().objects.get(pk=user.pk)

    return make


@pytest.fixture
def officer(person):
    """Somebody with a role that has nothing to do with the library."""
    return person(Role.VIEWER)


@pytest.fixture
def reader(client, person):
    """Somebody without any role, signed in."""
    user = person()
    client.force_login(user)
    return user


@pytest.fixture
def sender(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def librarian_client(client, person):
    client.force_login(person(Role.LIBRARIAN))
    return client


@pytest.fixture
def training(db):
    """For officers: two steps and a question (`tests.library.learner` does them)."""
    return LearningPathFactory(
        title="Tập huấn mẫu",
        officers_only=True,
        steps=[text_step("Một"), text_step("Hai")],
        quiz=[question()],
    )


@pytest.fixture
def nga(client):
    """An officer, signed in."""
    person = UserFactory(full_name="Nguyễn Thị Nga", role=Role.OFFICER)
    client.force_login(person)
    return person
