"""Small covers where resources are chosen from: in the library's list, on shelves and cards, in the search of the site."""

import re

import pytest

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.urls import reverse

from library.domain.latest import seasonal
from library.domain.renditions import add_made, take_in
from library.enums import RenditionForm, RenditionPurpose, Visibility
from tests.factories import files
from tests.factories.home import home_page
from tests.factories.library import ResourceFactory, ShelfFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return SubjectFactory()


@pytest.fixture
def covered(subject):
    resource = ResourceFactory(title="Sách có bìa", subjects=[subject])
    with_cover(resource)
    return resource


def with_cover(resource):
    """As the worker makes it (library.domain.preparing)."""
    original = take_in(resource, ContentFile(files.text_pdf(1), "sach.pdf"))
    add_made(
        original, RenditionPurpose.COVER, RenditionForm.IMAGE, "image/webp", ContentFile(b"x", "bia.webp")
    )


def pictures(html):
    """[(address, width, height, loading)] of the small covers, each told by nothing but the title beside it."""
    found = re.findall(r"<img[^>]*cover--small[^>]*>", html)
    assert all('alt=""' in each for each in found)
    return [
        tuple(re.search(f'{name}="([^"]+)"', each)[1] for name in ("src", "width", "height", "loading"))
        for each in found
    ]


def shown(resource):
    """What `pictures` finds for it: a place of its own size that waits until it is looked at."""
    first = resource.renditions.filter(purpose=RenditionPurpose.COVER).first()
    address = reverse("library:file", args=[resource.pk, first.pk])
    return [(address, "60", "85", "lazy")]


def test_the_list_of_the_library_shows_it_and_nothing_where_there_is_none(client, covered, subject, indexed):
    ResourceFactory(title="Sách không bìa", subjects=[subject])
    indexed()
    html = client.get(reverse("library:list")).content.decode()
    assert "Sách không bìa" in html
    assert pictures(html) == shown(covered)


def test_the_search_of_the_site_shows_it(client, covered, indexed):
    home_page()
    indexed()
    assert pictures(client.get(reverse("search"), {"q": "sach"}).content.decode()) == shown(covered)


def test_a_shelf_and_the_neighbours_of_a_resource_show_it(client, covered, subject):
    shelf = ShelfFactory(picked=[covered])
    neighbour = ResourceFactory(subjects=[subject])
    for address in (shelf.get_url(), neighbour.get_absolute_url()):
        assert pictures(client.get(address).content.decode()) == shown(covered)


def test_the_card_of_the_season_shows_it(covered):
    (resource,) = seasonal(covered.created_at.date(), 1)
    assert pictures(render_to_string("library/_card.html", {"resource": resource})) == shown(covered)


def test_who_saves_data_gets_none(client, covered, indexed):
    indexed()
    html = client.get(reverse("library:list"), headers={"save-data": "on"}).content.decode()
    assert "Sách có bìa" in html
    assert pictures(html) == []


def test_the_first_of_several_is_shown(client, covered, indexed):
    with_cover(covered)
    indexed()
    assert pictures(client.get(reverse("library:list")).content.decode()) == shown(covered)


def test_the_cover_of_what_is_for_officers_opens_to_nobody_else(client, covered):
    covered.visibility = Visibility.OFFICERS
    covered.save()
    (address, *_rest) = shown(covered)[0]
    assert client.get(address).status_code == 403


def test_covers_cost_no_question_a_resource(client, subject, indexed, django_assert_max_num_queries):
    def asked(address):
        client.get(address)
        with django_assert_max_num_queries(40) as queries:
            client.get(address)
        return len(queries)

    addresses = [reverse("library:list"), f"{reverse('search')}?q=sach"]
    home_page()
    with_cover(ResourceFactory(title="Sách", subjects=[subject]))
    indexed()
    few = [asked(address) for address in addresses]
    for number in range(5):
        with_cover(ResourceFactory(title=f"Sách {number}", subjects=[subject]))
    indexed()
    assert [asked(address) for address in addresses] == few
