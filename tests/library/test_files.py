"""Files are sent whole or in pieces, and only to those who may see their resource."""

import datetime
from pathlib import Path

import pytest

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse

from library.domain.preparing import prepare
from library.domain.renditions import take_in
from library.domain.withdrawal import withdraw
from library.enums import Visibility
from tests.factories.cms import picture_bytes
from tests.factories.files import epub, recording, text_pdf
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nXin ch\xc3\xa0o\n"


@pytest.fixture(scope="module")
def content():
    return text_pdf()


@pytest.fixture
def rendition(content):
    return take_in(ResourceFactory(title="Trồng ngô"), ContentFile(content, "a.pdf"))


@pytest.fixture
def address(rendition):
    return reverse("library:file", args=[rendition.resource_id, rendition.pk])


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_address_is_short_and_stays(rendition, address):
    assert address == f"/r/{rendition.resource_id}/tep/{rendition.pk}"


def test_a_file_comes_whole_with_all_that_a_browser_must_know(client, address, content, rendition):
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{rendition.checksum}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert response["Content-Disposition"] == 'inline; filename="trong-ngo.pdf"'


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=100-", 100, None), ("bytes=-5", -5, None)],
)
def test_a_piece_comes_as_206(client, address, content, asked, start, stop):
    response = client.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
    piece = content[start:stop]
    first = len(content) + start if start < 0 else start
    assert response.status_code == 206
    assert body(response) == piece
    assert response["Content-Length"] == str(len(piece))
    assert response["Content-Range"] == f"bytes {first}-{first + len(piece) - 1}/{len(content)}"


def test_a_piece_past_the_end_is_cut_and_one_beyond_it_is_416(client, address, content):
    cut = client.get(address, headers={"Range": f"bytes=10-{len(content) + 99}"})
    assert body(cut) == content[10:]
    beyond = client.get(address, headers={"Range": f"bytes={len(content)}-"})
    assert beyond.status_code == 416
    assert beyond["Content-Range"] == f"bytes */{len(content)}"
    assert client.get(address, headers={"Range": "bytes=-0"}).status_code == 416


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_a_range_that_makes_no_sense_is_answered_with_the_whole(client, address, content, asked):
    response = client.get(address, headers={"Range": asked})
    assert response.status_code == 200
    assert body(response) == content


def test_a_download_goes_on_only_when_the_file_is_still_the_same(client, address, rendition):
    same = {"Range": "bytes=5-", "If-Range": f'"{rendition.checksum}"'}
    assert client.get(address, headers=same).status_code == 206
    for other in ('"other"', f'W/"{rendition.checksum}"', "Tue, 24 Nov 2026 00:00:00 GMT"):
        assert client.get(address, headers={"Range": "bytes=5-", "If-Range": other}).status_code == 200


def test_who_has_it_already_is_told_so(client, address, rendition):
    response = client.get(address, headers={"If-None-Match": f'"{rendition.checksum}"'})
    assert response.status_code == 304


def test_head_tells_the_size_and_sends_nothing(client, address, content):
    response = client.head(address)
    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(len(content)), b"")
    assert client.post(address).status_code == 405


