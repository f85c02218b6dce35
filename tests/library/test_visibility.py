"""What is kept for officers, or withdrawn, comes out nowhere else. The data here could leak."""

import datetime

import pytest

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from library.domain.latest import seasonal
from library.domain.withdrawal import withdraw
from library.enums import Visibility
from library.models import Resource
from portal.search.query import search
from tests.cms.sitemap import addresses_of_the_site
from tests.factories.library import ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db

SECRET = "Tài liệu nội bộ của cán bộ"
GONE = "Tài liệu đã bị thu hồi"


@pytest.fixture
def shelf(indexed):
    """One public, one officers-only and one withdrawn resource, alike in everything else."""
    subject = SubjectFactory(slug="chung")
    common = {"subjects": [subject], "tags": ["chung"], "abstract": "Cùng một tóm tắt."}
    made = {
        "public": ResourceFactory(title="Tài liệu cho mọi người", **common),
        "secret": ResourceFactory(title=SECRET, officers_only=True, **common),
        "gone": ResourceFactory(title=GONE, withdrawn=True, **common),
    }
    indexed()
    return made


def sign_in(client, user):
    client.force_login(user)


@pytest.mark.parametrize(
    "query", ["", "?q=tai+lieu", "?subject=chung", "?q=noi+bo", "?q=thu+hoi", "?sort=title"]
)
def test_the_list_holds_only_what_everybody_may_read(client, shelf, query):
    html = client.get(reverse("library:list") + query).content.decode()
    assert SECRET not in html
    assert GONE not in html


def test_an_officer_finds_what_is_kept_for_officers(client, shelf, officer):
    sign_in(client, officer)
    html = client.get(reverse("library:list")).content.decode()
    assert SECRET in html
    assert GONE not in html


def test_a_person_without_a_role_sees_no_more_than_everybody(client, shelf, person):
    sign_in(client, person())
    assert SECRET not in client.get(reverse("library:list")).content.decode()
    assert client.get(f"/r/{shelf['secret'].pk}").status_code == 403


def test_counts_do_not_betray_what_is_hidden(client, shelf):
    response = client.get(reverse("library:list"))
    assert response.context["results"].count == 1
    assert all(choice.count == 1 for facet in response.context["facets"] for choice in facet.choices)


def test_the_page_of_an_officers_resource_tells_a_visitor_to_sign_in_and_nothing_else(client, shelf):
    response = client.get(f"/r/{shelf['secret'].pk}")
    html = response.content.decode()
    assert response.status_code == 403
    for hidden in (SECRET, shelf["secret"].renditions.get().url, "Cùng một tóm tắt.", "application/ld+json"):
        assert hidden not in html
    assert f"{reverse('account_login')}?next=/r/{shelf['secret'].pk}" in html


def test_an_officer_reads_it(client, shelf, officer):
    sign_in(client, officer)
    assert SECRET in client.get(f"/r/{shelf['secret'].pk}").content.decode()


def test_why_an_officers_resource_was_withdrawn_is_for_officers(client, shelf):
    withdraw(shelf["secret"], "Lý do nội bộ")
    response = client.get(f"/r/{shelf['secret'].pk}")
    assert response.status_code == 403
    assert "Lý do nội bộ" not in response.content.decode()


def test_related_resources_hide_it(client, shelf):
    related = client.get(f"/r/{shelf['public'].pk}").context["related"]
    assert related == []


def test_the_search_of_the_site_and_of_programs_hides_it(client, shelf):
    assert [hit.title for hit in search("tài liệu").hits] == ["Tài liệu cho mọi người"]
    body = client.get("/api/v1/search/?q=tai+lieu").json()
    assert [each["title"] for each in body["results"]] == ["Tài liệu cho mọi người"]


def test_the_home_page_shelf_hides_it(shelf):
    assert [each.title for each in seasonal(datetime.date(2026, 11, 23), 10)] == ["Tài liệu cho mọi người"]


def test_a_card_on_a_page_hides_it(shelf):
    from library.blocks import ResourceBlock

    block = ResourceBlock()
    assert SECRET not in block.render(shelf["secret"])
    assert GONE not in block.render(shelf["gone"])
    assert "Tài liệu cho mọi người" in block.render(shelf["public"])


@pytest.mark.parametrize("hide", ["save", "update", "withdraw", "delete"])
def test_whatever_way_a_resource_is_hidden_it_leaves_the_search(shelf, indexed, hide):
    resource = shelf["public"]
    if hide == "save":
        resource.visibility = Visibility.OFFICERS
        resource.save()
    elif hide == "update":
        Resource.objects.filter(pk=resource.pk).update(visibility=Visibility.OFFICERS)
    elif hide == "withdraw":
        withdraw(resource, "Nhầm")
    else:
        Resource.objects.filter(pk=resource.pk).delete()
    indexed()
    assert search("tài liệu").count == 0


def test_while_the_index_lags_the_list_asks_the_database_what_may_be_seen(client, shelf):
    Resource.objects.filter(pk=shelf["public"].pk).update(visibility=Visibility.OFFICERS)
    assert "Tài liệu cho mọi người" not in client.get(reverse("library:list")).content.decode()


def test_the_sitemap_names_only_what_everybody_may_read(client, shelf):
    addresses = addresses_of_the_site(client)
    assert [each for each in addresses if "/r/" in each] == [f"http://testserver/r/{shelf['public'].pk}"]


def test_visible_to_is_the_same_gate_for_code_that_knows_the_person(shelf, officer, person):
    assert list(Resource.objects.visible_to(AnonymousUser())) == [shelf["public"]]
    assert list(Resource.objects.visible_to(person())) == [shelf["public"]]
    assert set(Resource.objects.visible_to(officer)) == {shelf["public"], shelf["secret"]}
