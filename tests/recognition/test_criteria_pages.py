import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from recognition.domain import seed
from recognition.models import CriteriaSet
from tests.factories.recognition import CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sets(settings):
    settings.DEMO = False
    seed.load()


def test_the_list_shows_every_set_and_marks_those_not_for_scoring(client, sets):
    page = client.get("/mo-hinh-hoc-tap/").content.decode()
    for criteria_set in CriteriaSet.objects.all():
        assert criteria_set.get_absolute_url() in page
    assert page.count("tag--warning") >= CriteriaSet.objects.filter(usable_for_scoring=False).count()


def test_a_set_page_shows_criteria_source_and_gaps(client, sets):
    criteria_set = CriteriaSet.objects.get(code="TT25-2023-CDHT-XA")
    page = client.get(criteria_set.get_absolute_url()).content.decode()
    assert "công dân được đào tạo trình độ chuyên môn" in page
    assert "60%" in page
    assert criteria_set.source_url in page
    assert criteria_set.gaps[0] in page


def test_an_unknown_text_is_said_to_be_unknown(client, sets):
    criteria_set = CriteriaSet.objects.get(code="QD242-2022")
    response = client.get(criteria_set.get_absolute_url())
    assert not response.context["usable"]
    assert response.context["usable"].reason in response.content.decode()


def test_the_pages_cost_the_same_however_many_sets_there_are(client, sets):
    client.get("/mo-hinh-hoc-tap/")
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/mo-hinh-hoc-tap/")
        counts.append(len(queries))
        CriteriaSetFactory.create_batch(5)
    assert counts[0] == counts[1] <= 15


def test_an_unknown_set_is_a_404(client):
    assert client.get("/mo-hinh-hoc-tap/khong-co/").status_code == 404


@pytest.mark.parametrize("address", ["/mo-hinh-hoc-tap/", "/vinh-danh/", "/mo-hinh-hoc-tap/{}/"])
def test_the_way_to_the_page_ends_with_the_page_itself(client, sets, address):
    page = client.get(address.format(CriteriaSet.objects.first().slug))
    title = escape(page.context["page_title"])
    assert f'<li><span aria-current="page">{title}</span></li>' in page.text
