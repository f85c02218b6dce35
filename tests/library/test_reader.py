"""Reading in the portal: pages, text, search, chapters; hostile files end in a sentence."""

import fcntl
import io
import json
import random
import re
import secrets
import shutil
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from django.core.files.base import ContentFile
from django.urls import reverse

from library.domain.merging import merge
from library.domain.renditions import take_in
from library.enums import RenditionForm
from library.models import ReadingProgress, Rendition
from library.reader import book as reader
from library.reader import drawing, epub, markup
from library.reader import pdf as pdf_jobs
from library.reader.finding import find
from library.reader.reflow import reflow
from portal.web import sandbox
from tests.factories.cms import picture_bytes
from tests.factories.files import OFFICIAL_PAGE, archive, pdf, recording, stream, text_pdf
from tests.factories.files import epub as epub_file
from tests.factories.library import ResourceFactory

SYLLABLES = [
    "khuyến",
    "học",
    "người",
    "dân",
    "tộc",
    "Tày",
    "Nùng",
    "trồng",
    "ngô",
    "ruộng",
    "bậc",
    "thang",
    "đọc",
    "sách",
    "chữ",
    "việc",
    "làng",
    "xóm",
    "nghề",
]
CHAPTERS = {"Chương một": "<p>Trồng ngô trên <b>đất dốc</b>.</p>", "Chương hai": "<p>Phòng sâu bệnh.</p>"}


def prose(words: int) -> str:
    """Text that does not repeat itself, so that no picture of it is smaller than of a real page."""
    pick = random.Random(7)
    return " ".join(pick.choice(SYLLABLES) + ("." if number % 12 == 11 else "") for number in range(words))


def taken(content: bytes, name="a.bin") -> Rendition:
    return take_in(ResourceFactory(title="Trồng ngô"), ContentFile(content, name))


def stored(content: bytes, form: RenditionForm) -> Rendition:
    """As `taken`, past the checks of uploads: what came in before they were stricter, or spoilt on the disk."""
    rendition = Rendition(
        resource=ResourceFactory(), form=form, size=len(content), checksum=secrets.token_hex(32)
    )
    rendition.file = ContentFile(content, "a.bin")
    rendition.save()
    return rendition


def address(rendition: Rendition, query: str = "") -> str:
    return reverse("library:read", args=[rendition.resource_id, rendition.pk]) + query


class TestReflow:
    def test_lines_become_paragraphs(self):
        page = (
            "Bà con trồng ngô trên đất dốc phải làm bờ để\r\ngiữ nước và giữ đất qua mùa mưa.\r\n"
            "Sau đó chọn giống ngô phù hợp với đất của nhà"
        )
        assert reflow([page]) == [
            [
                "Bà con trồng ngô trên đất dốc phải làm bờ để giữ nước và giữ đất qua mùa mưa.",
                "Sau đó chọn giống ngô phù hợp với đất của nhà",
            ]
        ]

    def test_running_titles_and_page_numbers_go(self):
        pages = [f"Sổ tay trồng ngô\nTrang này nói về việc thứ {n} của nhà nông.\n- {n} -" for n in "123"]
        assert reflow(pages) == [[f"Trang này nói về việc thứ {n} của nhà nông."] for n in "123"]

    def test_a_number_within_the_text_stays(self):
        assert reflow(["Một.\nHai.\n2019\nBốn.\nNăm."]) == [["Một. Hai. 2019 Bốn. Năm."]]

    @pytest.mark.parametrize(
        ("page", "paragraph"),
        [
            ("một từ bị ngắt thư\ufffe\nviện ở cuối dòng", "một từ bị ngắt thưviện ở cuối dòng"),
            ("a word that is hy-\nphenated here at it", "a word that is hyphenated here at it"),
            ("đất nước Ma-lai-\nxi-a ở phía nam ta", "đất nước Ma-lai-xi-a ở phía nam ta"),
        ],
    )
    def test_words_broken_at_the_end_of_a_line_are_whole_again(self, page, paragraph):
        assert reflow([page]) == [[paragraph]]

    def test_items_of_a_list_stand_alone(self):
        page = "Việc cần làm trong mùa này là như sau đây\n1. Làm đất và chọn giống cho phù hợp\n2. Gieo hạt khi có mưa"
        assert [line[:2] for line in reflow([page])[0]] == ["Vi", "1.", "2."]

    def test_a_heading_after_a_full_line_stands_alone(self):
        page = "Gõ thế nào cũng ra, có dấu hay không dấu đều được.\nGõ điều muốn học\nGõ vào ô tìm ở đầu trang rồi bấm nút tìm ở bên cạnh."
        assert reflow([page]) == [page.split("\n")]

    def test_text_is_composed(self):
        assert reflow(["ho\u0323c tâ\u0323p"]) == [["học tập"]]


