"""The words of sources and our subjects for them: chosen once, for what is here and for what comes."""

import pytest

from django.urls import reverse

from library.domain.harvesting import subject_words
from library.domain.harvesting.rules import Rules, as_tag
from library.domain.harvesting.subject_words import apply, choose, words
from library.interop.page import Found
from library.models import Resource, SubjectMapping
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from tests.factories.accounts import UserFactory
from tests.factories.harvesting import SourceFactory
from tests.factories.library import SourceRecordFactory, SubjectFactory

from .brought import brought

pytestmark = pytest.mark.django_db

PAGE = "/admin/thu-vien/kho/tu/"


@pytest.fixture
def source():
    return SourceFactory(name="Kho mẫu")


@pytest.fixture
def farming():
    return SubjectFactory(name="Nông nghiệp mẫu", slug="nong-mau")


def harvested(source, *texts, title="Trồng ngô", **resource):
    """As a harvest leaves it: words without a subject are tags, sentences are none."""
    tags = [each for each in texts if as_tag(each)]
    made = brought(source, title, words=texts, tags=tags, **resource)
    record = made.records.get()
    record.data = {"title": title, "subjects": [], "tags": tags}
    record.save()
    return made


def classified(resource) -> tuple[list[str], list[str]]:
    fresh = Resource.objects.get(pk=resource.pk)
    return [each.slug for each in fresh.subjects.all()], sorted(fresh.tags.names())


def test_words_are_counted_whatever_their_accents_those_without_a_subject_first(source, farming):
    harvested(source, "Nông nghiệp", "Ngô")
    harvested(source, "NÔNG NGHIỆP", "nông nghiệp", "Lúa")
    harvested(source, "Nông nghiệp", "Lúa")
    harvested(SourceFactory(), "Ong")
    SourceRecordFactory(source="Sổ mẫu", subject_words=["Từ bảng"])
    choose(["Nông nghiệp"], farming, source)
    found = [(word.text, word.records, word.subject) for word in words(source)]
    assert found == [("Lúa", 2, None), ("Ngô", 1, None), ("Nông nghiệp", 4, farming)]
    assert {word.text for word in words()} == {"Nông nghiệp", "Ngô", "Lúa", "Ong"}


def test_what_is_chosen_for_one_source_goes_before_what_is_chosen_for_all(source, farming):
    other = SubjectFactory()
    harvested(source, "Ngô")
    choose(["ngo"], other)
    assert [(word.subject, word.for_all) for word in words(source)] == [(other, True)]
    choose(["ngo"], farming, source)
    assert [(word.subject, word.for_all) for word in words(source)] == [(farming, False)]
    assert [word.subject for word in words()] == [other]


def test_choosing_again_replaces_the_choice_and_nothing_takes_it_back(source, farming):
    choose(["Ngô", "Lúa"], farming, source)
    choose(["Ngô"], SubjectFactory(slug="khac"), source)
    assert dict(SubjectMapping.objects.values_list("word", "subject__slug")) == {
        "lua": "nong-mau",
        "ngo": "khac",
    }
    choose(["Ngô", "Lúa"], None, source)
    assert not SubjectMapping.objects.exists()


def test_what_is_here_already_is_classified_and_told_to_the_search(source, farming):
    one, other = harvested(source, "Ngô", "Sách"), harvested(source, "Lúa")
    elsewhere = harvested(SourceFactory(), "Ngô")
    choose(["Ngô"], farming, source)
    OutboxRow.objects.all().delete()
    assert apply(["ngo"], source) == 1
    assert classified(one) == (["nong-mau"], ["Sách"])
    assert classified(other) == ([], ["Lúa"])
    assert classified(elsewhere) == ([], ["Ngô"])
    assert set(OutboxRow.objects.values_list("object_id", flat=True)) == {str(one.pk)}
    assert apply(["ngo"], source) == 0


def test_a_choice_for_all_sources_reaches_all_of_them(source, farming):
    one, elsewhere = harvested(source, "Ngô"), harvested(SourceFactory(), "ngô")
    choose(["Ngô"], farming)
    assert apply(["ngo"]) == 2
    assert classified(one) == classified(elsewhere) == (["nong-mau"], [])


def test_a_choice_taken_back_makes_the_word_a_tag_again(source, farming):
    one = harvested(source, "Ngô")
    choose(["ngo"], farming, source)
    apply(["ngo"], source)
    choose(["ngo"], None, source)
    assert apply(["ngo"], source) == 1
    assert classified(one) == ([], ["Ngô"])


