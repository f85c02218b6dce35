"""What each index and relation finds in the catalogue."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Identifier, Resource
from tests.factories.library import ResourceFactory, SubjectFactory
from tests.library.interop.sru.asking import count, search, titles

pytestmark = pytest.mark.django_db

CORN, MAIZE, PIG = "Kỹ thuật trồng ngô lai", "Ngô lai trồng trên đất dốc", "Nuôi lợn"


@pytest.fixture(autouse=True)
def books(indexed):
    farming = SubjectFactory(name="Nông nghiệp", slug="nong-nghiep")
    crops = SubjectFactory(name="Trồng trọt", slug="trong-trot", parent=farming)
    corn = ResourceFactory(
        title=CORN,
        creators=["Nguyễn Văn Mẫu", "Hội mẫu"],
        subjects=[crops],
        year=2010,
        language="vie",
        abstract="Đất dốc.",
    )
    Identifier.objects.create(resource=corn, scheme="isbn", value="9780306406157")
    ResourceFactory(
        title=MAIZE, creators=["Mẫu Văn Nguyễn"], subjects=[crops], year=2015, other_languages=["tyz"]
    )
    ResourceFactory(title=PIG, subjects=[farming], year=None, language="tyz", tags=["chăn nuôi"])
    indexed()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ngô", [CORN, MAIZE]),
        ("cql.serverChoice all ngô", [CORN, MAIZE]),
        ('"đất dốc"', [CORN, MAIZE]),
        ('cql.serverChoice = "dốc đất"', []),
        ('cql.serverChoice all "dốc đất"', [CORN, MAIZE]),
        ('cql.serverChoice any "lợn lai"', [CORN, MAIZE, PIG]),
        (f'cql.serverChoice == "{PIG}"', [PIG]),
        ('cql.serverChoice == "Hội mẫu"', [CORN]),
        ("cql.allRecords = 1", [CORN, MAIZE, PIG]),
        ("dc.title = ngô", [CORN, MAIZE]),
        ('dc.title = "trồng ngô"', [CORN]),
        ('dc.title adj "ngô lai"', [CORN, MAIZE]),
        ('dc.title all "trồng ngô"', [CORN, MAIZE]),
        ('dc.title any "lợn kỹ"', [CORN, PIG]),
        ('dc.title exact "nuôi lợn"', [PIG]),
        ('dc.title == "Nuôi"', []),
        ("dc.title = dốc", [MAIZE]),
        ('dc.creator = "Văn Mẫu"', [CORN]),
        ('dc.creator all "mẫu nguyễn"', [CORN, MAIZE]),
        ('dc.creator any "hội lợn"', [CORN]),
        ('dc.creator exact "Nguyễn Văn Mẫu"', [CORN]),
        ('dc.creator exact "Nguyễn Văn"', []),
        ('dc.subject = "trồng trọt"', [CORN, MAIZE]),
        ('dc.subject = "nông nghiệp"', [CORN, MAIZE, PIG]),
        ('dc.subject exact "Nông nghiệp"', [CORN, MAIZE, PIG]),
        ('dc.subject all "trọt trồng"', [CORN, MAIZE]),
        ('dc.subject any "trọt nuôi"', [CORN, MAIZE, PIG]),
        ('dc.subject = "chăn nuôi"', [PIG]),
        ("dc.subject = Mẫu", []),
        ("dc.language = tyz", [MAIZE, PIG]),
        ("dc.language = vi", [CORN, MAIZE]),
        ('dc.language all "vie tyz"', [MAIZE]),
        ('dc.language any "tyz eng"', [MAIZE, PIG]),
        ("dc.language = klingon", []),
        ("dc.date = 2010", [CORN]),
        ("dc.date > 2010", [MAIZE]),
        ("dc.date >= 2010", [CORN, MAIZE]),
        ("dc.date < 2015", [CORN]),
        ("dc.date <= 2015", [CORN, MAIZE]),
        ('dc.date any "2010 2015"', [CORN, MAIZE]),
        ('bath.isbn = "978-0-306-40615-7"', [CORN]),
        ('bath.isbn = "0306406152"', [CORN]),
        ('bath.isbn = "978 0 306 40615 7"', [CORN]),
        ("ngô and date = 2015", [MAIZE]),
        ("ngô not date = 2015", [CORN]),
        ("lợn or date = 2015", [MAIZE, PIG]),
        ("cql.allRecords = 1 not (dc.language = tyz or dc.creator = hội)", []),
        ("cql.allRecords = 1 not dc.language = tyz", [CORN]),
        ("cql.allRecords = 1 not dc.date > 1000", [PIG]),
        ("(lợn or ngô) and dc.subject = trọt", [CORN, MAIZE]),
    ],
)
def test_a_query_finds_what_it_should(client, query, found):
    root = search(client, query)
    assert sorted(titles(root)) == sorted(found)
    assert count(root) == len(found)


@pytest.mark.parametrize("typed", ["ngô lai", "ngo lai", "NGO LAI", "ngo\u0302 lai"])
def test_vietnamese_typed_without_accents_finds(client, typed):
    assert count(search(client, f'"{typed}"')) == 2
    assert count(search(client, f'dc.title = "{typed}"')) == 2
    assert count(search(client, f'dc.subject = "{"trong trot" if typed.isascii() else "trồng trọt"}"')) == 2


def test_a_record_is_found_by_its_number(client):
    pig = Resource.objects.get(title=PIG)
    assert titles(search(client, f"rec.id = {pig.pk}")) == [PIG]
    assert count(search(client, f'rec.id any "{pig.pk} 1"')) == 1
    assert count(search(client, f"rec.id = {'9' * 40}")) == 0


def test_a_search_costs_the_same_number_of_queries_however_many_it_finds(client, indexed):
    def queries(found: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(titles(search(client, "dc.title = lợn"))) == found
        return len(asked)

    few = queries(1)
    for number in range(3):
        ResourceFactory(title=f"{PIG} {number}", tags=["chăn nuôi"])
    indexed()
    assert queries(4) == few
