"""Numbers are grouped as people write them here (1.234); a year and the number of a row never are."""

import re

import pytest
from bs4 import BeautifulSoup

from django.core.management import call_command

from campaigns.models import NewsIndexPage
from portal.search import drain
from tests.browser import content
from tests.browser.addresses import FIXED
from tests.factories.campaigns import NewsPageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db
GROUPED_YEAR = re.compile(r"\b(?:1\.9|2\.0)\d{2}\b")
GROUPED_ROW = re.compile(r"^(?:.*[/=])?\d{1,3}(?:\.\d{3})+\b")
LINKS = ("href", "src", "action", "value")
ROW = 2026  # large enough to be grouped, and alike to a year


@pytest.fixture
def seeded(settings, tmp_path):
    """A new site with every kind of page, and rows whose numbers have four digits."""
    settings.VAR_DIR = tmp_path
    call_command("seed", verbosity=0)
    content.add()
    NewsPageFactory(parent=NewsIndexPage.objects.get(), commune=CommuneFactory(pk=ROW))
    ResourceFactory(pk=ROW, title="Học trồng ngô", year=ROW)
    OfficialDocumentFactory(pk=ROW, subject="Học tập suốt đời")
    drain.run_once()


def walk(client):
    """(address, parsed page) of every page that links without a question lead to, from one of each type on."""
    waiting = [address for page_type, address in FIXED.items() if page_type != "no such page"]
    seen = set(waiting)
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        if not response["Content-Type"].startswith("text/html"):
            continue
        soup = BeautifulSoup(response.content, "html.parser")
        yield address, soup
        links = {link["href"].partition("#")[0] for link in soup.select("main a[href^='/']")}
        new = {link for link in links - seen if "?" not in link}
        seen |= new
        waiting += new


def visible_text(soup) -> str:
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    return soup.get_text(" ")


def test_no_page_groups_the_digits_of_a_year_or_of_a_row(client, seeded):
    wrong, pages = [], 0
    for address, soup in walk(client):
        pages += 1
        values = [tag[name] for name in LINKS for tag in soup.find_all(attrs={name: True})]
        wrong += [(address, value) for value in values if GROUPED_ROW.match(value)]
        wrong += [(address, text) for text in GROUPED_YEAR.findall(visible_text(soup))]

    assert not wrong
    assert pages > len(FIXED)


@pytest.mark.parametrize("text", ["năm 2.026", "Gia đình học tập 2.025.", "từ 1.999"])
def test_a_grouped_year_would_be_seen(text):
    assert GROUPED_YEAR.search(text)
