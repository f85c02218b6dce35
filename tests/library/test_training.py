"""The training of officers: the progress of each person, and where it leads."""

import json

import pytest

from django.urls import reverse

from library.domain.seed import load as load_library
from library.domain.seed_pages import load_pages
from library.models import Completion, LearningPath, QuizAttempt, StepDone
from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.home import home_page
from tests.factories.library import LearningPathFactory
from tests.library.learner import RIGHT, WRONG, complete, tick

pytestmark = pytest.mark.django_db


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
