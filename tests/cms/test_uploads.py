"""Pictures and documents: what is kept of them, and what is refused."""

import re
from io import BytesIO

import pytest
from PIL import Image

from django.core.files.base import ContentFile

from wagtail.models import CollectionViewRestriction

from portal.accounts.domain import groups
from portal.accounts.enums import Role
from portal.cms.filenames import ascii_name
from portal.cms.models import PortalDocument, PortalImage
from portal.cms.reencode import PictureRefused, reencode
from tests.factories.accounts import UserFactory
from tests.factories.cms import GPS_IFD, DocumentFactory, ImageFactory, picture_bytes, upload


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Đại hội Khuyến học.JPG", "dai-hoi-khuyen-hoc.jpg"),
        ("Ke\u0302\u0301 hoa\u0323ch.pdf", "ke-hoach.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\ảnh\\\\Tày.png", "tay.png"),
        ("照片.png", "tep.png"),
    ],
)
def test_file_names_become_vietnamese_words_without_accents(given, kept):
    assert ascii_name(given) == kept


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_the_place_where_a_photo_was_taken_is_dropped(kind):
    before = picture_bytes(kind, gps=True)
    assert Image.open(BytesIO(before)).getexif().get_ifd(GPS_IFD)

    content = reencode(f"a.{kind.lower()}", BytesIO(before))

    assert not dict(Image.open(content).getexif())


def test_a_photo_held_upright_stays_upright_without_its_metadata():
    content = reencode("a.jpg", BytesIO(picture_bytes(size=(64, 48), orientation=6)))

    assert Image.open(content).size == (48, 64)


def test_an_animation_keeps_its_frames():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], comment=b"hidden")

    content = reencode("a.gif", buffer)

    assert Image.open(content).n_frames == 3
    assert b"hidden" not in content.read()


@pytest.mark.parametrize("content", [b"", b"no picture", picture_bytes()[:400]])
def test_a_damaged_picture_is_refused(content):
    with pytest.raises(PictureRefused):
        reencode("a.jpg", BytesIO(content))


def test_a_decompression_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)

    with pytest.raises(PictureRefused):
        reencode("a.png", BytesIO(picture_bytes("PNG", size=(100, 100))))


@pytest.mark.django_db
def test_whatever_saves_a_picture_the_stored_file_is_clean():
    image = PortalImage(title="x", description="x")
    image.file.save("Ảnh lớp.jpg", ContentFile(picture_bytes(gps=True)), save=False)
    image.save()

    assert re.fullmatch(r"original_images/anh-lop.*\.jpg", image.file.name)
    assert not dict(Image.open(image.file.path).getexif())


@pytest.mark.django_db
def test_a_document_is_stored_under_a_plain_name():
    assert re.fullmatch(r"documents/ke-hoach.*\.pdf", DocumentFactory().file.name)


@pytest.mark.django_db
def test_a_document_is_had_through_the_view_that_knows_its_privacy_only(client):
    document = DocumentFactory()
    bare = f"/media/{document.file.name}"

    assert client.get(document.url).status_code == 200
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert client.get(document.url).status_code == 302
    assert client.get(bare).status_code == 404
    assert client.get(bare.replace("documents", "x/../documents")).status_code == 404


@pytest.mark.django_db
def test_a_recording_that_a_page_plays_is_had_by_its_own_address(client):
    recording = DocumentFactory(file=ContentFile(b"ID3", "Bài hát.mp3"))
    assert client.get(f"/media/{recording.file.name}").status_code == 200


@pytest.fixture
def editor(client):
    groups.sync()
    person = UserFactory(role=Role.EDITOR)
    client.force_login(person)
    return person


def send(client, **changes):
    data = {"title": "Lớp học", "description": "Bà con học chữ", "licence": "own", "credit": "", "tags": ""}
    return client.post("/admin/images/add/", data | {"file": upload()} | changes)


@pytest.mark.django_db
def test_an_editor_uploads_a_picture_with_its_description(client, editor):
    send(client)

    assert PortalImage.objects.get().description == "Bà con học chữ"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"description": ""},
        {"licence": "cc-by"},
        {"file": upload("a.jpg", picture_bytes()[:400])},
        {"file": upload("a.jpg", b"no picture")},
    ],
    ids=["no description", "foreign work without its author", "cut off", "no picture"],
)
def test_a_picture_that_lacks_something_is_a_mistake_in_the_form(client, editor, changes):
    response = send(client, **changes)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not PortalImage.objects.exists()


@pytest.mark.django_db
def test_a_decompression_bomb_is_a_mistake_in_the_form_not_an_error_of_the_server(
    client, editor, monkeypatch
):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)

    response = send(client, file=upload("a.png", picture_bytes("PNG", size=(100, 100)), "image/png"))

    assert response.status_code == 200
    assert "file" in response.context["form"].errors


@pytest.mark.django_db
def test_the_models_of_the_site_are_our_own():
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    assert get_image_model() is PortalImage
    assert get_document_model() is PortalDocument
    assert ImageFactory().get_rendition("width-40").image.pk
