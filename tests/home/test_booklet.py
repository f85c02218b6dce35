"""The booklet of the help pages: what a new portal has to read in its own reader."""

import pytest

from home.domain import booklet
from library.domain import seed as library
from library.domain.withdrawal import withdraw
from library.models import Resource
from library.reader import book as reader
from portal.search import drain
from portal.search.query import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def resource():
    library.load_subjects()
    assert booklet.load()
    return Resource.objects.get()


def test_it_can_be_read_here_page_by_page_and_as_text(client, resource):
    epub, pdf = resource.renditions.all()
    assert (epub.form, pdf.form) == ("epub", "pdf")
    for rendition in (epub, pdf):
        html = client.get(f"/r/{resource.pk}/doc/{rendition.pk}/?trang=2").content.decode()
        assert "reader__turn" in html
        book = reader.open_book(rendition)
        text = " ".join(line for page in book.text for line in page)
        assert "“ky thuat trong ngo” cũng ra “kỹ thuật trồng ngô”" in text
        titles = [title for _depth, title, _page in book.index.contents]
        assert "Đọc, nghe và giữ lại học liệu" in titles


def test_it_is_found_by_the_example_that_the_help_gives(resource):
    drain.run_once()
    assert [hit.key for hit in search("ky thuat trong ngo").hits] == [f"resource:{resource.pk}"]


def test_it_says_nothing_that_the_help_pages_do_not_say(resource):
    from home.domain import seed

    texts = {row["title"] for row in seed.page_rows()}
    assert {chapter.title for chapter in booklet.read_chapters()} <= texts
    assert all(chapter.blocks for chapter in booklet.read_chapters())


def test_it_is_made_once_and_what_a_librarian_took_away_stays_away(resource):
    withdraw(resource, "Có bản mới.")
    assert not booklet.load()
    assert Resource.objects.get().is_withdrawn
    assert resource.renditions.count() == 2


def test_the_typeset_pages_have_no_letter_without_a_shape(resource, tmp_path):
    """Be Vietnam Pro has all letters of Vietnamese: a missing one would come out as .notdef, U+0000 in the text."""
    pdf = resource.renditions.get(form="pdf")
    assert not any("\x00" in line or "\ufffd" in line for page in reader.open_book(pdf).text for line in page)
