import datetime

import pytest

from library.domain.open_data.files import make_all

from .asking import LIST

TODAY = datetime.date(2026, 11, 26)


@pytest.fixture
def ask(client):
    """ask(), ask("/api/v1/subjects/", limit=1) -> what is answered."""

    def ask(address=LIST, status=200, **query):
        response = client.get(address, query)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        return response.json()

    return ask


@pytest.fixture
def make(django_capture_on_commit_callbacks):
    """Make the files of the open data; `work` is the way to do it."""

    def make(work=lambda: make_all(TODAY)):
        with django_capture_on_commit_callbacks(execute=True):
            work()

    return make
