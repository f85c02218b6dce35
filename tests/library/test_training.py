"""The training of officers: progress of each person, what was completed, who may see whose, and the certificate."""

import datetime
import json
from io import BytesIO

import pypdfium2
import pytest
from python_calamine import load_workbook

from django.db import IntegrityError, transaction
from django.urls import reverse

from library.domain.seed import load as load_library
from library.domain.seed_pages import load_pages
from library.models import Completion, LearningPath, QuizAttempt, StepDone
from portal.accounts.enums import Role
from portal.cms.models import SiteDetails
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.home import home_page
from tests.factories.library import LearningPathFactory, question, text_step
from tests.factories.places import CommuneFactory, VillageFactory

pytestmark = pytest.mark.django_db

RIGHT, WRONG = {"c1": "0", "tra-loi": "1"}, {"c1": "1", "tra-loi": "1"}


@pytest.fixture
def training():
    return LearningPathFactory(
        title="Tập huấn mẫu",
        officers_only=True,
        steps=[text_step("Một"), text_step("Hai")],
        quiz=[question()],
    )


@pytest.fixture
def nga(client):
    person = UserFactory(full_name="Nguyễn Thị Nga", role=Role.OFFICER)
    client.force_login(person)
    return person


def tick(client, path, number, action="done", **more):
    step = path.steps[number].id
    return client.post(reverse("library:training_step", args=[path.pk, step]), {"action": action}, **more)


def complete(client, path):
    for number in range(len(path.steps)):
        tick(client, path, number)
    if path.quiz:
        client.post(reverse("library:training_answers", args=[path.pk]), RIGHT)


def page_of(client, path):
    return client.get(path.get_url()).content.decode()


class TestProgress:
    def test_a_step_is_ticked_off_and_taken_back(self, client, nga, training):
        assert "Đã xong 0 trên 2 bước" in page_of(client, training)
        response = tick(client, training, 0)
        assert response.url.endswith(f"#{training.steps[0].id}"), "back to where the person was"
        assert "Đã xong 1 trên 2 bước" in page_of(client, training)
        tick(client, training, 0, "not-done")
        assert "Đã xong 0 trên 2 bước" in page_of(client, training)

    def test_it_is_of_one_person_only(self, client, nga, training):
        tick(client, training, 0)
        client.force_login(UserFactory(role=Role.OFFICER))
        assert "Đã xong 0 trên 2 bước" in page_of(client, training)

    def test_a_step_keeps_its_tick_when_the_editor_moves_it(self, client, nga, training):
        tick(client, training, 1)
        training.steps = json.dumps(list(training.steps.raw_data)[::-1])
        training.save_revision().publish()
        path = LearningPath.objects.get()
        done = StepDone.objects.get()
        assert str(done.step) == path.steps[0].id

    def test_the_steps_and_the_questions_complete_it(self, client, nga, training):
        tick(client, training, 0)
        client.post(reverse("library:training_answers", args=[training.pk]), RIGHT)
        assert not Completion.objects.exists()
        tick(client, training, 1)
        assert Completion.objects.get().user == nga

    def test_wrong_answers_do_not(self, client, nga, training):
        tick(client, training, 0)
        tick(client, training, 1)
        response = client.post(reverse("library:training_answers", args=[training.pk]), WRONG, follow=True)
        assert "Đúng 0 trên 1 câu." in response.content.decode()
        assert QuizAttempt.objects.get().passed is False
        assert not Completion.objects.exists()

    def test_the_best_answers_count(self, client, nga, training):
        url = reverse("library:training_answers", args=[training.pk])
        for sent in (RIGHT, WRONG):
            client.post(url, sent)
        tick(client, training, 0)
        tick(client, training, 1)
        assert Completion.objects.exists()

    def test_a_training_without_questions_is_complete_with_its_steps(self, client, nga):
        path = LearningPathFactory(officers_only=True, quiz=[])
        complete(client, path)
        assert Completion.objects.exists()

    @pytest.mark.parametrize("path", ["step", "answers"])
    def test_nobody_but_an_officer_writes_any(self, client, person, training, path):
        address = (
            reverse("library:training_step", args=[training.pk, training.steps[0].id])
            if path == "step"
            else reverse("library:training_answers", args=[training.pk])
        )
        assert "/can-bo/dang-nhap/" in client.post(address, {"action": "done"}).url
        client.force_login(person())
        assert client.post(address, RIGHT | {"action": "done"}).status_code == 403
        assert not StepDone.objects.exists()
        assert not QuizAttempt.objects.exists()

    def test_there_is_no_progress_in_a_path_for_everybody_nor_in_a_draft(self, client, nga):
        public, draft = LearningPathFactory(), LearningPathFactory(officers_only=True, live=False)
        for path in (public, draft):
            assert tick(client, path, 0).status_code == 404

    def test_a_step_of_another_path_is_not_taken(self, client, nga, training):
        other = LearningPathFactory(officers_only=True)
        url = reverse("library:training_step", args=[training.pk, other.steps[0].id])
        assert client.post(url, {"action": "done"}).status_code == 404

    def test_a_form_from_elsewhere_is_refused(self, nga, training):
        from django.test import Client

        careful = Client(enforce_csrf_checks=True)
        careful.force_login(nga)
        assert tick(careful, training, 0).status_code == 403