def test_the_subjects_that_a_librarian_gave_stay(source, farming):
    corrected = harvested(source, "Ngô", subjects=[SubjectFactory(slug="thu-thu-chon")])
    choose(["ngo"], farming, source)
    apply(["ngo"], source)
    assert classified(corrected)[0] == ["thu-thu-chon"]


def test_thousands_are_classified_in_batches(source, farming, monkeypatch):
    monkeypatch.setattr(subject_words, "BATCH", 2)
    made = [harvested(source, "Ngô", title=f"Sách {number}") for number in range(5)]
    choose(["ngo"], farming, source)
    assert apply(["ngo"], source) == 5
    assert {classified(each)[0][0] for each in made} == {"nong-mau"}


def test_a_librarian_chooses_for_several_words_at_once(librarian_client, source, farming):
    one, other = harvested(source, "Ngô"), harvested(source, "<b>Lúa</b>")
    address = reverse("library_sources:words_of", args=[source.pk])
    page = librarian_client.get(address).content.decode()
    assert "&lt;b&gt;Lúa" in page
    assert "<b>Lúa" not in page
    keys = [word.key for word in words(source)]
    librarian_client.post(address, {"pick": keys, "subject": farming.pk})
    assert classified(one)[0] == classified(other)[0] == ["nong-mau"]
    assert "Nông nghiệp mẫu" in librarian_client.get(address).content.decode()
    assert set(SubjectMapping.objects.values_list("source", flat=True)) == {source.pk}


def test_a_whole_sentence_is_given_a_subject_too(librarian_client, source, farming):
    sentence = "Kỹ thuật trồng ngô lai trên đất dốc của vùng cao " * 6
    long_ago = harvested(source, sentence)
    assert len(sentence) > 200
    address = reverse("library_sources:words_of", args=[source.pk])
    librarian_client.post(address, {"pick": [word.key for word in words(source)], "subject": farming.pk})
    assert classified(long_ago)[0] == ["nong-mau"]
    assert [word.subject for word in words(source)] == [farming]
    coming = Rules(source).as_ours(Found("moi", values={}, subject_words=[sentence]))
    assert coming["subjects"] == ["nong-mau"]


def test_the_words_of_all_collections_are_one_list(librarian_client, source, farming):
    harvested(source, "Ngô")
    librarian_client.post(PAGE, {"pick": ["ngo"], "subject": farming.pk})
    assert SubjectMapping.objects.get().source is None


def test_the_list_is_searched_and_narrowed_to_what_is_missing(librarian_client, source, farming):
    harvested(source, "Ngô", "Lúa")
    choose(["ngo"], farming, source)
    assert "Lúa" not in librarian_client.get(f"{PAGE}?q=NGO").content.decode()
    address = reverse("library_sources:words_of", args=[source.pk])
    page = librarian_client.get(f"{address}?show=without").content.decode()
    assert "Lúa</label>" in page
    assert "Ngô</label>" not in page


def test_nothing_ticked_or_a_subject_that_is_not_there_changes_nothing(librarian_client, source):
    harvested(source, "Ngô")
    assert librarian_client.post(PAGE, {"subject": ""}).context["mistake"]
    answer = librarian_client.post(PAGE, {"pick": ["ngo"], "subject": "99999"})
    assert answer.context["form"].errors["subject"]
    assert 'value="ngo" checked' in answer.content.decode()
    assert not SubjectMapping.objects.exists()


def test_very_many_records_are_left_to_the_worker(librarian_client, source, farming, monkeypatch):
    asked = []
    monkeypatch.setattr("library.admin.views.subject_words.AT_ONCE", 0)
    monkeypatch.setattr(
        "library.admin.views.subject_words.classify_again",
        type("Task", (), {"enqueue": staticmethod(lambda *args: asked.append(args))}),
    )
    one = harvested(source, "Ngô")
    librarian_client.post(PAGE, {"pick": ["ngo"], "subject": farming.pk})
    assert asked == [(["ngo"], None)]
    assert classified(one)[0] == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER, Role.EDITOR])
def test_nobody_else_chooses(client, source, farming, role):
    harvested(source, "Ngô")
    client.force_login(UserFactory(role=role))
    for address in (PAGE, reverse("library_sources:words_of", args=[source.pk])):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"pick": ["ngo"], "subject": farming.pk}).status_code in (302, 403)
    assert not SubjectMapping.objects.exists()
