"""Every door by which a file comes in refuses the same hostile files, with a sentence, and stores nothing of them."""

import io
import json
import re

import pytest
from PIL import Image

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wagtail.models import UploadedFile

from library.models import ImportBatch, Proposal, Rendition
from portal.accounts.enums import Role
from portal.cms.models import PortalDocument, PortalImage
from portal.web import upload_cap
from tests.factories.accounts import UserFactory
from tests.factories.cms import picture_bytes
from tests.factories.files import archive, pdf
from tests.factories.library import ResourceFactory
from tests.library.test_admin import form

pytestmark = pytest.mark.django_db

TOO_LARGE = re.compile(r"lớn hơn [\d.,]+\s?MB|Tệp quá lớn|larger than [\d.,]+\s?MB|too big")
HOSTILE = {
    "pdf with javascript": ("a.pdf", pdf("/OpenAction 4 0 R", b"<< /S /JavaScript /JS (app.alert(1)) >>")),
    "pdf that launches": ("a.pdf", pdf("/OpenAction 4 0 R", b"<< /S /Launch /F (calc.exe) >>")),
    "program called pdf": ("a.pdf", b"MZ\x90\0\x03" + b"\0" * 500),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "svg called picture": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "bomb": ("a.zip", archive({"a.txt": b"\0" * 30_000_000})),
    "archive in an archive": ("a.zip", archive({"b.zip": archive({"c.txt": b"c"})})),
    "bomb called book": ("a.epub", archive({"mimetype": b"application/epub+zip", "a": b"\0" * 30_000_000})),
}


@pytest.fixture
def staff(client):
    """Somebody who may use every door."""
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, is_superuser=True))
    return client


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def to_rendition_form(client, file):
    fields = form(**{"renditions-0-form": "", "renditions-0-url": "", "renditions-0-file": file})
    return client.post(reverse("library_resources:add"), fields)


def to_document_form(client, file):
    return client.post(reverse("wagtaildocs:add"), {"title": "Tài liệu mẫu", "file": file, "collection": "1"})


def to_many_documents(client, file):
    return client.post(
        reverse("wagtaildocs:add_multiple"), {"files[]": file}, headers={"x-requested-with": "XMLHttpRequest"}
    )


def to_image_form(client, file):
    fields = {"title": "Ảnh mẫu", "file": file, "description": "Mẫu.", "licence": "own", "collection": "1"}
    return client.post(reverse("wagtailimages:add"), fields)


def to_many_images(client, file):
    return client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def to_import(client, file):
    return client.post(reverse("library_imports:add"), {"file": file, "source": ""}, follow=True)


def to_three_minute_form(client, file):
    return client.post("/can-bo/gui-hoc-lieu/", {"file": file})


DOORS = (
    to_rendition_form,
    to_document_form,
    to_many_documents,
    to_image_form,
    to_many_images,
    to_three_minute_form,
)


def kept() -> int:
    files = Rendition.objects.exclude(file="")
    return sum(
        each.count() for each in (files, PortalDocument.objects, PortalImage.objects, Proposal.objects)
    )


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_hostile_files_come_in_by_no_door(staff, door, name):
    response = door(staff, sent(*HOSTILE[name]))
    assert response.status_code == 200
    assert kept() == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_list_is_refused_by_the_import_with_a_sentence(staff, name):
    page = to_import(staff, sent(*HOSTILE[name]))
    assert page.status_code == 200
    batch = ImportBatch.objects.get()
    assert batch.state == "refused"
    assert all(line.reason.endswith((".", ")")) for line in batch.lines.all())


@pytest.mark.parametrize("door", [*DOORS, to_import], ids=lambda door: door.__name__)
def test_what_is_too_large_is_refused_with_a_sentence_at_every_door(staff, door, monkeypatch):
    monkeypatch.setattr(upload_cap, "LARGEST_REQUEST", 200_000)
    response = door(staff, sent("phim.pdf", b"%PDF-1.7" + b"x" * 300_000))
    assert response.status_code == 200
    said = str(response.json()) if "json" in response["Content-Type"] else response.text
    assert TOO_LARGE.search(said)
    assert kept() + ImportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("door", "model"),
    [(to_image_form, PortalImage), (to_three_minute_form, Proposal)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_no_photo_keeps_the_place_where_it_was_taken(staff, door, model):
    photo = picture_bytes(gps=True)
    assert Image.open(io.BytesIO(photo)).getexif()
    door(staff, sent("anh.jpg", photo))
    stored = model.objects.get().file.open().read()
    assert not dict(Image.open(io.BytesIO(stored)).getexif())


def test_a_photo_that_waits_for_its_description_is_open_to_nobody_and_clean_afterwards(staff):
    waiting = json.loads(to_many_images(staff, sent("anh.jpg", picture_bytes(gps=True))).content)
    raw = UploadedFile.objects.get()
    assert staff.get(f"/media/{raw.file.name}").status_code == 404
    prefix = f"uploaded-image-{waiting['uploaded_file_id']}"
    fields = {
        "title": "Ảnh mẫu",
        "description": "Mẫu.",
        "licence": "own",
        "collection": "1",
        "credit": "",
        "tags": "",
    }
    fields |= dict.fromkeys([f"focal_point_{each}" for each in ("x", "y", "width", "height")], "")
    staff.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting["uploaded_file_id"]]),
        {f"{prefix}-{name}": value for name, value in fields.items()},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    stored = PortalImage.objects.get().file.open().read()
    assert not dict(Image.open(io.BytesIO(stored)).getexif())
    assert staff.get(PortalImage.objects.get().file.url).status_code == 200


def test_no_photo_of_a_resource_keeps_the_place_where_it_was_taken(staff):
    to_rendition_form(staff, sent("anh.jpg", picture_bytes(gps=True)))
    stored = Rendition.objects.exclude(file="").first().file.open().read()
    assert not dict(Image.open(io.BytesIO(stored)).getexif())


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("a.html", b"<!doctype html><script>alert(1)</script>", "attachment"),
        ("a.pdf", pdf(), "inline"),
    ],
)
def test_files_of_resources_are_sent_so_that_nothing_in_them_runs(client, name, content, disposition):
    from django.core.files.base import ContentFile

    from library.domain.renditions import take_in

    rendition = take_in(ResourceFactory(), ContentFile(content, name))
    response = client.get(reverse("library:file", args=[rendition.resource_id, rendition.pk]))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith(disposition)


def test_documents_of_pages_are_sent_so_that_nothing_in_them_runs(staff, client):
    to_document_form(staff, sent("bang.csv", b"a;b\n1;2\n"))
    response = client.get(PortalDocument.objects.get().url)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
