import re

import pytest

from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from portal.accounts.enums import Role
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/can-bo/dang-nhap/"
NEW = "con-duong-hoc-tap-suot-doi"


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def person():
    return UserFactory(username="canboxa", full_name="Cán bộ mẫu", email="canbo@example.vn")


def sign_in(client, login="canboxa", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_sign_in_page_is_vietnamese_and_stands_at_its_address(client):
    page = client.get(reverse("account_login"))
    assert page.request["PATH_INFO"] == LOGIN
    assert "Đăng nhập" in page.text
    assert "Mật khẩu" in page.text
    assert 'lang="vi"' in page.text


@pytest.mark.parametrize("login", ["canboxa", "canbo@example.vn", " canboxa "])
def test_people_sign_in_by_name_or_e_mail_and_land_in_their_corner(client, person, login):
    response = sign_in(client, login)
    assert response.status_code == 302
    assert response.url == "/can-bo/"
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, person):
    answers = {
        sign_in(client, *pair).context["form"].errors.as_text() for pair in [("canboxa", "x"), ("ai", "x")]
    }
    assert len(answers) == 1
    assert not signed_in(client)


def test_a_locked_account_cannot_sign_in(client, person):
    person.is_active = False
    person.save()
    sign_in(client)
    assert not signed_in(client)


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, person):
    for _attempt in range(5):
        sign_in(client, password="sai-mat-khau")
    refused = sign_in(client)
    assert not signed_in(client)
    assert "5 phút" in refused.text


def test_wrong_passwords_for_one_account_do_not_close_another(client, person):
    for _attempt in range(6):
        sign_in(client, login="nguoi-khac", password="sai-mat-khau")
    sign_in(client)
    assert signed_in(client)


def test_after_signing_in_the_person_goes_where_they_wanted_on_this_host(client, person):
    assert sign_in(client, next="/van-ban/").url == "/van-ban/"


def test_strangers_behind_our_proxy_do_not_close_signing_in_for_the_office(client, person, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(21):
        wrong = {"login": f"nguoi-la-{number}", "password": "sai-mat-khau"}
        client.post(LOGIN, wrong, headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})

    right = {"login": "canboxa", "password": PASSWORD}
    client.post(LOGIN, right, headers={"X-Forwarded-For": "203.0.113.9"})
    assert not signed_in(client)  # 21 from one address, whatever it claimed
    client.post(LOGIN, right, headers={"X-Forwarded-For": "203.0.113.10"})
    assert signed_in(client)


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_to_another_host(client, person, settings, address):
    settings.CSRF_TRUSTED_ORIGINS = ["https://evil.example"]
    assert sign_in(client, next=address).url == "/can-bo/"


def test_there_is_no_sign_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize("path", ["signup/", "login/", "email/", "dang-ky/", "password/set/"])
def test_no_other_page_of_allauth_is_routed(client, path):
    assert client.get(f"/can-bo/{path}").status_code == 404


def test_signing_out_takes_a_button_and_not_a_link(client, person):
    client.force_login(person)
    assert client.get("/can-bo/dang-xuat/").status_code == 200
    assert signed_in(client)
    client.post("/can-bo/dang-xuat/")
    assert not signed_in(client)


def test_the_session_ends_with_the_browser(client, person):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()


def test_a_person_changes_the_password_and_stays_signed_in(client, person):
    client.force_login(person)
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/can-bo/doi-mat-khau/", fields).status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert signed_in(client)


@pytest.mark.parametrize(
    ("old", "first", "second"),
    [("sai", NEW, NEW), (PASSWORD, NEW, NEW + "x"), (PASSWORD, "ngan-qua", "ngan-qua")],
)
def test_a_password_is_not_changed_on_a_wrong_different_or_short_one(client, person, old, first, second):
    client.force_login(person)
    response = client.post(
        "/can-bo/doi-mat-khau/", {"oldpassword": old, "password1": first, "password2": second}
    )
    assert response.status_code == 200
    assert response.context["form"].errors
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_through_a_letter(client, person):
    client.post("/can-bo/quen-mat-khau/", {"email": "canbo@example.vn"})
    (letter,) = mail.outbox
    assert letter.subject == "Đặt lại mật khẩu của cổng"
    link = re.search(r"http://testserver(/can-bo/quen-mat-khau/\S+)", letter.body).group(1)
    page = client.get(link, follow=True)
    action = page.context["action_url"]
    client.post(action, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert "không còn dùng được" in client.get(link, follow=True).text


def test_an_unknown_address_gets_no_letter_and_no_different_answer(client, person):
    known = client.post("/can-bo/quen-mat-khau/", {"email": "canbo@example.vn"})
    unknown = client.post("/can-bo/quen-mat-khau/", {"email": "ai@example.vn"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_the_officers_corner_asks_to_sign_in_first(client):
    response = client.get("/can-bo/")
    assert response.url == f"{LOGIN}?next=/can-bo/"


def test_the_officers_corner_shows_the_roles_of_today_and_where_they_lead(client):
    client.force_login(UserFactory(role=Role.EDITOR))
    page = client.get("/can-bo/").text
    assert "Biên tập viên" in page
    assert 'href="/admin/"' in page


def test_who_holds_no_role_is_told_so_and_sees_no_way_into_the_admin(client, person):
    client.force_login(person)
    page = client.get("/can-bo/").text
    assert "chưa được giao vai trò" in page
    assert 'href="/admin/"' not in page
