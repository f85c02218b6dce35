"""However much is sent, no more of it is kept than anybody may send, and the form still answers."""

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from portal.web import upload_cap
from portal.web.upload_cap import OversizedFile


@pytest.fixture
def small_cap(monkeypatch):
    monkeypatch.setattr(upload_cap, "LARGEST_FILE", 100_000)
    monkeypatch.setattr(upload_cap, "LARGEST_REQUEST", 400_000)


def received(**fields) -> HttpRequest:
    """The request as a view sees it, read by the handlers of the settings."""
    request = RequestFactory().post("/", fields)
    request.POST  # noqa: B018 - reads it
    return request


def file(size: int, name: str = "a.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size)


def test_what_fits_is_kept_whole(small_cap):
    request = received(file=file(100_000), words="chữ")
    assert request.FILES["file"].read() == b"x" * 100_000
    assert not isinstance(request.FILES["file"], OversizedFile)


def test_a_file_past_the_cap_leaves_nothing_but_its_size(small_cap):
    request = received(words="chữ", file=file(300_000, "phim.mp4"), more="còn")
    sent = request.FILES["file"]
    assert (sent.name, sent.size, sent.read()) == ("phim.mp4", 300_000, b"")
    assert (request.POST["words"], request.POST["more"]) == ("chữ", "còn")


def test_the_disk_never_holds_more_than_the_cap(small_cap, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    written = []
    keep = TemporaryFileUploadHandler.receive_data_chunk

    def count(self, raw_data, start):
        written.append(len(raw_data))
        return keep(self, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", count)
    received(file=file(390_000))
    assert 0 < sum(written) <= 100_000


def test_a_request_that_announces_too_much_is_not_kept_from_its_first_byte(small_cap, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr(
        TemporaryFileUploadHandler, "receive_data_chunk", lambda *args: pytest.fail("It was stored.")
    )
    request = received(file=file(500_000), words="chữ")
    assert isinstance(request.FILES["file"], OversizedFile)
    assert request.POST["words"] == "chữ"


def test_many_files_together_are_capped_too(small_cap):
    request = received(**{f"file{number}": file(90_000) for number in range(4)})
    assert all(not isinstance(each, OversizedFile) for each in request.FILES.values())
    request = received(**{f"file{number}": file(90_000) for number in range(6)})
    assert all(isinstance(each, OversizedFile) and each.size > 100_000 for each in request.FILES.values())


def test_the_cap_is_the_one_that_the_sentences_name():
    from portal.cms.uploads import MAX_BYTES

    assert MAX_BYTES == upload_cap.LARGEST_FILE == 50 * 1024 * 1024
