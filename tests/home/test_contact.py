"""The form of the contact page, and the messages in the admin."""

import datetime
import time

import pytest

from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from wagtail.models import Site

from home.domain.contact import forget, months_before
from home.models import ContactMessage
from home.wagtail_hooks import messages_to_answer
from portal.accounts.domain import groups
from portal.accounts.enums import Role
from portal.cms.models import SiteDetails
from portal.settings import environment
from portal.web.visitors.messages import mark_handled
from portal.web.visitors.rate_limit import RateLimit
from tests.factories.accounts import UserFactory
from tests.factories.home import ContactMessageFactory, ContactPageFactory, HomePageFactory

pytestmark = pytest.mark.django_db
MESSAGE = {
    "name": "Người gửi mẫu",
    "reply_to": "",
    "subject": "Xin hỏi",
    "body": "Đăng ký ở đâu?",
    "website": "",
}


@pytest.fixture
def page():
    HomePageFactory()
    return ContactPageFactory()


def test_a_message_is_stored_and_the_sender_is_thanked_at_an_address_that_can_be_reloaded(client, page):
    response = client.post(page.url, MESSAGE)

    assert response.status_code == 302
    assert "notice--success" in client.get(response["Location"]).content.decode()
    assert ContactMessage.objects.get().subject == "Xin hỏi"


def test_a_program_that_fills_in_the_trap_is_thanked_and_nothing_is_stored(client, page):
    response = client.post(page.url, MESSAGE | {"website": "http://quang-cao.example"})

    assert response.status_code == 302
    assert not ContactMessage.objects.exists()


def test_mistakes_are_summed_up_and_what_was_written_stays(client, page):
    response = client.post(page.url, MESSAGE | {"subject": ""})
    html = response.content.decode()

    assert response.status_code == 422
    assert 'class="error-summary"' in html
    assert 'href="#id_subject"' in html
    assert "Đăng ký ở đâu?" in html
    assert not ContactMessage.objects.exists()


def test_a_message_that_is_too_long_is_refused_in_our_own_words(client, page):
    response = client.post(page.url, MESSAGE | {"body": "a" * 5001})

    assert response.status_code == 422
    [reason] = response.context["form"].errors["body"]
    assert reason == gettext("The message is too long. Please shorten it to 5,000 characters.")
    assert 'maxlength="5000"' in response.content.decode()


def test_the_sixth_message_of_an_hour_from_one_connection_is_refused_with_a_reason(client, page):
    for _ in range(5):
        assert client.post(page.url, MESSAGE).status_code == 302

    response = client.post(page.url, MESSAGE)

    assert response.status_code == 429
    assert 'class="error-summary"' in response.content.decode()
    assert ContactMessage.objects.count() == 5
    assert client.post(page.url, MESSAGE, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_visitors_behind_our_proxy_are_counted_apart_whatever_they_claim(client, page, settings):
    settings.TRUSTED_PROXIES = 1

    def send(forwarded):
        return client.post(page.url, MESSAGE, headers={"X-Forwarded-For": forwarded}).status_code

    assert [send(f"198.51.100.{number}, 203.0.113.9") for number in range(6)] == [302] * 5 + [429]
    assert send("203.0.113.10") == 302


def test_two_addresses_of_one_ipv6_network_count_together():
    limit = RateLimit("test", limit=1, seconds=60)

    assert limit.allows("2001:db8:1:2::1")
    assert not limit.allows("2001:db8:1:2:ffff::9")
    assert limit.allows("2001:db8:1:3::1")


def test_a_limit_of_an_hour_lasts_an_hour_in_the_cache_of_a_small_site(settings, tmp_path, monkeypatch):
    settings.CACHES = {"default": environment.cache(tmp_path)}
    limit, begun = RateLimit("test", limit=2, seconds=3600), time.time()

    assert [limit.allows("203.0.113.9") for _ in range(3)] == [True, True, False]
    monkeypatch.setattr(time, "time", lambda: begun + 3500)
    assert not limit.allows("203.0.113.9")
    monkeypatch.setattr(time, "time", lambda: begun + 3700)
    assert limit.allows("203.0.113.9")


def test_no_address_of_the_sender_is_kept_anywhere(client, page):
    client.post(page.url, MESSAGE, REMOTE_ADDR="203.0.113.9")

    assert not [
        field for field in ContactMessage._meta.fields if isinstance(field, models.GenericIPAddressField)
    ]
    assert "203.0.113.9" not in str(ContactMessage.objects.values().get())
    assert not [key for key in cache._cache if "203.0.113.9" in key]


def test_the_page_with_the_form_is_kept_nowhere(client, page):
    assert "public" not in client.get(page.url)["Cache-Control"]


def test_text_is_stored_in_composed_form(client, page):
    client.post(page.url, MESSAGE | {"name": "Ho\u0323c sinh"})

    assert ContactMessage.objects.get().name == "H\u1ecdc sinh"


def test_whoever_dealt_with_a_message_first_stays_written_down():
    message, first, second = ContactMessageFactory(), UserFactory(), UserFactory()
    mark_handled(message, first)
    mark_handled(message, second)

    assert ContactMessage.objects.get().handled_by == first


@pytest.fixture
def administrator(client):
    groups.sync()
    person = UserFactory(role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def test_the_office_reads_ticks_off_and_notes_but_does_not_change_a_message(client, administrator):
    message = ContactMessageFactory(subject="Câu hỏi cũ")

    assert "Câu hỏi cũ" in client.get("/admin/messages/").content.decode()
    client.post(
        f"/admin/messages/edit/{message.pk}/", {"subject": "Đã đổi", "note": "Đã gọi lại", "handled": "on"}
    )

    message.refresh_from_db()
    assert (message.subject, message.note, message.handled_by) == ("Câu hỏi cũ", "Đã gọi lại", administrator)


def test_nobody_writes_a_message_in_the_admin(client, administrator):
    client.post("/admin/messages/new/", {"name": "a", "subject": "b", "body": "c"})

    assert not ContactMessage.objects.exists()


def test_new_messages_are_counted_for_who_may_deal_with_them_and_for_nobody_else(rf, administrator):
    ContactMessageFactory.create_batch(3)
    request = rf.get("/admin/")

    request.user = administrator
    assert [item.count for item in messages_to_answer(request)] == [3]
    request.user = UserFactory(role=Role.EDITOR)
    assert not list(messages_to_answer(request))


@pytest.mark.parametrize(("kept_for", "left"), [(None, 3), (24, 3), (6, 2), (1, 1)])
def test_answered_messages_are_kept_as_long_as_the_administrator_says_and_waiting_ones_always(kept_for, left):
    SiteDetails.objects.create(site=Site.objects.get(), messages_kept_months=kept_for)
    now = timezone.now()
    for months in (2, 7):
        ContactMessageFactory(handled_at=now - datetime.timedelta(days=31 * months))
    ContactMessage.objects.filter(pk=ContactMessageFactory().pk).update(
        created_at=now - datetime.timedelta(days=900)
    )

    forget(timezone.localdate())

    assert ContactMessage.objects.count() == left


def test_a_month_before_the_last_day_of_a_month_is_the_last_day_of_a_shorter_one():
    assert months_before(datetime.date(2026, 3, 31), 1) == datetime.date(2026, 2, 28)
    assert months_before(datetime.date(2026, 1, 15), 13) == datetime.date(2024, 12, 15)
