"""Every facet of the library: a choice narrows, two widen, its own counts stay; on both engines, as addresses."""

import pytest

from django.urls import reverse

from library.enums import Audience, Kind, Level
from library.search.sources import ResourceSource
from portal.search.drain import run_once
from portal.search.query import search
from tests.factories.library import ResourceFactory, SourceRecordFactory, SubjectFactory
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db

FACETS = ["subject", "form", "level", "audience", "language", "licence", "year", "place", "source"]


@pytest.fixture
def pair(each_engine):
    """Two resources that have no value of any facet in common."""
    one = ResourceFactory(
        title="Nuôi ong lấy mật",
        subjects=[SubjectFactory(slug="nong-nghiep")],
        kind=Kind.BOOK,
        level=Level.ADULT,
        audience=Audience.CITIZEN,
        language="vie",
        licence="CC-BY-4.0",
        year=2019,
        place=PlaceFactory(),
    )
    other = ResourceFactory(
        title="Nuôi ong rừng",
        subjects=[SubjectFactory(slug="lam-nghiep")],
        kind=Kind.VIDEO,
        level=Level.PRIMARY,
        audience=Audience.OFFICER,
        language="tyz",
        licence="CC0-1.0",
        year=2024,
        place=PlaceFactory(),
    )
    SourceRecordFactory(resource=one, source="Kho mẫu A")
    SourceRecordFactory(resource=other, source="Kho mẫu B, số 2")
    run_once()
    return each_engine


def test_these_are_the_facets():
    assert list(ResourceSource.facets) == FACETS


def test_each_facet_narrows_widens_and_counts_apart_from_itself(pair):
    everything = search("nuôi ong", engine=pair, facet_names=FACETS)
    assert everything.count == 2
    for name in FACETS:
        values = [value.value for value in everything.facets[name]]
        assert [value.count for value in everything.facets[name]] == [1, 1], name
        one = search("nuôi ong", engine=pair, facets={name: values[:1]}, facet_names=FACETS)
        assert one.count == 1, name
        assert {value.value for value in one.facets[name]} == set(values), name
        assert {value.count for value in one.facets[name]} == {1}, name
        others = [each for each in FACETS if each != name]
        assert {sum(value.count for value in one.facets[each]) for each in others} == {1}, name
        assert search("nuôi ong", engine=pair, facets={name: values}).count == 2, name


def test_each_choice_is_an_address_with_a_chip_and_not_for_search_engines(client, pair):
    response = client.get(reverse("library:list"), {"q": "nuoi ong"})
    for facet in response.context["facets"]:
        chosen = client.get(reverse("library:list") + facet.choices[0].url)
        assert [row.title for row, _hit in chosen.context["items"]] != [], facet.name
        assert chosen.context["results"].count == 1, facet.name
        assert facet.choices[0].label in {chip.label for chip in chosen.context["chips"]}
        assert "noindex" in chosen["X-Robots-Tag"]
    assert [facet.name for facet in response.context["facets"]] == FACETS
