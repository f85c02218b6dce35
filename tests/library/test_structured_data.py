"""JSON-LD of a resource, clause by clause of what LRMI and schema.org offer; what is not known is not there."""

import json
import re

import pytest

from library.enums import Kind, Language
from library.models import Rendition
from tests.factories.library import ResourceFactory, SourceRecordFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def all_of(client, resource):
    html = client.get(f"/r/{resource.pk}").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))


@pytest.fixture
def read(client):
    return lambda resource: all_of(client, resource)[0]


def with_file(form, kind="book", **more):
    resource = ResourceFactory(kind=kind)
    Rendition.objects.filter(resource=resource).delete()
    Rendition.objects.create(resource=resource, form=form, file=f"mau.{form}", **more)
    return resource


def test_name_description_and_other_names(read):
    data = read(ResourceFactory(title="Tên", abstract="Tóm tắt.", alternative_titles="Tên khác\nThe other"))
    assert (data["name"], data["description"]) == ("Tên", "Tóm tắt.")
    assert data["alternateName"] == ["Tên khác", "The other"]


@pytest.mark.parametrize(("kind", "more"), [("book", "Book"), ("video", "VideoObject"), ("course", "Course")])
def test_it_is_a_learning_resource_and_what_its_kind_is(read, kind, more):
    assert read(ResourceFactory(kind=kind))["@type"] == ["LearningResource", more]


def test_languages_are_tags_of_bcp_47(read):
    assert read(ResourceFactory(language=Language.VIETNAMESE))["inLanguage"] == "vi"
    assert read(ResourceFactory(other_languages=["tyz"]))["inLanguage"] == ["vi", "tyz"]


def test_the_licence_is_an_address_or_nothing(read):
    data = read(ResourceFactory(licence="CC-BY-NC-4.0"))
    assert data["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert "license" not in read(ResourceFactory(licence="unknown"))


def test_its_kind_is_said_in_both_languages(read):
    assert read(ResourceFactory(kind=Kind.LEAFLET))["learningResourceType"] == ["Tờ rơi", "Leaflet"]


def test_its_level_is_a_defined_term_in_both_languages(read):
    level = read(ResourceFactory(level="tieu-hoc"))["educationalLevel"]
    assert (level["@type"], level["termCode"]) == ("DefinedTerm", "tieu-hoc")
    assert level["name"] == ["Tiểu học", "Primary school"]
    assert "educationalLevel" not in read(ResourceFactory(level=""))


def test_ages_time_and_whom_it_is_for(read):
    data = read(ResourceFactory(age_from=6, age_to=11, duration_minutes=45, audience="officer"))
    assert (data["typicalAgeRange"], data["timeRequired"]) == ("6-11", "PT45M")
    assert data["audience"] == {"@type": "EducationalAudience", "educationalRole": ["professional"]}


def test_what_it_teaches_is_not_guessed(read):
    assert {"teaches", "assesses", "competencyRequired"}.isdisjoint(read(ResourceFactory()))


def test_when_it_changed_and_who_published_it(read):
    resource = ResourceFactory(publisher="Nhà xuất bản mẫu")
    data = read(resource)
    assert data["dateModified"] == resource.updated_at.isoformat()
    assert data["publisher"] == {"@type": "Organization", "name": "Nhà xuất bản mẫu"}


def test_a_file_says_where_it_lies_how_heavy_it_is_and_what(read):
    resource = with_file("pdf", size=5000, media_type="application/pdf")
    (file,) = read(resource)["encoding"]
    assert file["contentUrl"].startswith(f"http://testserver/r/{resource.pk}/tep/")
    assert (file["contentSize"], file["encodingFormat"]) == ("5 KB", "application/pdf")


def test_the_collections_it_came_with(read):
    resource = ResourceFactory()
    SourceRecordFactory(resource=resource, source="Kho mẫu")
    assert read(resource)["isPartOf"] == [{"@type": "Collection", "name": "Kho mẫu"}]
    assert "isPartOf" not in read(ResourceFactory())


@pytest.mark.parametrize(
    ("form", "modes"),
    [
        ("epub", ["textual"]),
        ("html", ["textual"]),
        ("image", ["visual"]),
        ("audio", ["auditory"]),
        ("video", ["visual"]),
        ("pdf", None),
        ("link", None),
    ],
)
def test_how_it_is_taken_in_as_far_as_its_files_tell(read, form, modes):
    assert read(with_file(form)).get("accessMode") == modes


def test_captions_and_a_transcript_are_told(read):
    data = read(with_file("video", captions="mau.vtt", transcript="Xin chào."))
    assert data["accessMode"] == ["visual", "auditory", "textual"]
    assert data["accessibilityFeature"] == ["captions", "transcript"]
    assert "accessibilityFeature" not in read(with_file("video"))


def test_a_film_of_ours_says_how_long_where_and_since_when(read):
    resource = with_file("video", kind="video", media_type="video/mp4", size=2048, transcript="Xin chào.")
    resource.duration_minutes = 12
    resource.save()
    cover = Rendition.objects.create(
        resource=resource,
        form="image",
        purpose="cover",
        file="bia.webp",
        made_from=resource.renditions.first(),
    )
    data = read(resource)
    assert (data["duration"], data["encodingFormat"]) == ("PT12M", "video/mp4")
    assert data["contentUrl"] == data["encoding"][0]["contentUrl"]
    assert data["uploadDate"] == resource.created_at.isoformat()
    assert data["thumbnailUrl"] == [f"http://testserver/r/{resource.pk}/tep/{cover.pk}"]
    assert data["transcript"] == "Xin chào."


def test_a_film_that_lies_elsewhere_was_not_uploaded_here(read):
    data = read(ResourceFactory(kind="video", link="https://kho.example/phim.mp4"))
    assert {"uploadDate", "contentUrl", "duration", "thumbnailUrl"}.isdisjoint(data)


def test_a_book_has_no_playing_time(read):
    data = read(ResourceFactory(kind="book", duration_minutes=90))
    assert "duration" not in data
    assert data["timeRequired"] == "PT90M"


def test_each_thing_of_the_page_has_its_context_and_the_trail_is_one_of_them(client):
    resource = ResourceFactory(title="Tên", subjects=[SubjectFactory(name="Nông nghiệp")])
    both = all_of(client, resource)
    assert [each["@context"] for each in both] == ["https://schema.org"] * 2
    trail = both[1]
    assert trail["@type"] == "BreadcrumbList"
    assert [each["name"] for each in trail["itemListElement"]][-2:] == ["Nông nghiệp", "Tên"]
    assert [each["position"] for each in trail["itemListElement"]] == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b"])
def test_no_text_ends_the_script(client, text):
    resource = ResourceFactory(title=text, abstract=text)
    html = client.get(f"/r/{resource.pk}").content.decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1)
    assert not set("<>&") & set(script)
    assert json.loads(script)[0]["description"] == text
