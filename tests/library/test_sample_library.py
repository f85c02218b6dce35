"""`sample_library N`: resources for benches, marked as samples, made once and removed whole."""

import pytest

from django.apps import apps
from django.core.management import CommandError, call_command

from library.domain.offering import keeping_up
from library.models import Contribution, Rendition, Resource, SourceRecord
from portal.search.models import KnownWord, OutboxRow
from portal.search.query import search
from portal.text import fold
from tests.factories.library import ResourceFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def subjects(db):
    return [SubjectFactory() for _ in range(3)]


def test_samples_are_made_once_and_say_that_they_are_samples(capsys):
    call_command("sample_library", "30")
    call_command("sample_library", "30")
    call_command("sample_library", "40")
    assert capsys.readouterr().out.split() == ["created", "30", "created", "0", "created", "10"]
    assert Resource.objects.count() == 40
    assert all(title.startswith("Mẫu ") for title in Resource.objects.values_list("title", flat=True))


def test_the_same_number_always_gives_the_same_text():
    call_command("sample_library", "3")
    titles = list(Resource.objects.order_by("pk").values_list("title", flat=True))
    call_command("sample_library", "--remove")
    call_command("sample_library", "3")
    assert list(Resource.objects.order_by("pk").values_list("title", flat=True)) == titles


def test_removing_takes_the_samples_and_nothing_else(indexed):
    kept = ResourceFactory(title="Mẫu 1: một học liệu thật", creators=["Người mẫu"])
    call_command("sample_library", "5")
    indexed()
    assert search("").count == 6
    call_command("sample_library", "--remove")
    indexed()
    assert search("").count == 1
    assert list(Resource.objects.all()) == [kept]
    assert Contribution.objects.count() == Rendition.objects.count() == 1
    assert not SourceRecord.objects.exists()


def test_removing_leaves_no_row_at_all(indexed):
    def rows():
        return {model: model._base_manager.count() for model in apps.get_app_config("library").get_models()}

    keeping_up.run_once()
    before = rows()
    call_command("sample_library", "5")
    indexed()
    call_command("sample_library", "--remove")
    indexed()
    keeping_up.run_once()
    assert rows() == before
    assert search("mau").count == 0
    assert not OutboxRow.objects.exists()


def test_no_word_of_a_removed_sample_is_suggested_any_more(indexed):
    kept = ResourceFactory(title="Khuyến học, khuyến tài")
    call_command("sample_library", "5")
    indexed()
    assert search("tac gai").suggestion == "tác giả"
    call_command("sample_library", "--remove")
    indexed()
    assert search("tac gai").suggestion is None
    words = set(KnownWord.objects.values_list("base", flat=True))
    assert {"khuyen", "hoc", "khuyen hoc"} <= words
    title_and_subjects = " ".join([kept.title, *kept.subjects.values_list("name", flat=True)])
    assert {word for word in words if " " not in word} <= set(
        fold(title_and_subjects).replace(",", "").split()
    )


def test_removing_nothing_counts_nothing(indexed, django_assert_max_num_queries):
    ResourceFactory(title="Khuyến học")
    indexed()
    with django_assert_max_num_queries(2):
        call_command("sample_library", "--remove")
    assert KnownWord.objects.filter(base="khuyen").exists()


def test_a_tag_of_that_name_that_is_in_use_stays():
    kept = ResourceFactory(tags=["mẫu"])
    call_command("sample_library", "2")
    call_command("sample_library", "--remove")
    assert [tag.name for tag in kept.tags.all()] == ["mẫu"]


def test_a_library_without_subjects_is_refused_with_a_sentence():
    Resource.objects.all().delete()
    SubjectFactory._meta.model.objects.all().delete()
    with pytest.raises(CommandError, match="seed"):
        call_command("sample_library", "5")