class TestCertificate:
    @pytest.fixture
    def completion(self, client, nga, training):
        complete(client, training)
        return Completion.objects.get()

    def text_of(self, client, completion):
        pdf = client.get(reverse("library:certificate", args=[completion.code]))
        assert pdf["Content-Type"] == "application/pdf"
        document = pypdfium2.PdfDocument(pdf.content)
        assert len(document) == 1
        return document[0].get_textpage().get_text_range().replace("\r\n", " ")

    def test_it_names_person_training_day_number_and_where_to_check_it(self, client, completion):
        text = self.text_of(client, completion)
        day = completion.completed_on.strftime("%d/%m/%Y")
        for part in ("Nguyễn Thị Nga", "Tập huấn mẫu", "Hội Khuyến học mẫu", f"Số: {completion.number}", day):
            assert part in text
        assert f"/thu-vien/chung-nhan/{completion.code}" in text.replace(" ", "")

    def test_it_stays_as_it_was_whatever_changes(self, client, nga, training, completion):
        before = self.text_of(client, completion)
        nga.full_name = "Tên Khác"
        nga.save()
        training.title = "Tên khóa khác"
        training.steps.append(text_step("Ba"))
        training.save_revision().publish()
        SiteDetails.objects.update(association_name="Hội khác")
        assert self.text_of(client, completion) == before
        training.delete()
        assert self.text_of(client, completion) == before

    def test_it_is_given_once_even_when_the_training_is_done_again(self, client, training, completion):
        tick(client, training, 0, "not-done")
        complete(client, training)
        assert Completion.objects.get() == completion

    def test_the_numbers_of_a_year_follow_each_other(self, client, training, completion):
        client.force_login(UserFactory(role=Role.OFFICER))
        complete(client, training)
        assert sorted(Completion.objects.values_list("serial", flat=True)) == [1, 2]

    def test_markup_in_a_name_is_printed_not_run(self, client, training):
        client.force_login(UserFactory(full_name='#read("/etc/passwd") *Đỗ* $x$', role=Role.OFFICER))
        complete(client, training)
        assert '#read("/etc/passwd") *Đỗ* $x$' in self.text_of(client, Completion.objects.get())

    def test_nobody_else_gets_it(self, client, completion):
        url = reverse("library:certificate", args=[completion.code])
        client.force_login(UserFactory(role=Role.ADMINISTRATOR))
        assert client.get(url).status_code == 404
        client.logout()
        assert "/can-bo/dang-nhap/" in client.get(url).url

    def test_who_holds_the_paper_checks_it_without_signing_in(self, client, completion):
        client.logout()
        answer = client.get(completion.get_absolute_url())
        assert "Nguyễn Thị Nga" in answer.content.decode()
        assert answer["X-Robots-Tag"] == "noindex"
        wrong = client.get(reverse("library:certificate_check", args=["aaaaaaaaaa"]))
        assert wrong.status_code == 404
        assert "Không có giấy chứng nhận này" in wrong.content.decode()

    def test_who_is_no_officer_any_more_keeps_it(self, client, nga, completion):
        nga.grants.update(valid_to=datetime.date(2025, 12, 31))
        assert self.text_of(client, completion)
        assert "Tập huấn mẫu" in client.get(reverse("library:training")).content.decode()


