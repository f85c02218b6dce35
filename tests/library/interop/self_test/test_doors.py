"""How the self-test is begun: a command, and a button on the page of the connection."""

from io import StringIO

import pytest

from django.core.management import CommandError, call_command
from django.urls import reverse

from library.domain.self_testing import begin
from library.models import SelfTest, SelfTestCheck
from portal.accounts.enums import Role
from portal.web.site_address import site_address

pytestmark = pytest.mark.django_db


def command(*arguments) -> str:
    out = StringIO()
    call_command("interop_selftest", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_each_check_and_ends_well(examined):
    examined(True, True)
    out = command()
    assert "OK   SRU - Mục 1: Câu." in out
    assert "2" in out.splitlines()[-1]


def test_the_command_ends_with_an_error_when_a_check_did_not_pass(examined):
    examined(True, False)
    with pytest.raises(CommandError, match="1"):
        command()
    assert SelfTestCheck.objects.filter(passed=False).exists()


def test_the_command_asks_no_site_of_others(examined):
    examined(True)
    with pytest.raises(CommandError, match=r"vi-du\.example"):
        command("--url", "http://vi-du.example")
    assert not SelfTest.objects.exists()


def test_the_command_asks_another_name_of_this_site(examined):
    examined(True)
    command("--url", "http://localhost:8123/")
    assert SelfTest.objects.get().base_url == "http://localhost:8123"


def test_a_librarian_starts_it_with_a_button_and_waits(client, person, examined):
    examined(True)
    client.force_login(person(Role.LIBRARIAN))
    address = reverse("library:self_test")
    assert f'action="{address}"' in client.get("/ket-noi/").content.decode()
    response = client.post(address)
    assert response.url == "/ket-noi/#tu-kiem-tra"
    asked = SelfTest.objects.get()
    assert asked.base_url == site_address()
    assert asked.asked_by is not None


def test_the_page_waits_while_it_is_done(client, person):
    client.force_login(person(Role.LIBRARIAN))
    begin(site_address())
    html = client.get("/ket-noi/").content.decode()
    assert 'http-equiv="refresh"' in html
    assert reverse("library:self_test") not in html
    client.post(reverse("library:self_test"))
    assert SelfTest.objects.count() == 1


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_nobody_else_starts_it(client, person, role):
    if role:
        client.force_login(person(role))
    assert reverse("library:self_test") not in client.get("/ket-noi/").content.decode()
    assert client.post(reverse("library:self_test")).status_code == 403
    assert not SelfTest.objects.exists()


def test_an_address_from_outside_is_never_asked(client, person):
    client.force_login(person(Role.LIBRARIAN))
    client.post(reverse("library:self_test"), {"url": "http://10.0.0.1", "base_url": "http://10.0.0.1"})
    assert SelfTest.objects.get().base_url == site_address()


def test_it_is_not_started_by_following_a_link(client, person):
    client.force_login(person(Role.LIBRARIAN))
    assert client.get(reverse("library:self_test")).status_code == 405
