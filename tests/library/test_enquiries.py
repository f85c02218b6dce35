"""Ask the library: a form that works without JavaScript, answered in the admin, forgotten in time."""

from datetime import timedelta

import pytest

from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from library.domain.enquiries import forget
from library.models import Enquiry
from library.views.enquiries import form_address
from library.wagtail_hooks import questions_to_answer
from portal.accounts.enums import Role
from portal.web import daily
from tests.factories.library import EnquiryFactory, OfficialDocumentFactory, ResourceFactory

pytestmark = pytest.mark.django_db
QUESTION = {"question": "Tôi tìm sách dạy đan lát cho người mới.", "reply_to": "", "website": ""}
TODAY = timezone.localdate()


@pytest.fixture
def ask(client):
    def ask(**changes):
        headers = {"REMOTE_ADDR": changes.pop("address")} if "address" in changes else {}
        return client.post(reverse("library:ask"), QUESTION | changes, **headers)

    return ask


def test_a_question_is_stored_and_who_asked_is_thanked_at_an_address_that_can_be_reloaded(client, ask):
    response = ask(reply_to="nguoi-hoi@vi-du.example")
    assert response.status_code == 302
    assert "notice--success" in client.get(response["Location"]).content.decode()
    enquiry = Enquiry.objects.get()
    assert (enquiry.question, enquiry.reply_to) == (QUESTION["question"], "nguoi-hoi@vi-du.example")
    assert enquiry.is_open


def test_no_address_is_needed(ask):
    assert ask().status_code == 302
    assert Enquiry.objects.get().reply_to == ""


def test_the_form_has_the_words_of_the_search_and_no_other_site_may_index_or_keep_it(client):
    response = client.get(form_address('dạy "đan lát" <b>'))
    html = response.content.decode()
    assert "dạy &quot;đan lát&quot; &lt;b&gt;</textarea>" in html
    assert '<meta name="robots" content="noindex' in html
    assert "no-store" in response["Cache-Control"]


def test_words_without_end_are_cut(client):
    assert client.get(reverse("library:ask"), {"q": "a" * 5000}).status_code == 200


@pytest.mark.parametrize(
    "address", [reverse("library:list"), reverse("library:documents"), reverse("search")]
)
def test_a_search_without_hits_leads_there(client, address):
    assert f'href="{form_address("xyzxyz")}"' in client.get(address, {"q": "xyzxyz"}).content.decode()


@pytest.mark.parametrize("name", ["library:list", "library:documents"])
def test_hits_that_have_not_all_words_lead_there_and_good_ones_do_not(client, indexed, name):
    ResourceFactory(title="Kỹ thuật nuôi ong")
    OfficialDocumentFactory(subject="Kỹ thuật nuôi ong")
    indexed()
    some = client.get(reverse(name), {"q": "kỹ thuật nuôi rắn"}).content.decode()
    assert f'href="{form_address("kỹ thuật nuôi rắn")}"' in some
    assert reverse("library:ask") not in client.get(reverse(name), {"q": "nuôi ong"}).content.decode()


def test_the_front_of_the_library_leads_there(client):
    assert f'href="{reverse("library:ask")}"' in client.get(reverse("library:list")).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"question": " "}, {"question": "a" * 2001}, {"reply_to": "không phải thư"}]
)
def test_mistakes_are_summed_up_and_what_was_written_stays(ask, wrong):
    response = ask(**wrong)
    assert response.status_code == 422
    html = response.content.decode()
    assert 'class="error-summary"' in html
    assert (wrong.get("reply_to") or wrong["question"].strip()) in html
    assert not Enquiry.objects.exists()


def test_a_program_that_fills_in_the_trap_is_thanked_and_nothing_is_stored(ask):
    assert ask(website="http://quang-cao.example").status_code == 302
    assert not Enquiry.objects.exists()


def test_the_sixth_question_of_an_hour_from_one_connection_is_refused_with_a_reason(ask):
    assert [ask().status_code for _ in range(6)] == [302] * 5 + [429]
    assert Enquiry.objects.count() == 5
    assert ask(address="203.0.113.9").status_code == 302


def test_the_database_refuses_a_question_that_asks_nothing():
    enquiry = EnquiryFactory()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE library_enquiry SET question = '' WHERE id = %s", [enquiry.pk])


def test_the_librarian_answers_and_changes_nothing_of_the_question(librarian_client):
    enquiry = EnquiryFactory(reply_to="nguoi-hoi@vi-du.example")
    html = librarian_client.get(reverse("library_enquiries:index")).content.decode()
    assert enquiry.question in html
    assert "Chưa trả lời" in html
    address = reverse("library_enquiries:edit", args=[enquiry.pk])
    assert f'href="{address}"' in html
    assert 'href="mailto:nguoi-hoi@vi-du.example?subject=' in librarian_client.get(address).content.decode()
    form = {"question": "Đã đổi", "reply_to": "khac@vi-du.example", "answer": "Đã gửi sách.", "handled": "on"}
    assert librarian_client.post(address, form).status_code == 302
    before, enquiry = enquiry, Enquiry.objects.get()
    assert (enquiry.question, enquiry.reply_to) == (before.question, before.reply_to)
    assert (enquiry.answer, enquiry.is_open) == ("Đã gửi sách.", False)
    assert enquiry.handled_by.grants.get().role == Role.LIBRARIAN
    assert "Đã trả lời" in librarian_client.get(reverse("library_enquiries:index")).content.decode()


def test_nobody_writes_a_question_in_the_admin(librarian_client):
    librarian_client.post("/admin/thu-vien/hoi-thu-vien/new/", {"question": "a"})
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_who_is_no_librarian_reads_no_question(client, person, role):
    enquiry = EnquiryFactory()
    client.force_login(person(role))
    assert client.get(reverse("library_enquiries:index")).status_code == 302
    assert client.get(reverse("library_enquiries:edit", args=[enquiry.pk])).status_code == 302


def test_open_questions_are_counted_for_who_may_answer_and_for_nobody_else(rf, person):
    EnquiryFactory.create_batch(2)
    EnquiryFactory(handled_at=timezone.now())
    request = rf.get("/admin/")
    request.user = person(Role.LIBRARIAN)
    assert [item.count for item in questions_to_answer(request)] == [2]
    request.user = person(Role.EDITOR)
    assert not list(questions_to_answer(request))


def test_questions_are_forgotten_90_days_after_the_answer_and_after_a_year_in_any_case():
    def enquiry(question, asked, answered=None):
        now = timezone.now()
        handled = now - timedelta(days=answered) if answered is not None else None
        made = EnquiryFactory(question=question, handled_at=handled)
        Enquiry.objects.filter(pk=made.pk).update(created_at=now - timedelta(days=asked))

    enquiry("answered long ago", 100, 91)
    enquiry("answered lately", 200, 90)
    enquiry("open for more than a year", 366)
    enquiry("open for a year", 365)
    assert "library-enquiries" in daily.names()
    forget(TODAY)
    assert {each.question for each in Enquiry.objects.all()} == {"answered lately", "open for a year"}
