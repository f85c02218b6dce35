"""Sound and pictures that move, in the browser's own player."""

import pytest

from django.core.files.base import ContentFile

from library.models import Rendition
from tests.factories.cms import picture_bytes
from tests.factories.files import recording
from tests.library.reader.material import address, taken


@pytest.mark.django_db
class TestRecordings:
    def test_a_recording_has_captions_transcript_and_the_light_source_first(self, client):
        rendition = taken(recording(2))
        rendition.transcript = "Lời đọc trong bản ghi."
        rendition.save()
        light = Rendition.objects.create(
            resource=rendition.resource, form="audio", purpose="light", made_from=rendition,
            file="1/nhe.ogg", media_type="audio/ogg", size=2048, checksum="1" * 64,
        )  # fmt: skip
        html = client.get(address(rendition)).content.decode()
        file = f"/r/{rendition.resource_id}/tep/"
        assert html.index(f'<source src="{file}{light.pk}" type="audio/ogg">') < html.index(
            f'<source src="{file}{rendition.pk}"'
        )
        assert "Lời đọc trong bản ghi." in html
        assert "2,0" in html
        chosen = client.get(address(rendition, f"?nguon={rendition.pk}")).context["sources"]
        assert chosen == [rendition, light]

    def test_a_film_has_its_captions(self, client):
        rendition = taken(b"\0\0\0\x18ftypisom\0\0\0\0mp42isom" + b"\0" * 100)
        rendition.captions.save("a.vtt", ContentFile(b"WEBVTT\n"))
        html = client.get(address(rendition)).content.decode()
        assert (
            f'<track kind="captions" src="/r/{rendition.resource_id}/tep/{rendition.pk}/phu-de.vtt" srclang="vi"'
            in html
        )

    def test_captions_are_read_where_nobody_wrote_a_transcript(self, client):
        rendition = taken(recording(2))
        cues = "WEBVTT\n\nNOTE thử\n\n1\n00:00.000 --> 00:01.000\n<v Lan>Xin ch\u00e0o &amp; mời\n\n00:01.000 --> 00:02.000\n"
        rendition.captions.save("a.vtt", ContentFile(f"{cues}Xin chào &amp; mời\n<i>bà con</i>\n".encode()))
        html = client.get(address(rendition)).content.decode()
        assert "Xin chào &amp; mời<br>bà con" in html
        rendition.transcript = "Lời đã chép."
        rendition.save()
        html = client.get(address(rendition)).content.decode()
        assert "Lời đã chép." in html
        assert "bà con" not in html.partition('id="reader-text"')[2].partition("</div>")[0]

    def test_a_picture_is_shown_with_its_description(self, client):
        rendition = taken(picture_bytes())
        rendition.label = "Bắp ngô"
        rendition.save()
        assert 'alt="Bắp ngô"' in client.get(address(rendition)).content.decode()
