"""Whom the self-test may ask: this site, by any of its names, and nobody else."""

import pytest

from library.domain.self_testing import NotOurs, checked_address
from library.interop.self_test.visiting import Visitor


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "http://localhost:8000/",
        "http://cong.example",
        "http://kho.noi-bo:8080",
        "https://ten-khac.example",
    ],
)
def test_the_site_by_any_of_its_names_this_machine_and_allowed_hosts_may_be_asked(settings, url):
    settings.WAGTAILADMIN_BASE_URL = "http://cong.example"
    settings.ALLOWED_HOSTS = ["ten-khac.example"]
    settings.HARVEST_ALLOWED_HOSTS = ["kho.noi-bo:8080"]
    assert checked_address(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://vi-du.example",
        "http://169.254.169.254/latest",
        "http://10.0.0.1",
        "file:///etc/passwd",
        "ftp://localhost",
        "http://user:pass@localhost",
        "http://localhost:99999999",
        "localhost",
        "",
    ],
)
def test_nothing_else_may_be_asked(settings, url):
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(NotOurs):
        checked_address(url)


def test_the_visitor_lets_nobody_into_the_network_but_the_host_it_visits():
    visitor = Visitor("http://127.0.0.1:8000")
    assert visitor._is_ours("127.0.0.1", 8000)
    assert not visitor._is_ours("127.0.0.1", 5432)
    assert not visitor._is_ours("10.0.0.1", 8000)