class TestCommune:
    """Who oversees a commune sees its people, and of no other commune anything."""

    @pytest.fixture
    def here(self):
        return CommuneFactory(name="Đàm Thuỷ")

    @pytest.fixture
    def there(self):
        return CommuneFactory(name="Cao Thăng")

    @pytest.fixture
    def people(self, client, training, here, there):
        mine = UserFactory(full_name="Cán Bộ Đàm Thuỷ", role=Role.OFFICER, place=here)
        village = UserFactory(full_name="Cán Bộ Xóm", role=Role.OFFICER, place=VillageFactory(parent=here))
        other = UserFactory(full_name="Cán Bộ Cao Thăng", role=Role.OFFICER, place=there)
        for person in (mine, other):
            client.force_login(person)
            complete(client, training)
        return mine, village, other

    def page(self, client, commune, query=""):
        return client.get(reverse("library:training_of_a_commune", args=[commune.pk]) + query)

    def test_the_list_names_its_own_people_and_nobody_else(self, client, people, here):
        client.force_login(UserFactory(full_name="Người Xem", role=Role.VIEWER, place=here))
        html = self.page(client, here).content.decode()
        assert "Cán Bộ Đàm Thuỷ" in html
        assert "Cán Bộ Xóm" in html
        assert "Cán Bộ Cao Thăng" not in html
        assert "1/" in html

    def test_the_list_of_another_commune_is_refused_with_the_reason(self, client, people, here, there):
        client.force_login(UserFactory(role=Role.VIEWER, place=here))
        for query in ("", "?dang=xlsx"):
            answer = self.page(client, there, query)
            assert answer.status_code == 403
            assert "Cán Bộ Cao Thăng" not in answer.content.decode(errors="replace")
        mine = client.get(reverse("library:training")).content.decode()
        assert reverse("library:training_of_a_commune", args=[here.pk]) in mine
        assert reverse("library:training_of_a_commune", args=[there.pk]) not in mine

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.LIBRARIAN, Role.CLERK])
    def test_no_other_role_sees_it(self, client, people, here, role):
        client.force_login(UserFactory(role=role, place=here))
        assert self.page(client, here).status_code == 403

    def test_nor_does_who_does_not_sign_in_or_whose_role_has_ended(self, client, people, here):
        client.logout()
        assert self.page(client, here).status_code == 302
        former = UserFactory(role=Role.OFFICER)
        GrantFactory(user=former, role=Role.VIEWER, place=here, valid_to=datetime.date(2025, 12, 31))
        client.force_login(former)
        assert self.page(client, here).status_code == 403

    def test_who_oversees_all_sees_each(self, client, people, here, there):
        client.force_login(UserFactory(role=Role.VIEWER))
        assert "Cán Bộ Cao Thăng" in self.page(client, there).content.decode()
        assert "Cán Bộ Đàm Thuỷ" in self.page(client, here).content.decode()

    def test_the_sheet_says_the_same(self, client, people, here):
        client.force_login(UserFactory(role=Role.VIEWER, place=here))
        sheet = load_workbook(BytesIO(self.page(client, here, "?dang=xlsx").content)).get_sheet_by_index(0)
        names = {row[1]: row for row in sheet.to_python()[3:]}
        assert "Cán Bộ Cao Thăng" not in names
        assert names["Cán Bộ Đàm Thuỷ"][2:5] == [2.0, 2.0, "1/1"]
        assert names["Cán Bộ Đàm Thuỷ"][6] == Completion.objects.get(user=people[0]).number
        assert names["Cán Bộ Xóm"][2] == 0.0

    def test_the_number_of_queries_does_not_grow_with_the_people(
        self, client, people, here, django_assert_max_num_queries
    ):
        client.force_login(UserFactory(role=Role.VIEWER, place=here))
        self.page(client, here)
        with django_assert_max_num_queries(40) as few:
            self.page(client, here)
        for _ in range(4):
            UserFactory(role=Role.OFFICER, place=here)
        with django_assert_max_num_queries(len(few)):
            self.page(client, here)


def test_the_officers_corner_leads_to_what_is_still_to_be_done(client, nga, training):
    html = client.get(reverse("officer_home")).content.decode()
    assert training.get_url() in html
    assert "Đã xong 0 trên 2 bước." in html
    complete(client, training)
    html = client.get(reverse("officer_home")).content.decode()
    assert training.get_url() not in html
    assert reverse("library:training") in html


def test_a_new_site_has_one_training_that_can_be_completed_and_is_not_made_twice(client, nga):
    load_library()
    for _ in range(2):
        load_pages(home_page())
    path = LearningPath.objects.get(officers_only=True)
    sent = {"tra-loi": "1"}
    for number, each in enumerate(path.quiz, start=1):
        right = [str(place) for place, answer in enumerate(each.value["answers"]) if answer["correct"]]
        sent[f"c{number}"] = right
    for number in range(len(path.steps)):
        tick(client, path, number)
    client.post(reverse("library:training_answers", args=[path.pk]), sent)
    assert Completion.objects.get().path == path


@pytest.mark.parametrize("wrong", [{"serial": 0}, {"year": 2026, "serial": 1}])
def test_the_database_gives_each_number_once(training, wrong):
    fields = {"path_title": "x", "person_name": "y", "completed_on": datetime.date(2026, 1, 1), "year": 2026}
    Completion.objects.create(**fields, serial=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(**fields | wrong)
