import pytest

from django.db import OperationalError
from django.urls import reverse

from portal.web import health


def test_live_asks_nobody(client):
    assert client.get(reverse("live")).status_code == 200


@pytest.mark.django_db
def test_ready_when_all_is_there(client):
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


@pytest.mark.parametrize("name", ["live", "ready"])
@pytest.mark.django_db
def test_monitor_is_not_sent_to_tls(client, settings, name):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse(name)).status_code == 200