class TestFind:
    TEXT = [["Trồng ngô trên đất dốc."], ["Ngô nếp và ngô tẻ.", "Không có gì."]]

    @pytest.mark.parametrize("words", ["ngô", "NGO", "ngo\u0302"])
    def test_accents_and_capitals_do_not_matter(self, words):
        assert [each.page for each in find(self.TEXT, words)] == [1, 2, 2]

    def test_what_was_found_is_marked_in_the_text_as_it_is(self):
        assert "<mark>đất dốc</mark>" in find(self.TEXT, "dat doc")[0].excerpt
        assert find([["<b>ngô</b>"]], "ngo")[0].excerpt == "&lt;b&gt;<mark>ngô</mark>&lt;/b&gt;"

    @pytest.mark.parametrize("words", ["", "...", "(", "lúa", "dốc đất"])
    def test_what_is_not_there_is_not_found(self, words):
        assert find(self.TEXT, words) == []

    def test_a_word_that_stands_everywhere_does_not_fill_the_page(self):
        assert len(find([["ngô " * 1000]], "ngô")) == 100


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


def form_bomb() -> bytes:
    """A page that draws a form that draws a form ten times ...: 10^12 strokes in 3 kB."""
    objects, depth = [], 12
    for level in range(depth):
        body = b"/X Do " * 10 if level < depth - 1 else b"0 0 m 500 500 l S "
        entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        if level < depth - 1:
            entries += f" /Resources << /XObject << /X {5 + level} 0 R >> >>"
        objects.append(stream(body, entries))
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> >> /Contents %d 0 R" % (4 + depth)
    return pdf("", *objects, stream(b"/X Do")).replace(b"/MediaBox [0 0 595 842]", page)


BILLION_LAUGHS = (
    b"<!DOCTYPE package ["
    + b"<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12))
    + b"]><package>&a11;</package>"
)


def picture_bomb() -> bytes:
    """A page with a picture of 13,000 x 13,000 dots, half a gigabyte, packed twice into 3 kB."""
    side, packer = 13_000, zlib.compressobj()
    packed = b"".join(packer.compress(bytes(3 * side)) for _row in range(side)) + packer.flush()
    image = stream(
        zlib.compress(packed),
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        "/Filter [/FlateDecode /FlateDecode]",
    )
    content = stream(b"595 0 0 842 0 0 cm /X Do")
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R"
    return pdf("", image, content).replace(b"/MediaBox [0 0 595 842]", page)


