"""What stands around the pages: menus, notices, feeds, sitemap, robots, the checks."""

import datetime

import pytest

from django.core import checks
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale, Page, PageViewRestriction

from portal.cms import frame, pagination
from portal.cms.checks import page_models, pages_extend_base_page, sites_show_who_runs_them
from portal.cms.chrome import Chrome
from portal.cms.frame import SiteMiddleware
from portal.cms.models import AlertBanner, Navigation, SiteDetails
from portal.cms.models.site_details import MANDATORY
from portal.search.models import OutboxRow
from portal.search.sources import get
from tests.cms.sitemap import addresses_of_the_site
from tests.factories.home import HomePageFactory, SectionPageFactory, StandardPageFactory, home_page
from tests.factories.places import CommuneFactory, DistrictFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePageFactory()


def link(title, page=None, address="", **more):
    return {"title": title, "page": page, "address": address, **more}


def test_menus_show_live_pages_and_addresses_and_where_one_is(rf, home):
    shown, draft = StandardPageFactory(), StandardPageFactory(live=False)
    navigation = Navigation.objects.get()
    navigation.menu = [
        ("item", link("Thư viện", address="/thu-vien/", children=[link("Trang", page=shown)])),
        ("item", link("Nháp", page=draft)),
    ]
    navigation.save()

    menu = Chrome(rf.get(shown.url)).menu

    assert [item.title for item in menu] == ["Thư viện"]
    assert [child.url for child in menu[0].children] == [shown.url]
    assert menu[0].active


def test_the_area_of_the_site_is_chosen_among_places_of_today_and_former_districts(admin_client, home):
    province = ProvinceFactory()
    ended = {"valid_to": datetime.date(2025, 6, 30), "parent": province}
    old, chosen = CommuneFactory(**ended), CommuneFactory(**ended)
    district, commune = DistrictFactory(**ended), CommuneFactory(parent=province)
    village = VillageFactory(parent=commune)
    SiteDetails.objects.update_or_create(site=home.get_site(), defaults={"area": chosen})

    address = reverse("wagtailsettings:edit", args=["cms", "sitedetails", home.get_site().pk])
    offered = set(admin_client.get(address).context["form"].fields["area"].queryset)

    assert offered >= {province, district, commune, chosen}
    assert not offered & {old, village}


@pytest.mark.parametrize(
    ("path", "lit", "lit_below"),
    [
        ("/huong-dan/dang-ky/", ["Danh hiệu"], ["Đăng ký"]),
        ("/huong-dan/", ["Hướng dẫn"], []),
        ("/huong-dan/khac/", ["Hướng dẫn"], []),
        ("/danh-hieu/", ["Danh hiệu"], []),
        ("/", [], []),
    ],
)
def test_the_item_of_the_menu_that_is_nearest_to_the_page_is_marked_and_no_other(
    rf, home, path, lit, lit_below
):
    navigation = Navigation.objects.get()
    below = [link("Đăng ký", address="/huong-dan/dang-ky/")]
    navigation.menu = [
        ("item", link("Danh hiệu", address="/danh-hieu/", children=below)),
        ("item", link("Hướng dẫn", address="/huong-dan/")),
    ]
    navigation.save()

    menu = Chrome(rf.get(path)).menu

    assert [item.title for item in menu if item.active] == lit
    assert [child.title for item in menu for child in item.children if child.active] == lit_below


def test_all_that_stands_around_a_page_takes_one_query_at_most(rf, home):
    navigation = Navigation.objects.get()
    navigation.menu = [("item", link(f"Mục {n}", page=StandardPageFactory())) for n in range(4)]
    navigation.footer = [("link", link(f"Chân {n}", page=StandardPageFactory())) for n in range(4)]
    navigation.save()
    request = rf.get("/")
    SiteMiddleware(lambda request: None)(request)
    frame.current()  # kept by the process from here on
    home.get_url(request)  # the addresses of the sites are remembered
    chrome = Chrome(request)

    with CaptureQueriesContext(connection) as queries:
        assert len(chrome.menu) == len(chrome.footer) == 4
        assert chrome.details.association_name
        assert chrome.alert is None

    assert len(queries) <= 1


def test_the_language_switch_shows_published_translations_only(rf, home):
    english = Locale.objects.create(language_code="en")
    page = StandardPageFactory()
    home.copy_for_translation(english).save_revision().publish()
    translation = page.copy_for_translation(english)

    def languages():
        request = rf.get(page.url)
        request.current_page = page
        return Chrome(request).languages

    assert languages() == []
    translation.save_revision().publish()
    assert [(each.code, each.active) for each in languages()] == [("vi", True), ("en", False)]


def test_an_alert_stands_only_in_its_time(client, home):
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    AlertBanner.objects.create(text="<p>Đã qua</p>", starts_at=now - 2 * hour, ends_at=now - hour)
    AlertBanner.objects.create(text="<p>Chưa tới</p>", starts_at=now + hour)
    assert "Đã qua" not in client.get("/").content.decode()
    AlertBanner.objects.create(text="<p>Bảo trì tối nay</p>", starts_at=now - hour, ends_at=now + hour)

    html = client.get("/").content.decode()

    assert "Bảo trì tối nay" in html
    assert "Chưa tới" not in html


def test_the_database_refuses_an_alert_that_ends_before_it_begins(home):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertBanner.objects.create(text="x", starts_at=now, ends_at=now - datetime.timedelta(hours=1))


