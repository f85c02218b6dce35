import pytest

from library.domain import self_testing
from library.domain.offering import keeping_up
from library.interop.self_test.visiting import Check
from tests.factories.library import ResourceFactory, SubjectFactory


@pytest.fixture
def library_of_three(indexed):
    subject = SubjectFactory(name="Trồng trọt", slug="trong-trot")
    for number in range(3):
        ResourceFactory(title=f"Trồng ngô {number}", subjects=[subject])
    indexed()


@pytest.fixture
def offered(library_of_three):
    """What harvesters read is written."""
    keeping_up.run_once()


@pytest.fixture
def examined(monkeypatch):
    """examined(True, False): what the next run finds."""

    def examined(*passed):
        checks = [Check("SRU", f"Mục {number}", each, "Câu.") for number, each in enumerate(passed, start=1)]
        monkeypatch.setattr(self_testing, "examine", lambda visitor: iter(checks))

    return examined
