"""Before somebody hands in a thing, they see whether the library has it already."""

import pytest

from django.core.files.base import ContentFile

from library.domain.look_alikes import look_alikes
from library.domain.renditions import take_in
from library.enums import DuplicateReason, ProposalState
from library.identifiers import plain_address
from library.models import Identifier, Proposal
from tests.factories.files import pdf
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db


def found(values=None, **rest):
    return [(each.resource, each.reason) for each in look_alikes(values or {}, **rest)]


def test_by_number():
    resource = ResourceFactory()
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    assert found({"identifiers": [["isbn", "9780306406157"]]}) == [(resource, DuplicateReason.IDENTIFIER)]
    assert found({"identifiers": [["issn", "9780306406157"]]}) == []


def test_by_address_however_it_is_written():
    resource = ResourceFactory(link="http://www.vi-du.example/sach/?id=7&utm_source=zalo")
    ResourceFactory(link="https://vi-du.example/sach/?id=8")
    assert found(urls=["https://vi-du.example/sach?id=7#top"]) == [(resource, DuplicateReason.LINK)]


def test_by_file():
    rendition = take_in(ResourceFactory(), ContentFile(pdf(), "a.pdf"))
    assert found(checksum=rendition.checksum) == [(rendition.resource, DuplicateReason.FILE)]
    assert found(checksum="") == []


def test_by_title_typed_in_any_way(indexed):
    resource = ResourceFactory(title="Kỹ thuật trồng ngô trên đất dốc")
    ResourceFactory(title="Kỹ thuật nuôi ong")
    indexed()
    assert found({"title": "ky thuat trong ngo tren dat doc"}) == [(resource, DuplicateReason.TITLE)]


def test_another_number_another_year_or_another_author_is_another_thing(indexed):
    ResourceFactory(title="Toán học vui 1", year=2019, creators=["Người Một"])
    indexed()
    assert found({"title": "Toán học vui 2"}) == []
    assert found({"title": "Toán học vui 1", "year": 2020}) == []
    assert found({"title": "Toán học vui 1", "creators": [["Bà Hai Khác Hẳn", "author"]]}) == []
    assert len(found({"title": "Toán học vui 1", "year": 2019})) == 1


def test_what_other_officers_have_just_handed_in_counts_too(officer):
    waiting = ResourceFactory(title="Kỹ thuật trồng ngô trên đất dốc", proposed=True)
    Proposal.objects.create(proposed_by=officer, resource=waiting, state=ProposalState.WAITING)
    ResourceFactory(title="Kỹ thuật trồng ngô trên đất dốc", proposed=True)  # a harvest has brought it
    assert found({"title": "Kỹ thuật trồng ngô trên đất dốc."}) == [(waiting, DuplicateReason.TITLE)]


def test_itself_and_what_is_withdrawn_are_not_named(indexed):
    itself = ResourceFactory(title="Trồng ngô", link="https://vi-du.example/1")
    ResourceFactory(title="Trồng ngô", link="https://vi-du.example/1", withdrawn=True)
    indexed()
    assert found({"title": "Trồng ngô"}, urls=["https://vi-du.example/1"], but=itself.pk) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x/", "http://www.a.example/x"),
        ("https://a.example/x?b=1&fbclid=2", "https://a.example/x?b=1"),
    ],
)
def test_addresses_of_one_page(one, other):
    assert plain_address(one) == plain_address(other)
