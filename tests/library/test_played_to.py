"""Where somebody who signs in stopped a recording: kept on the server as pages are, for their eyes only."""

import csv
import json
from io import StringIO

import pytest

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.domain import reading
from library.domain.merging import merge
from library.domain.reading import LAST_SECOND
from library.domain.renditions import take_in
from library.models import ReadingProgress
from tests.factories import files
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db
LIST = "/thu-vien/cua-toi/"


@pytest.fixture
def recording():
    return recording_of(ResourceFactory(title="Chuyện kể"))


def recording_of(resource):
    return take_in(resource, ContentFile(files.recording(20), "ke.wav"))


def book_of(resource):
    return take_in(resource, ContentFile(files.text_pdf(3), "sach.pdf"))


def address(rendition):
    return reverse("library:played_to", args=[rendition.resource_id, rendition.pk])


def player(client, rendition):
    """What the page of the recording knows of the place."""
    return client.get(reverse("library:read", args=[rendition.resource_id, rendition.pk])).context.get(
        "second"
    )


def test_the_player_opens_where_this_person_stopped(client, reader, recording):
    assert player(client, recording) == 0
    for second in ("65", "3725"):
        assert client.post(address(recording), {"second": second}).status_code == 204
    assert player(client, recording) == 3725
    html = client.get(recording.resource.get_absolute_url()).content.decode()
    assert "1:02:05" in html


def test_my_list_leads_back_to_it_and_forgets_it(client, reader, recording):
    client.post(address(recording), {"second": "65"})
    html = client.get(LIST).content.decode()
    assert "Nghe, xem tiếp từ 1:05" in html
    assert reverse("library:read", args=[recording.resource_id, recording.pk]) in html
    client.post(reverse("library:keep", args=[recording.resource_id]), {"action": "forget"})
    assert player(client, recording) == 0


def test_what_was_played_to_its_end_is_not_gone_on_with(client, reader, recording):
    client.post(address(recording), {"second": "12"})
    client.post(address(recording), {"second": "0"})
    assert not ReadingProgress.objects.exists()


def test_the_end_of_a_recording_leaves_the_page_of_a_book_of_the_same_resource(client, reader, recording):
    book = book_of(recording.resource)
    reading.stopped_at(reader, book, 2)
    client.post(address(recording), {"second": "0"})
    assert reading.place_of(reader, recording.resource).page == 2


def test_of_a_book_and_a_recording_the_one_used_last_is_gone_on_with(client, reader, recording):
    book = book_of(recording.resource)
    for number in (2, 3):
        reading.stopped_at(reader, book, number)
        client.post(address(recording), {"second": "12"})
    place = ReadingProgress.objects.get()
    assert (place.rendition, place.page, place.second) == (recording, None, 12)
    reading.stopped_at(reader, book, 3)
    assert player(client, recording) == 0


def test_it_is_of_one_person_only(client, reader, recording, person):
    client.post(address(recording), {"second": "12"})
    other = Client()
    other.force_login(person())
    assert player(other, recording) == 0
    assert "Chuyện kể" not in other.get(LIST).content.decode()


def test_nothing_of_who_does_not_sign_in_comes_to_the_server(client, recording):
    page = client.get(reverse("library:read", args=[recording.resource_id, recording.pk]))
    assert address(recording) not in page.content.decode()
    assert client.post(address(recording), {"second": "12"}).status_code == 302
    assert not ReadingProgress.objects.exists()


def test_a_recording_for_officers_takes_no_place_of_others(client, reader):
    hidden = recording_of(ResourceFactory(officers_only=True))
    assert client.post(address(hidden), {"second": "12"}).status_code == 403
    assert not ReadingProgress.objects.exists()


def test_a_page_from_elsewhere_writes_none(reader, recording):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(reader)
    assert careful.post(address(recording), {"second": "12"}).status_code == 403


@pytest.mark.parametrize("second", ["", "-1", "1.5", "năm", "٣", str(LAST_SECOND + 1), "9" * 400])
def test_what_is_no_second_is_refused(client, reader, recording, second):
    assert client.post(address(recording), {"second": second}).status_code == 400
    assert not ReadingProgress.objects.exists()


def test_a_book_has_no_seconds(client, reader, recording):
    assert client.post(address(book_of(recording.resource)), {"second": "12"}).status_code == 404


def test_the_place_goes_along_when_the_resource_is_merged(client, reader, recording):
    client.post(address(recording), {"second": "12"})
    merge(ResourceFactory(), recording.resource)
    recording.refresh_from_db()
    assert player(client, recording) == 12
    assert reading.log_of(reader).reading[0].get_absolute_url() == reverse(
        "library:read", args=[recording.resource_id, recording.pk]
    )


def test_it_is_taken_along_and_put_back(client, reader, recording):
    client.post(address(recording), {"second": "65"})
    rows = list(csv.reader(StringIO(client.get(f"{LIST}so-hoc-tap.csv").content.decode())))
    assert rows[1][2] == "1:05"
    text = client.get(f"{LIST}so-hoc-tap.json").content.decode()
    reading.forget_all(reader)
    assert reading.merge(reader, text) == 1
    assert player(client, recording) == 65


@pytest.mark.parametrize("place", [{"page": 3}, {"second": 0}, {"second": LAST_SECOND + 1}, {"second": "x"}])
def test_a_browser_hands_over_no_place_that_a_recording_cannot_have(reader, recording, place):
    sent = {"reading": {recording.resource_id: {"rendition": recording.pk, **place}}}
    assert reading.merge(reader, json.dumps(sent)) == 0
    assert not ReadingProgress.objects.exists()


@pytest.mark.parametrize(("page", "second"), [(1, 1), (None, None), (None, 0), (0, None)])
def test_the_database_holds_a_page_or_a_second(reader, recording, page, second):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO library_readingprogress (user_id, resource_id, rendition_id, page, second, at) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [reader.pk, recording.resource_id, recording.pk, page, second, timezone.now()],
        )
