"""PDF: drawn pages, their text, the place where somebody stopped."""

import fcntl
import io
import re
import shutil

import pytest
from PIL import Image

from django.urls import reverse

from library.domain.merging import merge
from library.models import ReadingProgress
from library.reader import book as reader
from library.reader import drawing
from library.reader import pdf as pdf_jobs
from portal.web import sandbox
from tests.factories.files import OFFICIAL_PAGE, pdf, text_pdf
from tests.factories.library import ResourceFactory
from tests.library.reader.material import address, prose, taken


class TestDrawing:
    def test_a_full_page_of_text_weighs_at_most_35_kb(self, tmp_path):
        path = tmp_path / "a.pdf"
        path.write_bytes(text_pdf(body=prose(900), setup=OFFICIAL_PAGE))
        assert pdf_jobs.draw(str(path), str(tmp_path), [[1, 800], [1, 1600]], 20) == []
        narrow, wide = (tmp_path / f"1-{width}.webp" for width in (800, 1600))
        assert Image.open(narrow).width == 800
        assert Image.open(wide).width == 1600
        assert 25_000 < narrow.stat().st_size <= 35_000

    def test_print_keeps_eight_greys_and_a_photo_all_of_them(self):
        text = Image.new("RGB", (400, 400), "white")
        text.paste("black", (100, 100, 300, 110))
        assert len(drawn(text).convert("L").getcolors()) <= 8
        photo = Image.effect_noise((100, 100), 80).resize((400, 400)).convert("RGB")
        assert len(drawn(photo).convert("L").getcolors(10_000)) > 50

    def test_what_is_red_stays_red(self):
        page = Image.new("RGB", (400, 400), "white")
        page.paste((200, 20, 20), (50, 50, 350, 350))
        red, green, _blue = drawn(page).convert("RGB").getpixel((200, 200))
        assert red - green > 120

    def test_an_endless_strip_is_drawn_in_a_size_that_can_be_looked_at(self, tmp_path):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf().replace(b"[0 0 595 842]", b"[0 0 10 99999]"))
        pdf_jobs.draw(str(path), str(tmp_path), [[1, 800]], 20)
        assert Image.open(tmp_path / "1-800.webp").height <= 3200


def drawn(page: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(drawing.smallest(page)))


@pytest.mark.django_db
class TestPDF:
    @pytest.fixture(scope="class")
    def content(self):
        return text_pdf(3, body=prose(120))

    @pytest.fixture
    def rendition(self, content):
        return taken(content)

    def test_a_page_is_a_picture_with_its_text_beside_it(self, client, rendition):
        response = client.get(address(rendition, "?trang=2"))
        html = response.content.decode()
        image = reverse("library:page_image", args=[rendition.resource_id, rendition.pk, 2, 800])
        following = image.replace("2-800", "3-800")
        assert re.search(rf'<img src="{image}" width="800" height="1\d\d\d"', html)
        assert f'<link rel="prefetch" href="{following}"' in html
        assert "trồng" in html
        assert response["X-Robots-Tag"] == "noindex"
        assert client.get(image)["Content-Type"] == "image/webp"

    def test_who_saves_data_gets_no_page_ahead(self, client, rendition):
        html = client.get(address(rendition), headers={"Save-Data": "on"}).content.decode()
        assert "prefetch" not in html

    def test_a_page_costs_little_besides_its_picture(self, client, rendition):
        response = client.get(address(rendition), headers={"Accept-Encoding": "gzip"})
        assert len(response.content) < 30_000

    def test_the_text_alone_is_an_address_too(self, client, rendition):
        html = client.get(address(rendition, "?trang=1&xem=chu")).content.decode()
        assert "reader__page" not in html
        assert "Hội Khuyến học Mẫu" not in html.partition('id="reader-text"')[2].partition("</div>")[0]
        assert "?trang=2&amp;xem=chu" in html

    def test_words_are_found_without_accents(self, client, rendition):
        html = client.get(address(rendition, "?tim=RUONG")).content.decode()
        assert "<mark>ruộng</mark>" in html
        assert client.get(address(rendition, "?tim=qqq")).status_code == 200

    @pytest.mark.parametrize("page", ["0", "4", "-1", "x", "9" * 30, "１"])
    def test_a_page_that_is_not_there_is_404(self, client, rendition, page):
        assert client.get(address(rendition, f"?trang={page}")).status_code == 404

    @pytest.mark.parametrize("name", ["4-800", "0-800", "1-801"])
    def test_a_picture_that_is_not_there_is_404(self, client, rendition, name):
        page, width = map(int, name.split("-"))
        url = reverse("library:page_image", args=[rendition.resource_id, rendition.pk, page, width])
        assert client.get(url).status_code == 404

    def test_the_worker_draws_ahead_and_the_reader_then_waits_for_nothing(
        self, client, rendition, monkeypatch
    ):
        book = reader.open_book(rendition)
        book.draw_ahead()
        assert {path.name for path in book.folder.glob("*-800.webp")} == {f"{n}-800.webp" for n in (1, 2, 3)}
        monkeypatch.setattr(sandbox, "run", None)
        assert client.get(address(rendition, "?trang=3")).status_code == 200

    def test_while_somebody_draws_the_page_says_so_and_loads_itself_again(
        self, client, rendition, monkeypatch
    ):
        monkeypatch.setattr(reader, "PATIENCE", 0.1)
        folder = reader.folder_of(rendition)
        shutil.rmtree(folder, ignore_errors=True)  # of another test with the same file
        folder.mkdir(parents=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            response = client.get(address(rendition))
            image = client.get(
                reverse("library:page_image", args=[rendition.resource_id, rendition.pk, 1, 800])
            )
        assert (response.status_code, response["Refresh"]) == (503, "3")
        assert (image.status_code, image["Retry-After"]) == (503, "3")

    def test_who_signs_in_finds_the_page_again(self, client, rendition, officer):
        client.force_login(officer)
        client.get(address(rendition, "?trang=3"))
        assert ReadingProgress.objects.get().page == 3
        assert client.get(address(rendition)).url == address(rendition, "?trang=3#trang")
        client.get(address(rendition, "?trang=1"))
        assert client.get(address(rendition)).status_code == 200

    def test_after_a_merge_the_old_address_leads_to_the_same_page(self, client, rendition):
        old = address(rendition, "?trang=2")
        merge(ResourceFactory(title=rendition.resource.title), rendition.resource)
        rendition.refresh_from_db()
        response = client.get(old)
        assert response.url == address(rendition, "?trang=2")
        assert client.get(response.url).status_code == 200

    def test_a_table_of_contents_leads_to_its_pages(self, client, rendition):
        contents = client.get(address(rendition)).context["contents"]
        assert [[title, page] for _depth, title, page, _url in contents] == [
            [f"Chương {n}", n] for n in (1, 2, 3)
        ]
