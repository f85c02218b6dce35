import pytest

from portal.accounts.enums import Role
from recognition.enums import AssessmentState
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory


@pytest.fixture
def round(db):
    return RoundFactory()


@pytest.fixture
def village(round):
    return VillageFactory(parent=round.place)


@pytest.fixture
def officer(village):
    """The secretary of the village."""
    return UserFactory(role=Role.OFFICER, place=village)


@pytest.fixture
def verifier(round):
    return UserFactory(role=Role.VERIFIER, place=round.place)


@pytest.fixture
def family(round, village):
    """family("Nông Văn Mẫu", state=...) -> its assessment, registered unless told otherwise."""

    def make(name=None, state=AssessmentState.REGISTERED, **values):
        values = {"round": round, "place": village} | values
        if "subject" not in values and name:
            values["subject"] = SubjectFactory(place=values["place"], name=name)
        return AssessmentFactory(state=state, **values)

    return make
