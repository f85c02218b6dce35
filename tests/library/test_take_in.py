"""Files come into a resource by one door: checked, described, and thrown away with their row."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from django.core.files.base import ContentFile
from django.urls import reverse

from library import tasks
from library.domain.preparing import COVER, prepare
from library.domain.renditions import take_in
from library.enums import RenditionForm, RenditionPurpose
from library.models import Rendition
from library.reader.book import folder_of
from portal.cms.uploads import UploadRefused
from tests.factories.cms import picture_bytes
from tests.factories.files import archive, epub, pdf, recording, text_pdf
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db


def taken(content: bytes, name: str = "tep.bin", resource=None) -> Rendition:
    return take_in(resource or ResourceFactory(), ContentFile(content, name))


@pytest.mark.parametrize(
    ("content", "form", "media_type"),
    [
        (pdf(), RenditionForm.PDF, "application/pdf"),
        (epub({"Một": "<p>Chữ</p>"}), RenditionForm.EPUB, "application/epub+zip"),
        (b"<!doctype html><p>Chu", RenditionForm.HTML, "text/html"),
        (recording(), RenditionForm.AUDIO, "audio/wav"),
    ],
)
def test_a_file_is_described_by_its_content(content, form, media_type):
    rendition = taken(content)

    rendition.refresh_from_db()
    assert (rendition.form, rendition.media_type, rendition.size) == (form, media_type, len(content))
    assert rendition.checksum == hashlib.sha256(content).hexdigest()
    assert rendition.file.open().read() == content


def test_a_photo_is_described_as_it_is_stored_not_as_it_was_sent():
    rendition = taken(picture_bytes(gps=True), "Ảnh.jpg")

    stored = rendition.file.open().read()
    assert not dict(Image.open(BytesIO(stored)).getexif())
    assert rendition.checksum == hashlib.sha256(stored).hexdigest()
    assert rendition.size == len(stored)


def test_what_is_refused_leaves_no_row():
    with pytest.raises(UploadRefused):
        taken(archive({"a.txt": b"a"}))
    assert not Rendition.objects.exclude(file="").exists()


def test_a_second_file_stands_after_the_first():
    resource = ResourceFactory()
    first, second = taken(pdf(), resource=resource), taken(pdf(), resource=resource)
    assert [each.pk for each in resource.renditions.all()][-2:] == [first.pk, second.pk]
    assert first.file.name != second.file.name


def test_a_file_goes_with_its_row_and_with_what_was_made_of_it(django_capture_on_commit_callbacks):
    rendition = taken(text_pdf())
    prepare(rendition)
    path, folder = Path(rendition.file.path), folder_of(rendition)
    cover = Path(rendition.made.get().file.path)
    assert path.is_file()
    assert folder.is_dir()

    with django_capture_on_commit_callbacks(execute=True):
        rendition.delete()

    assert not path.exists()
    assert not folder.exists()
    assert not cover.exists()


def test_a_file_that_another_row_has_too_stays(django_capture_on_commit_callbacks):
    rendition = taken(pdf())
    twin = Rendition.objects.create(
        resource=rendition.resource, form=rendition.form, file=rendition.file.name
    )

    with django_capture_on_commit_callbacks(execute=True):
        rendition.delete()
    assert Path(twin.file.path).is_file()


class TestInTheBackground:
    def test_a_new_file_is_prepared_by_the_worker_and_a_saved_label_is_not(self, monkeypatch):
        asked = []
        monkeypatch.setattr(tasks, "prepare", lambda rendition: asked.append(rendition.pk))
        rendition = taken(pdf())
        rendition.label = "Phần 1"
        rendition.save()
        from django_tasks_db.models import DBTaskResult

        waiting = [
            each for each in DBTaskResult.objects.all() if each.task_path.endswith("prepare_rendition")
        ]
        for each in waiting:
            each.task.func(*each.args_kwargs["args"])
        assert asked == [rendition.pk]

    def test_nothing_is_done_for_a_row_that_has_gone(self):
        assert tasks.prepare_rendition.func(123456) is None

    @pytest.mark.parametrize(
        "content",
        [
            text_pdf(),
            epub({"Một": "<p>Chữ</p>"}, {"bia.png": picture_bytes("PNG", (600, 900))}),
            picture_bytes("PNG", (900, 300)),
        ],
        ids=["pdf", "epub", "picture"],
    )
    def test_a_cover_is_drawn_small(self, content):
        if content.startswith(b"PK"):
            content = epub_with_cover(content)
        rendition = taken(content)
        prepare(rendition)

        cover = rendition.made.get(purpose=RenditionPurpose.COVER)
        drawn = Image.open(cover.file.open())
        assert drawn.format == "WEBP"
        assert drawn.width <= COVER[0] and drawn.height <= COVER[1]  # noqa: PT018
        assert cover.size < 20_000

    def test_a_photo_gets_a_light_one_that_is_what_the_reader_shows(self, client):
        noise = Image.effect_noise((1600, 1200), 60).convert("RGB")
        out = BytesIO()
        noise.save(out, "JPEG", quality=95)
        rendition = taken(out.getvalue(), "anh.jpg")
        prepare(rendition)

        light = rendition.made.get(purpose=RenditionPurpose.LIGHT)
        assert Image.open(light.file.open()).size == (1000, 750)
        assert light.size < 0.8 * rendition.size
        html = client.get(
            reverse("library:read", args=[rendition.resource_id, rendition.pk])
        ).content.decode()
        assert f'<img src="{reverse("library:file", args=[rendition.resource_id, light.pk])}"' in html
        assert f"{reverse('library:file', args=[rendition.resource_id, rendition.pk])}?tai=1" in html

    def test_a_picture_that_is_light_already_stays_the_only_one(self):
        rendition = taken(picture_bytes("PNG", (60, 40)))
        prepare(rendition)
        assert not rendition.made.filter(purpose=RenditionPurpose.LIGHT).exists()

    def test_prepared_twice_there_is_one_cover(self):
        rendition = taken(text_pdf())
        prepare(rendition)
        prepare(rendition)
        assert rendition.made.count() == 1

    def test_a_file_that_cannot_be_read_has_no_cover_and_says_so_in_the_log(self, caplog):
        rendition = taken(pdf())
        Path(rendition.file.path).write_bytes(b"%PDF-1.7 broken")
        prepare(rendition)
        assert not rendition.made.exists()
        assert "cannot be read" in caplog.text

    def test_without_ffmpeg_a_recording_stays_as_it_is(self, monkeypatch, caplog):
        monkeypatch.setenv("PATH", "/nonexistent")
        rendition = taken(recording(3))
        with caplog.at_level("INFO"):
            prepare(rendition)
        assert not rendition.made.exists()
        assert "ffmpeg is not installed" in caplog.text

    @pytest.mark.parametrize(("path", "told"), [("/nonexistent", True), ("", False)])
    def test_a_librarian_is_told_where_no_light_version_will_be_made(
        self, librarian_client, monkeypatch, ffmpeg, path, told
    ):
        ffmpeg(":")
        if path:
            monkeypatch.setenv("PATH", path)
        html = librarian_client.get(reverse("library_resources:add")).content.decode()
        assert ("ffmpeg" in html) == told

    @pytest.fixture
    def ffmpeg(self, tmp_path, monkeypatch):
        """A stand-in that notes its arguments and writes what `body` prints."""

        def install(body: str):
            program = tmp_path / "ffmpeg"
            program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\nfor last; do :; done\n{body}\n')
            program.chmod(0o755)
            monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
            return tmp_path / "asked"

        return install

    def test_a_recording_gets_a_light_one_of_24_kbit_a_second(self, ffmpeg):
        asked = ffmpeg('printf light > "$last"')
        rendition = taken(recording(3))
        prepare(rendition)

        light = rendition.made.get(purpose=RenditionPurpose.LIGHT)
        assert (light.form, light.media_type, light.size) == (RenditionForm.AUDIO, "audio/ogg", 5)
        assert light.file.open().read() == b"light"
        assert "-b:a 24k" in asked.read_text()

    def test_a_film_gets_a_small_picture_and_its_sound_alone(self, ffmpeg):
        asked = ffmpeg('printf light > "$last"')
        rendition = taken(b"\0\0\0\x18ftypisom\0\0\0\0mp42isom" + b"\0" * 100)
        prepare(rendition)

        forms = set(rendition.made.values_list("form", flat=True))
        assert forms == {RenditionForm.VIDEO, RenditionForm.AUDIO}
        assert "240" in asked.read_text()

    @pytest.mark.parametrize("body", ["echo broken >&2; exit 1", ":", 'head -c 90000 /dev/zero > "$last"'])
    def test_what_fails_or_weighs_no_less_is_not_kept(self, ffmpeg, body):
        ffmpeg(body)
        rendition = taken(recording(3))
        prepare(rendition)
        assert not rendition.made.exists()


def epub_with_cover(content: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    package = members["OEBPS/book.opf"].replace(
        b'<item id="bia.png"', b'<item properties="cover-image" id="bia.png"'
    )
    return archive(members | {"OEBPS/book.opf": package})
