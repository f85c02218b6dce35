"""/api/v1/ as a server: kept by caches, open to other sites, refusing with a sentence, and never too much at once."""

import datetime

import pytest

from django.db import OperationalError
from django.utils import timezone

from library.models import OfficialDocument
from portal.web.api import PROBLEMS
from tests.factories.library import OfficialDocumentFactory, ResourceFactory

from .asking import LIST, full

pytestmark = pytest.mark.django_db


class TestCaches:
    @pytest.mark.parametrize("address", [LIST, "/api/v1/resources/{pk}/", "/api/v1/subjects/"])
    def test_who_has_it_already_is_told_that_it_has_not_changed(self, client, address):
        address = address.format(pk=ResourceFactory().pk)
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_a_change_changes_the_tag(self, client):
        resource = ResourceFactory()
        before = client.get(f"{LIST}{resource.pk}/")["ETag"]
        subject = resource.subjects.get()
        subject.name = "Tên mới"
        subject.save()
        assert client.get(f"{LIST}{resource.pk}/")["ETag"] != before

    def test_one_resource_and_one_document_say_when_they_changed(self, client):
        for address in (
            f"{LIST}{ResourceFactory().pk}/",
            f"/api/v1/documents/{OfficialDocumentFactory().pk}/",
        ):
            stamp = client.get(address)["Last-Modified"]
            assert client.get(address, headers={"if-modified-since": stamp}).status_code == 304

    def test_a_change_is_not_hidden_from_who_asks_by_date(self, client):
        document = OfficialDocumentFactory()
        past = timezone.now() - datetime.timedelta(hours=1)
        OfficialDocument.objects.filter(pk=document.pk).update(updated_at=past)
        stamp = client.get(f"/api/v1/documents/{document.pk}/")["Last-Modified"]
        document.save()
        again = client.get(f"/api/v1/documents/{document.pk}/", headers={"if-modified-since": stamp})
        assert again.status_code == 200

    def test_an_error_is_not_kept(self, client):
        assert client.get(f"{LIST}1/")["Cache-Control"] == "no-store"

    def test_it_comes_packed_to_who_can_unpack_it(self, client):
        full()
        assert client.get(LIST, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


class TestOtherSites:
    def test_a_script_of_any_site_may_read_without_anybody_s_name(self, client):
        response = client.get(LIST, headers={"origin": "https://thu-vien.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response

    def test_its_browser_is_told_that_it_may_ask_for_what_changed(self, client):
        response = client.options(
            LIST,
            headers={
                "origin": "https://thu-vien.example",
                "access-control-request-method": "GET",
                "access-control-request-headers": "if-none-match",
            },
        )
        assert response.status_code == 204
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]

    def test_an_officer_who_is_signed_in_reads_no_more_than_others(self, sender, ask):
        ResourceFactory(officers_only=True)
        assert sender.get(LIST).json()["results"] == []


class TestErrors:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_it_only_reads(self, client, method):
        response = getattr(client, method)(LIST)
        assert response.status_code == 405
        assert response.json() == {"detail": str(PROBLEMS[405])}
        assert response["Allow"] == "GET, HEAD, OPTIONS"

    def test_a_form_that_it_does_not_speak_is_refused(self, client):
        response = client.get(LIST, headers={"accept": "application/xml"})
        assert response.status_code == 406
        assert response.json() == {"detail": str(PROBLEMS[406])}

    @pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/resources/0/", "/api/v1/resources/x/"])
    def test_an_address_that_is_not_there_says_so(self, ask, address):
        assert list(ask(address, status=404)) == ["detail"]

    def test_a_number_beyond_every_database_is_not_found(self, ask):
        ask(f"{LIST}{'9' * 30}/", status=404)

    def test_an_address_without_its_slash_is_sent_on(self, client):
        assert client.get("/api/v1/resources?limit=1")["Location"] == "/api/v1/resources/?limit=1"

    def test_a_database_that_is_away_is_a_pause(self, client, monkeypatch):
        client.raise_request_exception = False

        def refuse(*args, **kwargs):
            raise OperationalError("connection refused")

        monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
        response = client.get(LIST)
        assert response.status_code == 503
        assert list(response.json()) == ["detail"]
        assert int(response["Retry-After"]) > 0


class TestRateLimit:
    @pytest.fixture(autouse=True)
    def low(self, settings):
        settings.API_REQUESTS_A_MINUTE = 2

    def test_one_request_too_many_is_told_when_to_go_on(self, client):
        answers = [client.get(LIST) for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1]["Retry-After"]) <= 60
        assert answers[-1].json() == {"detail": str(PROBLEMS[429])}
        assert answers[-1]["Cache-Control"] == "no-store"

    def test_another_connection_is_not_held_up(self, client):
        for _ in range(3):
            client.get(LIST)
        assert client.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200

    def test_the_search_box_of_our_own_pages_is_not_counted(self, client):
        answers = [client.get("/api/v1/search/suggest/?q=ngo").status_code for _ in range(3)]
        assert answers == [200, 200, 200]

    def test_the_ceiling_of_a_real_site_is_generous(self):
        from portal.settings import base

        assert base.API_REQUESTS_A_MINUTE >= 300