def test_sitemap_holds_public_pages_and_no_private_or_draft_one(client, home):
    public, draft, private = StandardPageFactory(), StandardPageFactory(live=False), StandardPageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    places = addresses_of_the_site(client)

    assert public.full_url in places
    assert not {private.full_url, draft.full_url} & set(places)


def test_robots_are_kept_from_searching_and_shown_the_sitemap(client, home):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /tim-kiem/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_every_page_model_of_ours_extends_base_page():
    assert pages_extend_base_page(None) == []
    assert len(page_models()) >= 4


def test_a_page_model_that_does_not_extend_base_page_is_an_error(monkeypatch):
    class StrayPage(Page):
        class Meta:
            app_label = "stray"
            proxy = True

    StrayPage.__module__ = "home.models.stray"
    monkeypatch.setattr("portal.cms.checks.page_models", lambda: [StrayPage])

    assert [error.id for error in pages_extend_base_page(None)] == ["cms.E001"]


@override_settings(DEMO=False)
@pytest.mark.parametrize("value", ["", "  ", "Cơ quan chủ quản (mẫu)"])
@pytest.mark.parametrize("name", MANDATORY)
def test_a_live_site_without_a_line_of_its_footer_is_not_deployed(home, name, value):
    details = SiteDetails.objects.get()
    for field in MANDATORY:
        setattr(details, field, "Có thật")
    details.save()
    assert sites_show_who_runs_them(databases=["default"]) == []

    setattr(details, name, value)
    details.save()

    found = sites_show_who_runs_them(databases=["default"])
    assert [error.id for error in found] == ["cms.E002"]
    assert found[0].level >= checks.ERROR


def test_a_trial_site_is_only_warned(home):
    assert [each.id for each in sites_show_who_runs_them(databases=["default"])] == ["cms.W002"]


def outbox():
    rows = set(OutboxRow.objects.filter(prefix="page").values_list("object_id", flat=True))
    OutboxRow.objects.all().delete()
    return rows


def test_the_search_hears_of_every_way_a_page_appears_changes_and_goes(home):
    section, other = SectionPageFactory(), SectionPageFactory()
    page = StandardPageFactory(parent=section)
    assert str(page.pk) in outbox()

    page.unpublish()
    assert str(page.pk) in outbox()

    section.refresh_from_db()
    section.move(other, pos="last-child")
    assert {str(section.pk), str(page.pk)} <= outbox()

    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert {str(section.pk), str(page.pk)} <= outbox()
    restriction.delete()
    assert {str(section.pk), str(page.pk)} <= outbox()

    Page.objects.get(pk=section.pk).delete()
    assert {str(section.pk), str(page.pk)} <= outbox()


def test_the_search_gets_public_pages_with_all_their_words(home):
    page = StandardPageFactory(
        title="Trồng ngô",
        body=[{"type": "quote", "value": {"text": "Ngô tháng ba", "source": ""}}],
    )
    draft, private = StandardPageFactory(live=False), StandardPageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    entries = list(get("page").entries([str(each.pk) for each in (page, draft, private, home)]))

    assert [entry.key for entry in entries] == [f"page:{page.pk}"]
    assert (entries[0].title, entries[0].kind, entries[0].language) == ("Trồng ngô", "page", "vi")
    assert "Ngô tháng ba" in entries[0].body


def test_a_page_published_after_midnight_is_found_under_the_day_of_the_reader(home):
    night = datetime.datetime(2026, 11, 24, 1, 30, tzinfo=timezone.get_default_timezone())
    assert StandardPageFactory(first_published_at=night).search_entry().date == datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("page", "pages", "labels"),
    [
        (1, 1, ["1"]),
        (1, 3, ["1", "2", "3"]),
        (7, 20, ["1", "…", "6", "7", "8", "…", "20"]),
        (3, 5, ["1", "2", "3", "4", "5"]),
    ],
)
def test_a_long_list_shows_its_ends_and_the_neighbours(rf, page, pages, labels):
    shown = pagination.links(rf.get("/thu-vien/?q=ngo"), page, pages)

    assert [label for label, _url, _current in shown.links] == labels
    assert [label for label, _url, current in shown.links if current] == [str(page)]


def test_the_links_of_a_list_keep_what_was_asked(rf):
    shown = pagination.links(rf.get("/thu-vien/?q=ngo&page=2"), 2, 3)

    assert (shown.previous_url, shown.next_url) == ("/thu-vien/?q=ngo", "/thu-vien/?q=ngo&page=3")


@pytest.mark.parametrize("number", ["0", "-1", "99", "abc", "", "²", "1e3"])
def test_a_page_of_a_list_that_does_not_exist_is_not_found(rf, number):
    from django.http import Http404

    with pytest.raises(Http404):
        pagination.page_of(rf.get("/", {"page": number}), list(range(30)))


def test_private_pages_stay_out_of_lists(client, home):
    section = SectionPageFactory()
    hidden = StandardPageFactory(parent=section, title="Chỉ cho cán bộ")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert "Chỉ cho cán bộ" not in client.get(section.url).content.decode()
    assert client.get(hidden.url).status_code == 302


def test_a_private_section_hides_what_stands_below_it(client):
    section = SectionPageFactory(parent=home_page())
    page = StandardPageFactory(parent=section)
    PageViewRestriction.objects.create(page=section, restriction_type="login")

    assert client.get(page.url).status_code == 302
