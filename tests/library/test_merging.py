"""Two resources made one, and parted again."""

import pytest

from django.core.files.base import ContentFile

from library.domain.description import describe
from library.domain.importing import import_resources
from library.domain.ingest import rewrite
from library.domain.merging import MergeRefused, merge, undo
from library.domain.withdrawal import withdraw
from library.enums import DuplicateReason, DuplicateState
from library.models import Duplicate, Identifier, Merge, Rendition, Resource
from portal.search.query import search
from tests.factories.library import ResourceFactory, SourceRecordFactory, SubjectFactory

pytestmark = pytest.mark.django_db

ISBN = ("isbn", "9780306406157")


@pytest.fixture
def pair():
    kept = ResourceFactory(title="Kỹ thuật trồng ngô", creators=["A"], tags=["ngô"], year=2019)
    other = ResourceFactory(
        title="Kĩ thuật trồng ngô lai", creators=["A", "B"], tags=["lai"], publisher="Nhà in mẫu"
    )
    Identifier.objects.create(resource=other, scheme=ISBN[0], value=ISBN[1])
    SourceRecordFactory(resource=kept, source="Kho A", key="1", data=describe(kept))
    SourceRecordFactory(resource=other, source="Kho B", key="1", data=describe(other))
    return kept, other


def state_of(*resources):
    """Everything that a merge touches, as plain values."""
    return [
        (
            describe(resource),
            [(record.source, record.key, record.leading) for record in resource.records.all()],
            resource.withdrawn_on,
            resource.withdrawn_reason,
            resource.merged_into_id,
        )
        for resource in Resource.objects.filter(pk__in=[each.pk for each in resources])
    ]


def test_the_kept_one_has_what_either_had(pair):
    kept, other = pair
    subjects = {*kept.subjects.all(), *other.subjects.all()}
    links = {*describe(kept)["links"], *describe(other)["links"]}
    merge(kept, other)
    kept = Resource.objects.get(pk=kept.pk)
    assert kept.title == "Kỹ thuật trồng ngô"
    assert set(kept.subjects.all()) == subjects
    assert set(kept.tags.names()) == {"ngô", "lai"}
    assert set(describe(kept)["links"]) == links
    assert describe(kept)["identifiers"] == [list(ISBN)]
    assert [(each.source, each.leading) for each in kept.records.all()] == [("Kho A", True), ("Kho B", False)]


def test_where_they_differ_the_librarian_chooses(pair):
    kept, other = pair
    merge(kept, other, take=["title", "creators", "publisher"])
    kept = Resource.objects.get(pk=kept.pk)
    assert (kept.title, kept.publisher, kept.year) == ("Kĩ thuật trồng ngô lai", "Nhà in mẫu", 2019)
    assert [each.name for each in kept.contributions.all()] == ["A", "B"]


def test_the_old_address_leads_to_the_kept_one_for_ever(client, pair):
    kept, other = pair
    merge(kept, other)
    response = client.get(f"/r/{other.pk}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/r/{kept.pk}"), (
        "browsers keep a 301 for ever, and a merge can be undone"
    )


def test_what_was_merged_before_leads_there_in_one_step(client, pair):
    kept, other = pair
    oldest = ResourceFactory()
    merge(other, oldest)
    second = merge(kept, other)
    assert client.get(f"/r/{oldest.pk}").headers["Location"] == f"/r/{kept.pk}"
    undo(second)
    assert client.get(f"/r/{oldest.pk}").headers["Location"] == f"/r/{other.pk}"


def test_the_search_is_in_step_with_a_merge_and_its_undoing(pair, indexed):
    kept, other = pair
    indexed()
    assert search("ngô lai").count == 1
    made = merge(kept, other)
    indexed()
    assert [hit.key for hit in search("ngô").hits] == [f"resource:{kept.pk}"]
    assert [hit.key for hit in search("9780306406157").hits] == [f"resource:{kept.pk}"]
    undo(made)
    indexed()
    assert {hit.key for hit in search("ngô").hits} == {f"resource:{kept.pk}", f"resource:{other.pk}"}
    assert [hit.key for hit in search("9780306406157").hits] == [f"resource:{other.pk}"]


