import pytest

from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse

from portal.search.engines import tantivy
from portal.web import health


def test_live_asks_nobody(client):
    assert client.get(reverse("live")).status_code == 200


@pytest.fixture
def index(db):
    call_command("rebuild_search", verbosity=0)


def test_ready_when_all_is_there(client, index):
    response = client.get(reverse("ready"))
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "search": "ok", "media": "ok"}


@pytest.mark.django_db
def test_not_ready_without_the_database_and_no_reason_for_strangers(client, monkeypatch):
    def refuse():
        raise OperationalError("password of portal at 10.0.0.1")

    monkeypatch.setitem(health.CHECKS, "database", refuse)
    response = client.get(reverse("ready"))
    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert "password" not in response.content.decode()


@pytest.mark.django_db
def test_not_ready_when_uploads_cannot_be_kept(client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    response = client.get(reverse("ready"))
    assert response.status_code == 503
    assert response.json()["media"] == "failed"


@pytest.mark.django_db
def test_not_ready_without_an_index_and_the_drainer_is_told(client, monkeypatch):
    told = []
    monkeypatch.setattr("portal.search.background.look", lambda: told.append(True))
    response = client.get(reverse("ready"))
    assert response.status_code == 503
    assert response.json()["search"] == "failed"
    assert told


def test_not_ready_with_a_damaged_index(client, index, settings):
    [description] = settings.SEARCH_INDEX_DIR.rglob("meta.json")
    description.write_bytes(b"damaged")
    tantivy._engine.cache_clear()  # as another process opens it
    assert client.get(reverse("ready")).json()["search"] == "failed"


@pytest.mark.parametrize("name", ["live", "ready"])
def test_monitor_is_not_sent_to_tls(client, index, settings, name):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse(name)).status_code == 200
