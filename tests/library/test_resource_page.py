import datetime
import json
import re
from html import unescape

import pytest

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import override

from library.domain.withdrawal import restore, withdraw
from library.enums import Audience, Language
from library.models import Identifier, Rendition, Resource
from tests.factories.library import ResourceFactory, SourceRecordFactory, SubjectFactory
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def json_ld(response):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode()).group(
        1
    )
    data = json.loads(text)
    return next(each for each in data if "LearningResource" in each["@type"])


def test_the_page_shows_the_facts_and_the_way_to_the_resource(client):
    resource = ResourceFactory(
        title="Kỹ thuật trồng ngô",
        creators=["Người Mẫu"],
        publisher="Nhà xuất bản mẫu",
        year=2019,
        link="https://www.vi-du.example/ngo.pdf",
        tags=["thời vụ"],
    )
    response = client.get(f"/r/{resource.pk}")
    html = response.content.decode()
    assert response.status_code == 200
    for text in (
        "Kỹ thuật trồng ngô",
        "Người Mẫu",
        "Nhà xuất bản mẫu",
        "2019",
        "thời vụ",
        "www.vi-du.example",
    ):
        assert text in html
    assert re.search(r'href="https://www.vi-du.example/ngo.pdf"[^>]* rel="noopener', html)
    assert "2.019" not in html


def test_the_citation_names_creators_year_title_publisher_and_address(client):
    resource = ResourceFactory(title="Tên", creators=["A", "B"], year=2019, publisher="Nhà in")
    response = client.get(f"/r/{resource.pk}")
    assert response.context["citation"] == f"A; B (2019). Tên. Nhà in. http://testserver/r/{resource.pk}"