def test_a_file_for_keeping_is_an_attachment(client, address):
    assert client.get(f"{address}?tai=1")["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("sent", [b"<!doctype html><script>alert(1)</script>", epub({"Một": ""})])
def test_what_a_browser_would_run_or_not_know_is_never_shown_inline(client, sent):
    rendition = take_in(ResourceFactory(), ContentFile(sent, "a"))
    response = client.get(reverse("library:file", args=[rendition.resource_id, rendition.pk]))
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_missing_on_the_disk_is_404(client, rendition, address):
    Path(rendition.file.path).unlink()
    assert client.get(address).status_code == 404


def test_a_link_and_the_file_of_another_resource_are_404(client, rendition):
    other = ResourceFactory()
    assert client.get(reverse("library:file", args=[other.pk, rendition.pk])).status_code == 404
    link = other.renditions.get()
    assert client.get(reverse("library:file", args=[other.pk, link.pk])).status_code == 404


def test_captions_come_as_webvtt(client):
    rendition = take_in(ResourceFactory(), ContentFile(recording(), "a.wav"))
    address = reverse("library:captions", args=[rendition.resource_id, rendition.pk])
    assert client.get(address).status_code == 404
    rendition.captions.save("a.vtt", ContentFile(CAPTIONS))
    response = client.get(address)
    assert body(response) == CAPTIONS
    assert response["Content-Type"].startswith("text/vtt")


class TestWhoMaySeeIt:
    @pytest.fixture
    def addresses(self, rendition):
        """Every address that leads to the file or to a part of it."""
        place = [rendition.resource_id, rendition.pk]
        book = take_in(
            rendition.resource,
            ContentFile(
                epub(
                    {"Một": "<p>Khuyến học là việc mật</p><img src='../images/a.png'>"},
                    {"a.png": picture_bytes("PNG")},
                ),
                "a.epub",
            ),
        )
        rendition.captions.save("a.vtt", ContentFile(CAPTIONS))
        return [
            reverse("library:file", args=place),
            reverse("library:captions", args=place),
            reverse("library:read", args=place),
            f"{reverse('library:read', args=place)}?trang=1&xem=chu",
            reverse("library:page_image", args=[*place, 1, 800]),
            reverse("library:read", args=[place[0], book.pk]),
            reverse("library:picture", args=[place[0], book.pk, 1]),
            *(reverse("library:file", args=[place[0], each.pk]) for each in self._made(rendition)),
        ]

    @staticmethod
    def _made(rendition):
        """Cover and light renditions lie beside the original and are no easier to reach."""
        prepare(rendition)
        made = list(rendition.made.all())
        assert made
        return made

    @staticmethod
    def _hide(resource, **values):
        for name, value in values.items():
            setattr(resource, name, value)
        resource.save()

    def answers(self, client, addresses):
        """The status of each; what is refused holds nothing of the file."""
        answers = []
        for address in addresses:
            for headers in ({}, {"Range": "bytes=0-99"}):
                response = client.get(address, headers=headers)
                answers.append(response.status_code)
                if response.status_code >= 300:
                    shown = body(response)
                    assert not any(
                        secret in shown
                        for secret in (b"%PDF", b"Khuy\xe1\xba\xbfn h\xe1\xbb\x8dc l\xc3\xa0", b"WEBVTT")
                    )
        return set(answers)

    def test_what_is_for_officers_is_for_officers(self, client, rendition, addresses, officer, person):
        self._hide(rendition.resource, visibility=Visibility.OFFICERS)
        assert self.answers(client, addresses) == {403}
        client.force_login(person())
        assert self.answers(client, addresses) == {403}
        client.force_login(officer)
        answers = self.answers(client, addresses[:5])
        assert answers <= {200, 206}

    def test_officers_files_are_asked_for_anew_each_time(self, client, rendition, addresses, officer):
        self._hide(rendition.resource, visibility=Visibility.OFFICERS)
        client.force_login(officer)
        for address in (addresses[0], addresses[1], addresses[4]):
            assert client.get(address)["Cache-Control"] == "private, no-cache"
        for address in (addresses[2], addresses[3]):
            assert client.get(address, follow=True)["Cache-Control"] == "private, no-store"

    def test_what_is_under_embargo_is_nowhere(self, client, rendition, addresses):
        self._hide(rendition.resource, embargo_until=datetime.date.today() + datetime.timedelta(days=9))
        assert self.answers(client, addresses) == {404}

    def test_what_is_proposed_and_not_taken_in_yet_is_nowhere(self, client, rendition, addresses, officer):
        self._hide(rendition.resource, proposed=True)
        assert self.answers(client, addresses) == {404}
        client.force_login(officer)
        assert self.answers(client, addresses) == {404}

    def test_what_is_withdrawn_is_gone(self, client, rendition, addresses, officer):
        withdraw(rendition.resource, "Nguồn đã gỡ.")
        assert self.answers(client, addresses) == {410}
        client.force_login(officer)
        assert self.answers(client, addresses) == {410}

    def test_what_was_merged_leads_to_where_it_went(self, client, rendition, addresses):
        withdraw(rendition.resource, "Trùng.")
        self._hide(rendition.resource, merged_into=ResourceFactory())
        assert self.answers(client, addresses) == {302}

    def test_no_address_of_uploads_leads_to_it(self, client, rendition, settings):
        path = Path(rendition.file.path)
        assert not path.is_relative_to(settings.MEDIA_ROOT)
        for name in (
            rendition.file.name,
            f"../library/{rendition.file.name}",
            f"library/{rendition.file.name}",
        ):
            assert client.get(f"{settings.MEDIA_URL}{name}").status_code in (400, 404)


def test_a_library_below_the_uploads_is_a_mistake_of_the_settings():
    from django.test import override_settings

    from library.checks import files_have_no_address

    assert files_have_no_address(None) == []
    inside = settings.STORAGES | {
        "library": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(Path(settings.MEDIA_ROOT) / "library")},
        }
    }
    with override_settings(STORAGES=inside):
        assert [each.id for each in files_have_no_address(None)] == ["library.E001"]