def test_undoing_leaves_everything_as_it_was(client, pair):
    before = state_of(*pair)
    undo(merge(*pair, take=["title", "creators", "abstract"]))
    assert state_of(*pair) == before
    assert client.get(f"/r/{pair[1].pk}").status_code == 200


def test_what_was_edited_since_the_merge_stays_when_it_is_undone(pair):
    kept, other = pair
    made = merge(kept, other, take=["title", "publisher"])
    kept = Resource.objects.get(pk=kept.pk)
    new_subject = SubjectFactory(slug="moi")
    rewrite(kept, {"title": "Tên sửa sau", "tags": ["ngô", "lai", "mới"], "subjects": ["moi"]})
    undo(made)
    kept = Resource.objects.get(pk=kept.pk)
    assert (kept.title, kept.publisher) == ("Tên sửa sau", "")
    assert set(kept.tags.names()) == {"ngô", "mới"}
    assert list(kept.subjects.all()) == [new_subject]


def test_a_link_that_both_have_stands_once_and_goes_back_to_neither(pair):
    kept, other = pair
    Rendition.objects.filter(resource=other).update(url=kept.renditions.get().url)
    made = merge(kept, other)
    assert Rendition.objects.filter(resource=kept).count() == 1
    undo(made)
    assert [each.renditions.count() for each in pair] == [1, 1]


def test_a_file_moves_with_what_was_made_from_it(pair):
    kept, other = pair
    original = Rendition(resource=other, form="pdf")
    original.file.save("ngo.pdf", ContentFile(b"%PDF-1.4 mau"))
    light = Rendition(resource=other, form="image", purpose="cover", made_from=original)
    light.file.save("bia.webp", ContentFile(b"mau"))
    made = merge(kept, other)
    assert {original, light} <= set(kept.renditions.all())
    undo(made)
    assert {original, light} <= set(other.renditions.all())


def test_loading_the_merged_collection_again_does_not_touch_the_kept_one(pair):
    kept, other = pair
    merge(kept, other)
    row = {
        "key": "1",
        "title": "Tên của kho B",
        "kind": "book",
        "level": "nguoi-lon",
        "url": "https://b.example/",
    }
    row["subject"] = SubjectFactory().slug
    import_resources([(2, row)], source="Kho B")
    assert Resource.objects.get(pk=kept.pk).title == "Kỹ thuật trồng ngô"
    assert Resource.objects.count() == 2


def test_a_merge_is_refused_when_one_of_them_has_gone(pair):
    withdraw(pair[1], "Nguồn đã gỡ")
    with pytest.raises(MergeRefused):
        merge(*pair)
    with pytest.raises(MergeRefused):
        merge(pair[0], pair[0])
    assert not Merge.objects.exists()


def test_a_merge_is_undone_once_and_the_last_one_first(pair):
    first = merge(*pair)
    second = merge(ResourceFactory(), pair[0])
    with pytest.raises(MergeRefused, match="Hãy hoàn tác lần gộp đó trước"):
        undo(first)
    undo(second)
    undo(first)
    with pytest.raises(MergeRefused, match="đã được hoàn tác rồi"):
        undo(first)


def test_a_pair_that_was_merged_is_decided_until_that_is_undone(pair):
    first, second = sorted(pair, key=lambda each: each.pk)
    proposal = Duplicate.objects.create(first=first, second=second, reason=DuplicateReason.TITLE, score=95)
    made = merge(*pair)
    assert not Duplicate.objects.waiting().exists()
    undo(made)
    proposal.refresh_from_db()
    assert proposal.state == DuplicateState.OPEN
