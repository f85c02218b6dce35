"""What people, robots and attackers type: a page that says so, never an error of ours."""

import pytest

from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

PUBLIC_ADDRESSES = [
    "/",
    "/tin-tuc/",
    "/su-kien/",
    "/su-kien/lich.ics",
    "/tin-tuc/rss.xml",
    "/thu-vien/",
    "/van-ban/",
    "/mo-hinh-hoc-tap/",
    "/vinh-danh/",
    "/so-lieu/",
    "/tim-kiem/",
    "/lien-he/",
    "/can-bo/",
    "/can-bo/dang-nhap/",
    "/api/v1/search/",
    "/sitemap.xml",
    "/robots.txt",
    "/song/",
    "/san-sang/",
    "/en/",
]
UNKNOWN = [
    "/khong-co-trang-nay/",
    "/r/999999999",
    "/r/99999999999999999999999",
    "/r/abc",
    "/van-ban/999999999/",
    "/van-ban/99999999999999999999999/",
    "/mo-hinh-hoc-tap/khong-co/",
    "/tin-tuc/khong-co/",
    "/tep/999999/khong-co.pdf",
    "/media/../../etc/passwd",
    "/static/khong-co.css",
    "/en/khong-co/",
]
MALFORMED = ["?q=%00", "?q=%ff", "?page=%00", "%00", "%ff", "%ff/", "?q=" + "a" * 10_000]
ODD = [
    "?page=abc",
    "?page=0",
    "?page=-1",
    "?page=9999999",
    "?page=99999999999999999999999999",
    "?page=1&page=2",
    "?page=%C2%B2",  # a superscript two is a digit to Python
    "?q=%22",
    "?q='",
    "?q=%25%25",
    "?q=%F0%9F%93%9A",
    "?q=" + "a%20" * 2000,
    "?nam=abc&year=abc&xa=abc&kind=abc&subject=abc&sort=abc&level=abc",
    "?" + "&".join(f"x{number}=1" for number in range(900)),
]


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole seeded site once for all these tests, and rolled back; gives the folder of its index, without which it is not
    ready."""
    index = tmp_path_factory.mktemp("search")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(SEARCH_INDEX_DIR=index):
            call_command("seed", verbosity=0)
            call_command("rebuild_search", verbosity=0)
        yield index
        transaction.set_rollback(True)


@pytest.fixture
def status(seeded, db, client, settings):
    settings.SEARCH_INDEX_DIR = seeded
    client.raise_request_exception = False
    return lambda address: client.get(address, follow=True).status_code


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_address_answers(status, address):
    assert status(address) == 200


@pytest.mark.parametrize("address", UNKNOWN)
def test_unknown_address_is_not_found(status, address):
    assert status(address) in {400, 404}


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
@pytest.mark.parametrize("ending", MALFORMED)
def test_malformed_address_is_refused(status, address, ending):
    assert status(address + ending) in {400, 404}


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
@pytest.mark.parametrize("ending", ODD)
def test_odd_address_is_no_error_of_ours(status, address, ending):
    assert status(address + ending) < 500