@pytest.mark.django_db
class TestHostileFiles:
    @pytest.mark.parametrize(
        ("content", "form"),
        [
            (b"%PDF-1.7 broken", RenditionForm.PDF),
            (b"", RenditionForm.PDF),
            (b"no archive", RenditionForm.EPUB),
            (archive({"mimetype": b"application/epub+zip"}), RenditionForm.EPUB),
            (archive({"META-INF/container.xml": b"<a"}), RenditionForm.EPUB),
            (epub_file({}), RenditionForm.EPUB),
            (b"<div>" * 5000, RenditionForm.HTML),
        ],
    )
    def test_a_broken_file_ends_in_a_sentence_and_can_still_be_kept(self, client, content, form):
        rendition = stored(content, form)
        response = client.get(address(rendition))
        assert response.status_code == 422
        assert str(response.context["trouble"]).endswith(".")
        assert "?tai=1" in response.content.decode()

    def test_endless_pages_are_refused(self, client):
        rendition = stored(pdf(pages="/Kids [3 0 R] /Count 100000"), RenditionForm.PDF)
        assert client.get(address(rendition)).status_code in (200, 422)
        many = " ".join(["3 0 R"] * (pdf_jobs.MAX_PAGES + 1))
        rendition = stored(pdf(pages=f"/Kids [{many}] /Count {pdf_jobs.MAX_PAGES + 1}"), RenditionForm.PDF)
        assert client.get(address(rendition)).status_code == 422

    @pytest.fixture
    def jobs(self, monkeypatch):
        """The seconds that each job was given; none gets more than three here."""
        asked, run = [], sandbox.run

        def limited(job, *arguments, seconds=sandbox.SECONDS, **limits):
            asked.append(seconds)
            return run(job, *arguments, seconds=min(seconds, 3.0), **limits)

        monkeypatch.setattr(sandbox, "run", limited)
        return asked

    @pytest.mark.parametrize("bomb", [form_bomb, picture_bomb])
    def test_a_bomb_costs_at_most_its_limits_and_costs_them_once(self, client, bomb, jobs):
        rendition = stored(bomb(), RenditionForm.PDF)
        first = client.get(address(rendition))
        assert str(first.context.get("trouble", ".")).endswith(".")
        assert ("trouble" in first.context) or bomb is picture_bomb  # which may be drawn without its picture
        assert 0 < max(jobs) <= sandbox.SECONDS
        jobs.clear()
        again = client.get(address(rendition))
        assert again.status_code == first.status_code
        assert again.context.get("trouble") == first.context.get("trouble")
        assert jobs == []

    def test_all_that_is_done_for_one_request_takes_the_time_of_one_job(self, client, jobs):
        client.get(address(stored(text_pdf(body="Chữ."), RenditionForm.PDF)))
        opening, drawing = jobs
        assert drawing < opening <= sandbox.SECONDS

    def test_a_damaged_page_does_not_take_the_others_with_it(self, client):
        rendition = stored(pdf(pages="/Kids [3 0 R 9 0 R 3 0 R] /Count 3"), RenditionForm.PDF)
        book = reader.open_book(rendition)
        book.draw_ahead()
        assert {path.name for path in book.folder.glob("*-800.webp")} == {"1-800.webp", "3-800.webp"}
        response = client.get(address(rendition, "?trang=2"))
        assert response.status_code == 200
        assert "hỏng" in str(response.context["trouble"])
        assert "?trang=3" in response.content.decode()
        image = reverse("library:page_image", args=[rendition.resource_id, rendition.pk, 2, 800])
        assert client.get(image).status_code == 422

    @pytest.mark.parametrize(
        "members",
        [
            {"OEBPS/text/c1.xhtml": b"<p>" + b"a" * 31_000_000},
            {f"OEBPS/text/c{number}.xhtml": b"<p>a</p>" * 3_000_000 for number in range(1, 21)},
            {"OEBPS/text/c1.xhtml": b"<i>" * 200_000},
            {"OEBPS/book.opf": b"<package>" + b"<a>" * 200_000},
            {"OEBPS/book.opf": BILLION_LAUGHS},
        ],
        ids=["a chapter", "chapters", "a deep chapter", "a deep package", "entities of entities"],
    )
    def test_a_book_that_unpacks_without_end_ends_in_a_sentence(self, client, members, jobs):
        chapters = {str(number): "" for number in range(1, 21)}
        rendition = stored(epub_file(chapters, **members), RenditionForm.EPUB)
        response = client.get(address(rendition))
        assert response.status_code == 422
        assert str(response.context["trouble"]).endswith(".")
        assert len(jobs) == 1

    def test_a_locked_document_says_that_it_is_locked(self, client):
        key = "<" + "00" * 32 + ">"
        lock = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>".encode()
        content = pdf("", lock).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")
        response = client.get(address(stored(content, RenditionForm.PDF)))
        assert response.status_code == 422
        assert "mật khẩu" in str(response.context["trouble"])

    def test_trouble_is_forgotten_after_a_day(self, client, monkeypatch):
        rendition = taken(text_pdf(body="Chữ."))
        folder = reader.folder_of(rendition)
        folder.mkdir(parents=True)
        (folder / reader.TROUBLE).write_text(json.dumps("overrun"))
        assert client.get(address(rendition)).status_code == 422
        monkeypatch.setattr(reader, "TRIED_AGAIN", 0)
        assert client.get(address(rendition)).status_code == 200

    def test_the_limits_are_20_seconds_and_512_megabytes(self):
        assert (sandbox.SECONDS, sandbox.MEGABYTES) == (20, 512)

    def test_a_file_that_went_missing_ends_in_a_sentence(self, client):
        rendition = taken(pdf())
        Path(rendition.file.path).unlink()
        assert client.get(address(rendition)).status_code == 422