def test_an_address_with_a_slash_at_its_end_leads_to_the_permanent_one(client):
    resource = ResourceFactory()
    response = client.get(f"/r/{resource.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"/r/{resource.pk}")


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_a_number_that_was_never_given_is_not_found(client, number):
    assert client.get(f"/r/{number}").status_code == 404


def test_without_a_stated_licence_the_page_says_that_it_only_links(client):
    response = client.get(f"/r/{ResourceFactory(licence='unknown').pk}")
    assert response.context["licence"].link_only
    assert "notice--warning" in response.content.decode()


def test_an_open_licence_is_explained_and_linked(client):
    response = client.get(f"/r/{ResourceFactory(licence='CC-BY-SA-3.0-IGO').pk}")
    assert response.context["licence"].url == "https://creativecommons.org/licenses/by-sa/3.0/igo/"
    assert response.context["licence"].url in response.content.decode()


def test_a_title_in_another_language_says_so(client):
    html = client.get(f"/r/{ResourceFactory(language='tyz').pk}").content.decode()
    assert '<h1 lang="tyz">' in html


def test_machines_read_the_same_as_people(client):
    subject = SubjectFactory(name="Nông nghiệp")
    resource = ResourceFactory(
        title="Trồng ngô </script>",
        creators=["Người Mẫu"],
        subjects=[subject],
        language="mww",
        licence="CC-BY-4.0",
        audience=Audience.BOTH,
        year=2019,
    )
    data = json_ld(client.get(f"/r/{resource.pk}"))
    assert data["@type"] == ["LearningResource", "Book"]
    assert data["@id"] == f"http://testserver/r/{resource.pk}"
    assert data["name"] == "Trồng ngô </script>"
    assert data["inLanguage"] == "mww"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["author"] == [{"@type": "Thing", "name": "Người Mẫu"}]
    assert data["about"] == [{"@type": "DefinedTerm", "name": "Nông nghiệp"}]
    assert data["audience"]["educationalRole"] == ["learner", "professional"]
    assert "translator" not in data
    assert "publisher" not in data


def test_programs_read_who_vouches_for_it_since_when_and_until_when(client):
    label = {
        "reviewer": "Trung tâm mẫu",
        "reviewed_on": datetime.date(2026, 3, 2),
        "valid_until": datetime.date(2999, 12, 31),
    }
    resource = ResourceFactory(**label)
    data = json_ld(client.get(f"/r/{resource.pk}"))
    assert data["mainEntityOfPage"] == {
        "@type": "WebPage",
        "url": f"http://testserver/r/{resource.pk}",
        "reviewedBy": {"@type": "Thing", "name": "Trung tâm mẫu"},
        "lastReviewed": "2026-03-02",
    }
    assert data["expires"] == "2999-12-31"
    unchecked = json_ld(client.get(f"/r/{ResourceFactory().pk}"))
    assert {"mainEntityOfPage", "reviewedBy", "expires"}.isdisjoint(unchecked)


def test_related_are_the_newest_four_of_the_same_subject(client):
    subject = SubjectFactory()
    others = [ResourceFactory(subjects=[subject]) for _ in range(5)]
    resource = ResourceFactory(subjects=[subject])
    ResourceFactory()
    related = client.get(f"/r/{resource.pk}").context["related"]
    assert [each.pk for each in related] == [each.pk for each in others[:0:-1]]


def test_a_withdrawn_resource_says_why_at_its_old_address(client):
    resource = ResourceFactory(title="Tên cũ")
    withdraw(resource, "Nguồn đã gỡ tài liệu.", datetime.date(2026, 11, 23))
    response = client.get(f"/r/{resource.pk}")
    assert response.status_code == 410
    assert "Nguồn đã gỡ tài liệu." in response.content.decode()
    assert "23/11/2026" in response.content.decode()
    assert resource.renditions.get().url not in response.content.decode()


def test_a_withdrawal_needs_a_reason():
    with pytest.raises(ValueError, match="reason"):
        withdraw(ResourceFactory(), "  ")


def test_what_was_withdrawn_can_be_brought_back(client):
    resource = ResourceFactory()
    withdraw(resource, "Nhầm")
    restore(resource)
    assert client.get(f"/r/{resource.pk}").status_code == 200


def complete(**changes):
    """A resource of which everything is known."""
    known = {
        "title": "Kỹ thuật nuôi ong",
        "alternative_titles": "Nuôi ong nội\nApis cerana",
        "other_languages": ["tyz"],
        "age_from": 15,
        "page_count": 48,
        "duration_minutes": 90,
        "licence": "CC-BY-4.0",
        "rights_holder": "Chủ quyền mẫu",
        "source_url": "https://kho.example/ong",
        "place": PlaceFactory(name="Xã Mẫu Ong"),
        "season_from": 11,
        "season_to": 2,
        "reviewer": "Trạm mẫu",
        "reviewed_on": datetime.date(2026, 2, 5),
        "valid_until": datetime.date(2099, 12, 31),
    }
    resource = ResourceFactory(**known | changes)
    Identifier.objects.create(resource=resource, scheme="doi", value="10.1234/ong")
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    SourceRecordFactory(resource=resource, source="Kho mẫu")
    SourceRecordFactory(resource=resource, source="Kho thứ hai", leading=False)
    pdf = Rendition(resource=resource, form="pdf", media_type="application/pdf", size=2049, language="tyz")
    pdf.file.save("ong.pdf", ContentFile(b"%PDF"))
    return resource


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_everything_that_is_known_stands_on_the_page(client):
    resource = complete()
    text = text_of(client.get(f"/r/{resource.pk}", headers={"accept-language": "en"}))
    for fact in (
        "Nuôi ong nội",
        "Apis cerana",
        str(Language.TAY.label),
        "48",
        "90",
        "Chủ quyền mẫu",
        "10.1234/ong",
        "9780306406157",
        "Xã Mẫu Ong",
        resource.months,
        "Kho mẫu; Kho thứ hai",
        "https://kho.example/ong",
    ):
        assert str(fact) in text


def test_who_checked_it_stands_above_the_text_with_the_day(client):
    with override("vi"):
        text = text_of(client.get(f"/r/{complete().pk}"))
    assert "Đã kiểm tra bởi Trạm mẫu ngày 05/02/2026." in text
    assert "31/12/2099" in text


def test_what_nobody_has_checked_carries_no_label(client):
    assert "notice--success" not in client.get(f"/r/{ResourceFactory().pk}").content.decode()


def test_machines_read_all_of_it(client):
    resource = complete()
    data = json_ld(client.get(f"/r/{resource.pk}"))
    address = f"http://testserver/r/{resource.pk}"
    pdf = resource.renditions.exclude(file="").get()
    assert data["alternateName"] == ["Nuôi ong nội", "Apis cerana"]
    assert data["inLanguage"] == ["vi", "tyz"]
    assert data["typicalAgeRange"] == "15-"
    assert data["timeRequired"] == "PT90M"
    assert data["numberOfPages"] == 48
    assert data["isAccessibleForFree"] is True
    assert data["expires"] == "2099-12-31"
    assert data["copyrightHolder"]["name"] == "Chủ quyền mẫu"
    assert data["spatialCoverage"]["name"] == str(resource.place)
    assert {(each["propertyID"], each["value"]) for each in data["identifier"]} == {
        ("DOI", "10.1234/ong"),
        ("ISBN", "9780306406157"),
    }
    assert "https://doi.org/10.1234/ong" in data["sameAs"]
    assert data["encoding"] == [
        {
            "@type": "MediaObject",
            "contentUrl": f"{address}/tep/{pdf.pk}",
            "contentSize": "3 KB",
            "encodingFormat": "application/pdf",
            "inLanguage": "tyz",
        }
    ]


@pytest.mark.parametrize(
    ("ages", "said"), [((6, 11), "6-11"), ((None, 5), "0-5"), ((18, None), "18-"), ((None, None), None)]
)
def test_ages_are_told_as_schema_org_writes_them(client, ages, said):
    resource = ResourceFactory(age_from=ages[0], age_to=ages[1])
    assert json_ld(client.get(f"/r/{resource.pk}")).get("typicalAgeRange") == said


def test_a_link_to_others_who_grant_nothing_is_not_called_free(client):
    assert "isAccessibleForFree" not in json_ld(client.get(f"/r/{ResourceFactory(licence='unknown').pk}"))


def test_before_its_day_a_resource_is_not_there(client):
    resource = ResourceFactory(embargo_until=timezone.localdate() + datetime.timedelta(days=1))
    assert client.get(f"/r/{resource.pk}").status_code == 404
    Resource.objects.filter(pk=resource.pk).update(embargo_until=timezone.localdate())
    assert client.get(f"/r/{resource.pk}").status_code == 200


def test_what_is_out_of_date_says_so_at_its_address(client):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    response = client.get(f"/r/{complete(valid_until=yesterday).pk}")
    assert response.status_code == 200
    assert response.context["outdated"]
    assert text_of(response).count(f"{yesterday:%d/%m/%Y}") == 1


def test_the_number_of_queries_does_not_grow_with_what_hangs_on_a_resource(
    client, django_assert_max_num_queries
):
    bare = ResourceFactory(subjects=[SubjectFactory()], tags=["x"])
    client.get(f"/r/{bare.pk}")  # the process keeps the frame, of which subjects are a part
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(f"/r/{bare.pk}")
    subjects = [SubjectFactory() for _ in range(3)]
    full = complete(subjects=subjects, creators=list("ABCDE"), tags=list("xyz"))
    for _ in range(4):
        ResourceFactory(subjects=subjects)
    client.get(f"/r/{full.pk}")
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert len(client.get(f"/r/{full.pk}").context["related"]) == 4
    assert len(many) == len(few)
