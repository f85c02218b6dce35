"""What stands around every page is kept in the process, and never stale."""

import datetime

import pytest

from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from portal.cms import frame
from portal.cms.models import AlertBanner, Navigation, SiteDetails

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def details(site):
    return SiteDetails.objects.create(site=site, association_name="Hội mẫu")


def chrome_of(client, address="/thu-vien/"):
    return client.get(address).context["chrome"]


def test_a_second_page_reads_only_the_stamp(client, details):
    frame.current()
    with CaptureQueriesContext(connection) as queries:
        frame.current()
    assert len(queries) == 1
    assert "framestamp" in queries[0]["sql"]


def test_a_change_of_the_details_shows_at_once(client, details):
    assert chrome_of(client).details.association_name == "Hội mẫu"
    details.association_name = "Tên mới"
    details.save()
    assert chrome_of(client).details.association_name == "Tên mới"


def test_a_new_name_of_the_site_shows_at_once(client, site, details):
    chrome_of(client)
    site.site_name = "Cổng mới"
    site.save()
    assert chrome_of(client).site.site_name == "Cổng mới"


def test_a_menu_changes_at_once(client, site, details):
    chrome_of(client)
    row = {
        "type": "item",
        "value": {"title": "Thư viện", "page": None, "address": "/thu-vien/", "children": []},
    }
    Navigation.objects.create(site=site, menu=[row])
    assert [(item.title, item.active) for item in chrome_of(client).menu] == [("Thư viện", True)]


def test_a_page_that_is_taken_down_leaves_the_menu(client, site, details):
    page = site.root_page.add_child(instance=Page(title="Trang", slug="trang"))
    row = {"type": "item", "value": {"title": "Trang", "page": page.pk, "address": "", "children": []}}
    Navigation.objects.create(site=site, menu=[row])
    assert len(chrome_of(client).menu) == 1
    page.unpublish()
    assert chrome_of(client).menu == []


def test_an_address_in_the_menu_follows_its_page(client, site, details):
    page = site.root_page.add_child(instance=Page(title="Trang", slug="trang"))
    row = {"type": "item", "value": {"title": "Trang", "page": page.pk, "address": "", "children": []}}
    Navigation.objects.create(site=site, menu=[row])
    assert chrome_of(client).menu[0].url == "/trang/"
    page.slug = "trang-moi"
    page.save()
    assert chrome_of(client).menu[0].url == "/trang-moi/"


def test_a_notice_comes_and_goes_by_the_clock(details):
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    AlertBanner.objects.create(text="cũ", starts_at=now - 2 * hour, ends_at=now - hour)
    AlertBanner.objects.create(text="nay", starts_at=now - hour, ends_at=now + hour)
    AlertBanner.objects.create(text="mai", starts_at=now + 2 * hour)
    kept = frame.current()
    assert [kept.alert_at(now + n * hour).text for n in (0, 3)] == ["nay", "mai"]
    assert kept.alert_at(now - 3 * hour) is None


def test_a_transaction_that_is_rolled_back_leaves_the_frame_as_it_was(details):
    frame.current()
    with transaction.atomic():
        details.association_name = "Chưa bao giờ"
        details.save()
        assert frame.current().sites[0].sitedetails.association_name == "Chưa bao giờ"
        transaction.set_rollback(True)
    assert frame.current().sites[0].sitedetails.association_name == "Hội mẫu"


def test_each_request_has_a_home_page_of_its_own(details):
    requests = [RequestFactory().get("/") for _each in range(2)]
    for request in requests:
        frame.SiteMiddleware(lambda request: None)(request)
    pages = [request._wagtail_site.root_page.specific for request in requests]
    assert pages[0] == pages[1]
    assert pages[0] is not pages[1]


@pytest.mark.parametrize(
    ("host", "port", "found"),
    [
        ("a.vn", "80", "a80"),
        ("a.vn", "8000", "a8000"),
        ("a.vn", "9", "default"),
        ("b.vn", "9", "b"),
        ("c.vn", "80", "default"),
    ],
)
def test_the_site_is_found_as_wagtail_finds_it(site, host, port, found):
    Site.objects.filter(pk=site.pk).update(site_name="default", hostname="default.vn")
    for name, hostname, number in (("a80", "a.vn", 80), ("a8000", "a.vn", 8000), ("b", "b.vn", 80)):
        Site.objects.create(site_name=name, hostname=hostname, port=number, root_page=site.root_page)
    assert frame.current().site_for(host, port).site_name == found
    assert get_site_for_hostname(host, port).site_name == found