@pytest.mark.django_db
class TestEPUB:
    def test_chapters_come_in_the_order_of_the_spine(self, client):
        rendition = taken(epub_file(CHAPTERS))
        first = client.get(address(rendition)).content.decode()
        assert "<b>đất dốc</b>" in first
        assert "<h2>Chương một</h2>" in first
        assert "Phòng sâu bệnh" in client.get(address(rendition, "?trang=2")).content.decode()
        assert client.get(address(rendition)).context["contents"] == [
            (0, "Chương một", 1, "?trang=1#trang"),
            (0, "Chương hai", 2, "?trang=2#trang"),
        ]

    def test_what_could_run_or_call_home_is_cleaned_away(self, client):
        evil = (
            '<p onclick="alert(1)">Chữ</p><script>alert(2)</script><style>p{}</style><iframe src="https://a.example"/>'
            '<a href="javascript:alert(3)">a</a><img src="https://a.example/x.png"/><form action="/"><input/></form>'
            '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(4)</script></svg>'
        )
        html = client.get(address(taken(epub_file({"Một": evil})))).content.decode()
        text = html.partition('id="reader-text"')[2].partition("reader__turn")[0]
        assert "Chữ" in text
        for bad in ("alert", "onclick", "a.example", "javascript:", "<iframe", "<form", "<input", "<style"):
            assert bad not in text.partition("</div>")[0]

    def test_pictures_are_drawn_anew_and_have_their_room(self, client):
        rendition = taken(
            epub_file({"Một": '<img src="../images/a.png" alt="Ngô"/>'}, {"a.png": picture_bytes("PNG")})
        )
        html = client.get(address(rendition)).content.decode()
        assert re.search(r'<img[^>]*src="anh-1.webp"[^>]*width="64"', html)
        picture = client.get(reverse("library:picture", args=[rendition.resource_id, rendition.pk, 1]))
        assert picture["Content-Type"] == "image/webp"
        missing = client.get(reverse("library:picture", args=[rendition.resource_id, rendition.pk, 2]))
        assert missing.status_code == 404

    def test_a_chapter_that_is_missing_does_not_take_the_others_with_it(self, client):
        content = epub_file(CHAPTERS)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if not name.endswith("c1.xhtml")]
            whole = {name: packed.read(name) for name in names}
        rendition = stored(archive(whole), RenditionForm.EPUB)
        assert "Phòng sâu bệnh" in client.get(address(rendition)).content.decode()

    def test_elements_that_xhtml_closes_at_once_swallow_nothing(self, client):
        body = '<a id="dau"/><script src="x.js"/><p>Chữ<br/>sau <i/>đó.</p>'
        html = client.get(address(taken(epub_file({"Một": body})))).content.decode()
        assert "Chữ<br>sau <i></i>đó." in html

    def test_links_within_the_book_lead_to_its_pages(self, client):
        chapters = {"Một": '<p><a href="c2.xhtml#cuoi">tới</a></p>', "Hai": '<p id="cuoi">Cuối</p>'}
        rendition = taken(epub_file(chapters))
        assert 'href="?trang=2#doc-cuoi"' in client.get(address(rendition)).content.decode()
        assert 'id="doc-cuoi"' in client.get(address(rendition, "?trang=2")).content.decode()

    def test_a_long_chapter_is_cut_into_pages_that_a_slow_line_carries(self, client):
        rendition = taken(epub_file({"Một": "".join(f"<p>{prose(80)} {n}</p>" for n in range(300))}))
        book = reader.open_book(rendition)
        assert book.index.pages > 3
        response = client.get(address(rendition), headers={"Accept-Encoding": "gzip"})
        assert len(response.content) < 40_000
        assert sum(len(page) for page in book.text) == 301

    def test_entities_of_a_document_are_not_followed(self, tmp_path):
        bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><container>&x;</container>'
        path = tmp_path / "a.epub"
        path.write_bytes(archive({"META-INF/container.xml": bomb}))
        with pytest.raises(sandbox.Refused):
            epub.outline(str(path), str(tmp_path))

    def test_pages_without_javascript_have_all_that_is_needed(self, client):
        html = client.get(address(taken(epub_file(CHAPTERS)))).content.decode()
        for part in ('rel="next"', 'name="trang"', 'name="tim"', "<summary>"):
            assert part in html


@pytest.mark.django_db
def test_a_web_page_is_read_like_a_book_without_its_pictures(client):
    page = "<!doctype html><html><body><h1>Đầu</h1>lời <img src='https://a.example/x.png'><p>Chữ</p></body></html>"
    html = client.get(address(taken(page.encode()))).content.decode()
    assert "<h2>Đầu</h2>" in html
    assert "<p>lời </p>" in html
    assert "a.example" not in html


def test_loose_markup_is_cut_without_losing_a_word(tmp_path):
    path = tmp_path / "a.html"
    words = prose(20_000).split()
    path.write_text(f"<html><body><div><div>{'<br>'.join(words)}</div></div></body></html>", encoding="utf-8")
    markup.outline(str(path), str(tmp_path))
    text = json.loads((tmp_path / "text.json").read_text())
    assert sum(len(line.split()) for page in text for line in page) >= len(words) * 0.99


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
