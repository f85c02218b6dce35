"""How a resource can be had: the buttons of its page, each with what it costs."""

import re

import pytest

from django.core.files.base import ContentFile
from django.urls import reverse

from library.domain.renditions import add_made, take_in
from library.enums import RenditionForm, RenditionPurpose
from tests.factories.cms import picture_bytes
from tests.factories.files import epub, pdf, recording
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db


def page_of(client, resource) -> str:
    return client.get(resource.get_absolute_url()).content.decode()


def buttons(html: str) -> dict[str, str]:
    """{address: text} of the buttons."""
    found = re.findall(r'<a class="button[^"]*" href="([^"]*)"[^>]*>(.*?)</a>', html, re.S)
    return {address: " ".join(re.sub(r"<[^>]*>", " ", text).split()) for address, text in found}


@pytest.mark.parametrize("content", [pdf(), epub({"Một": "<p>Chữ</p>"}), b"<!doctype html><p>Chu"])
def test_a_book_is_read_here_or_kept_with_its_weight_on_the_button(client, content):
    resource = ResourceFactory()
    rendition = take_in(resource, ContentFile(content, "a.bin"))
    shown = buttons(page_of(client, resource))
    assert shown[reverse("library:read", args=[resource.pk, rendition.pk])] == "Đọc tại đây"
    kept = shown[reverse("library:file", args=[resource.pk, rendition.pk]) + "?tai=1"]
    assert re.fullmatch(rf"Tải về \({rendition.get_form_display()}, [\d,.]+\s(byte|KB)\)", kept)


def test_a_recording_shows_the_weight_of_what_will_be_played(client):
    resource = ResourceFactory()
    rendition = take_in(resource, ContentFile(recording(20), "a.wav"))
    read = reverse("library:read", args=[resource.pk, rendition.pk])
    html = page_of(client, resource)
    assert "156,3" in buttons(html)[read]
    assert "Chưa có bản nhẹ" in html

    file = ContentFile(b"x" * 2048, "nhe.ogg")
    light = add_made(rendition, RenditionPurpose.LIGHT, RenditionForm.AUDIO, "audio/ogg", file)
    html = page_of(client, resource)
    assert "2,0" in buttons(html)[read]
    assert "2,0" in buttons(html)[reverse("library:file", args=[resource.pk, light.pk]) + "?tai=1"]
    assert "Chưa có bản nhẹ" not in html


def test_what_is_read_here_stands_before_links_to_elsewhere(client):
    resource = ResourceFactory(link="https://vi-du.example/ngo")
    rendition = take_in(resource, ContentFile(pdf(), "a.pdf"))
    read = reverse("library:read", args=[resource.pk, rendition.pk])
    shown = list(buttons(page_of(client, resource)))
    assert shown.index(read) < shown.index("https://vi-du.example/ngo")


def test_the_cover_is_shown_and_is_no_way_of_its_own(client):
    resource = ResourceFactory()
    rendition = take_in(resource, ContentFile(picture_bytes(), "a.jpg"))
    file = ContentFile(picture_bytes(), "bia.webp")
    cover = add_made(rendition, RenditionPurpose.COVER, RenditionForm.IMAGE, "image/webp", file)
    html = page_of(client, resource)
    address = reverse("library:file", args=[resource.pk, cover.pk])
    assert f'<img class="cover" src="{address}"' in html
    assert len(buttons(html)) == len(set(buttons(html)) - {address})
