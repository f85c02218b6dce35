"""The address to which the script of the grid sends cells: JSON in, JSON out, also when it refuses."""

import pytest

from django.test import Client
from django.urls import reverse

from portal.accounts.enums import Role
from recognition.enums import AssessmentState, Stage
from recognition.models import Score
from tests.factories.accounts import UserFactory
from tests.factories.recognition import AssessmentFactory, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(round, village):
    return reverse("recognition:grid_cells", args=[round.pk, village.pk])


@pytest.fixture
def send(client, officer, url):
    """send([cell, ...]) -> the answer, by the officer unless told otherwise."""
    client.force_login(officer)

    def post(cells, **values):
        data = {"user": officer.pk, "stage": "self", "cells": cells} | values
        return client.post(url, data, content_type="application/json")

    return post


def cell(row, code="1.1", text="20", seen="", **values):
    return {"row": row.pk, "code": code, "text": text, "seen": seen, "note": None, "note_seen": ""} | values


def test_cells_are_saved_and_each_is_told_what_became_of_it(send, family):
    row = family()
    scored(family("Hộ khác"), 5, stages=[Stage.SELF])
    answer = send([cell(row), cell(row, "1.2", "77"), cell(row, "2.1", "1", seen="3")])
    assert answer.status_code == 200
    told = {each["code"]: (each["state"], each["text"]) for each in answer.json()["cells"]}
    assert told == {"1.1": ("saved", "20"), "1.2": ("refused", ""), "2.1": ("conflict", "")}
    (standing,) = answer.json()["rows"]
    assert (standing["row"], standing["total"], standing["verdict"]) == (row.pk, "20", "chưa đủ")
    assert Score.objects.filter(assessment=row).count() == 1


def test_a_conflict_shows_what_the_other_wrote(send, family):
    row = scored(family(), 10, stages=[Stage.SELF])
    (told,) = send([cell(row, text="20", seen="5")]).json()["cells"]
    assert (told["state"], told["text"], told["reason"]) == (
        "conflict",
        "10",
        "Trong lúc đó, người khác đã sửa ô này.",
    )


def test_nothing_of_another_commune_is_in_any_answer(send, family, round):
    family()
    elsewhere = scored(
        AssessmentFactory(round=round, state=AssessmentState.REGISTERED), 13, stages=[Stage.SELF]
    )
    answer = send([cell(elsewhere)])
    assert answer.json()["rows"] == []
    assert str(elsewhere.subject) not in answer.content.decode()
    assert "13" not in answer.json()["cells"][0]["text"]


def test_another_village_is_not_found(send, officer, round):
    elsewhere = AssessmentFactory(round=round)
    client = Client()
    client.force_login(officer)
    url = reverse("recognition:grid_cells", args=[round.pk, elsewhere.place_id])
    data = {"user": officer.pk, "stage": "self", "cells": []}
    answer = client.post(url, data, content_type="application/json")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Không có lưới nào như vậy."})


def test_who_is_signed_out_is_told_so_in_json(client, url):
    answer = client.post(url, {}, content_type="application/json")
    assert answer.status_code == 401
    assert "đăng nhập lại" in answer.json()["detail"]


def test_cells_of_the_one_who_was_signed_in_before_are_not_saved_as_anothers(send, family):
    row = family()
    answer = send([cell(row)], user=UserFactory().pk)
    assert answer.status_code == 403
    assert "Người khác đã đăng nhập" in answer.json()["detail"]
    assert not Score.objects.exists()


@pytest.mark.parametrize("stage", ["verifier", "council"])
def test_a_sheet_that_is_not_theirs_is_refused_with_a_sentence(send, family, stage):
    answer = send([cell(family(state=AssessmentState.SELF_SCORED))], stage=stage)
    assert answer.status_code == 403
    assert answer.json()["detail"]
    assert not Score.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, Role.AUDITOR])
def test_who_only_reads_is_refused(client, url, round, family, role):
    user = UserFactory(role=role, place=round.place)
    client.force_login(user)
    data = {"user": user.pk, "stage": "self", "cells": [cell(family())]}
    assert client.post(url, data, content_type="application/json").status_code == 403
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        "[]",
        "null",
        "[" * 10_000,
        '{"cells": 5}',
        '{"cells": [5]}',
        '{"cells": [{"row": "1", "code": "1.1"}]}',
        '{"cells": [{"row": true, "code": "1.1", "text": 5}]}',
        '{"cells": [{"row": 1, "code": 5}]}',
        '{"cells": [{"row": 1, "code": "1.1", "text": null}]}',
        '{"cells": [{"row": 99999999999999999999, "code": "1.1"}]}',
        '{"cells": [{"row": 1, "code": "1.1", "text": "' + "x" * 3000 + '"}]}',
        '{"cells": [' + ",".join(['{"row": 1, "code": "1.1"}'] * 501) + "]}",
    ],
)
def test_what_cannot_be_read_gets_a_sentence(client, officer, url, body):
    client.force_login(officer)
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_an_unknown_stage_gets_a_sentence(send):
    assert send([], stage="nothing").status_code == 400


def test_without_the_token_of_the_page_nothing_is_written(officer, url, family):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    data = {"user": officer.pk, "stage": "self", "cells": [cell(family())]}
    assert client.post(url, data, content_type="application/json").status_code == 403
    assert not Score.objects.exists()


def test_control_characters_are_left_out(send, family):
    row = family()
    (told,) = send([cell(row, text="2\u00000")]).json()["cells"]
    assert (told["state"], told["text"]) == ("saved", "20")


def test_the_script_for_lost_connections_lies_above_the_addresses_it_watches(client):
    answer = client.get(reverse("recognition:grid_worker"))
    assert answer.headers["Content-Type"] == "text/javascript"
    assert reverse("recognition:grid_worker").rpartition("/")[0] == "/can-bo"
