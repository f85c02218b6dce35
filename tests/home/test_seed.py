"""The seed makes a whole site, and changes nothing when it is run again."""

import pytest

from django.core.management import call_command

from wagtail.models import Page, Site

from home.domain import seed
from home.models import HomePage, StandardPage
from portal.accounts.domain import groups
from portal.cms.checks import sites_show_who_runs_them
from portal.cms.models import Navigation, SiteDetails
from portal.places.domain import seed as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    places.load()
    groups.sync()
    home = seed.load_home()
    seed.load_pages(home)
    seed.load_chrome(home, samples=True)
    return home


def test_the_home_page_is_the_root_of_the_site_and_the_welcome_page_is_gone(home):
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert list(Page.objects.filter(depth=2)) == [Page.objects.get(pk=home.pk)]


def test_every_page_of_help_can_be_read(client, home):
    for page in Page.objects.descendant_of(home):
        response = client.get(page.url)

        assert response.status_code == 200, page.url
        assert page.title in response.content.decode()


def test_every_link_of_the_menus_that_stays_in_these_rooms_leads_somewhere(client, home):
    navigation = Navigation.objects.get()
    blocks = [block.value for stream in (navigation.menu, navigation.footer) for block in stream]
    addresses = {link["address"] for link in blocks}
    elsewhere = {"/tin-tuc/", "/su-kien/"}  # pages that the seed of the campaigns makes

    assert {address: client.get(address).status_code for address in addresses - elsewhere} == dict.fromkeys(
        addresses - elsewhere, 200
    )


def test_a_second_run_leaves_the_work_of_the_editors_alone(home):
    page = StandardPage.objects.get(slug="gioi-thieu")
    page.title = "Về chúng tôi"
    page.save()
    SiteDetails.objects.update(address="Số nhà có thật")
    Page.objects.get(slug="tro-nang").delete()
    before = Page.objects.count()

    assert seed.load_home() == home
    made = seed.load_pages(home)
    seed.load_chrome(home, samples=True)

    assert made == 1  # the page that was deleted
    assert Page.objects.count() == before + 1
    assert StandardPage.objects.get(slug="gioi-thieu").title == "Về chúng tôi"
    assert SiteDetails.objects.get().address == "Số nhà có thật"


def test_sample_details_are_labelled_and_do_not_pass_on_a_real_site(home, settings):
    settings.DEMO = False

    (error,) = sites_show_who_runs_them(databases=["default"])

    assert error.id == "cms.E002"
    assert len(SiteDetails.objects.get().missing()) == 6


def test_a_real_site_gets_no_sample_details():
    places.load()
    seed.load_chrome(seed.load_home(), samples=False)

    assert SiteDetails.objects.get().address == ""


def test_the_command_fills_an_empty_site(client, settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("seed")

    assert client.get("/").status_code == 200
    assert client.get("/tin-tuc/").status_code == 200
    assert HomePage.objects.get().get_workflow() is not None
    assert "quantri" in capsys.readouterr().out
