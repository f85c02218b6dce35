"""Duplicates of what has just come in: looked for by the worker at once, of exactly those resources."""

import pytest
from django_tasks_db.models import DBTaskResult

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from library import tasks
from library.domain import import_batches, proposing
from library.domain.duplicates import find
from library.domain.withdrawal import withdraw
from library.models import Duplicate, Resource
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory
from tests.library.proposals import handed_in
from tests.library.resource_form import form

pytestmark = pytest.mark.django_db
SHEET = "Số cá biệt;Nhan đề;Tác giả\n1;Nuôi ong lấy mật;Người Mẫu\n2;Dệt vải chàm;Bà Mẫu\n"


@pytest.fixture
def known():
    return ResourceFactory(title="Nuôi ong lấy mật", creators=["Người Mẫu"])


def asked():
    """What the worker has been given: the numbers of each search."""
    given = DBTaskResult.objects.filter(task_path=tasks.find_duplicates.module_path)
    return [each.args_kwargs["args"][0] for each in given]


def worked():
    """The worker does it; the pairs that wait then."""
    for ids in asked():
        tasks.find_duplicates.func(ids)
    return {(pair.first.title, pair.second.title) for pair in Duplicate.objects.waiting()}


BOTH = {("Nuôi ong lấy mật", "Nuôi ong lấy mật")}


def test_of_a_small_import_in_the_admin(librarian_client, known):
    upload = SimpleUploadedFile("so.csv", SHEET.encode())
    batch = import_batches.hand_in(upload, source="Sổ mẫu", user=None)
    import_batches.check(batch)
    assert asked() == [], "nothing is written yet"
    librarian_client.post(reverse("library_imports:edit", args=[batch.pk]), {"action": "load"})
    made = Resource.objects.exclude(pk=known.pk)
    assert [sorted(ids) for ids in asked()] == [sorted(made.values_list("pk", flat=True))]
    assert worked() == BOTH


def test_of_an_import_by_command(known, tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(SHEET, encoding="utf-8")
    call_command("import_resources", str(path), source="Sổ mẫu")
    assert worked() == BOTH
    call_command("import_resources", str(path), source="Sổ mẫu")
    assert len(asked()) == 1, "what has not changed is not looked at again"


def test_an_import_that_is_only_tried_asks_for_nothing(known, tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(SHEET, encoding="utf-8")
    call_command("import_resources", str(path), source="Sổ mẫu", dry_run=True)
    assert asked() == []


def test_of_what_a_librarian_makes_or_changes(librarian_client, known):
    librarian_client.post(reverse("library_resources:add"), form(title="Nuôi ong lấy mật"))
    new = Resource.objects.exclude(pk=known.pk).get()
    assert asked() == [[new.pk]]
    assert worked() == BOTH
    librarian_client.post(reverse("library_resources:edit", args=[new.pk]), form(title="Dệt vải chàm"))
    assert asked() == [[new.pk]] * 2
    assert worked() == set(), "what has become another thing is not proposed any more"


def test_of_what_an_officer_sent_once_it_is_taken(officer, person, known):
    proposal = handed_in(officer, title="Nuôi ong lấy mật")
    assert asked() == []
    proposing.accept(proposal, person(Role.LIBRARIAN))
    assert asked() == [[proposal.resource_id]]
    assert worked() == BOTH


def test_the_others_are_left_as_they_are(known):
    twins = [ResourceFactory(title="Dệt vải chàm") for _ in range(2)]
    find()
    Resource.objects.filter(pk=twins[1].pk).update(title="Trồng rừng")
    assert find([known.pk]) == 0
    assert Duplicate.objects.waiting().count() == 1, "that is for the search of those two"
    withdraw(twins[0], "Nhầm.")
    assert not Duplicate.objects.waiting().exists()


def test_very_many_are_not_named_one_by_one():
    tasks.look_for_duplicates_of(list(range(1, tasks.MOST_NAMED + 2)))
    tasks.look_for_duplicates_of([])
    assert asked() == [None]
