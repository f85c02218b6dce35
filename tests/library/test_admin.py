"""The librarian's desk, by HTTP: who may, who may not, and what comes of it."""

import csv
import datetime
import io
import re

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from library.domain.description import describe
from library.domain.importing import import_resources
from library.domain.ingest import rewrite
from library.domain.withdrawal import withdraw
from library.models import OfficialDocument, Resource, Subject
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from portal.web.imports import read_table
from tests.factories.files import pdf
from tests.factories.library import (
    OfficialDocumentFactory,
    ResourceFactory,
    SourceRecordFactory,
    SubjectFactory,
)
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db

FORMSETS = ("renditions", "contributions", "identifiers")
NOTHING_BELOW = {
    f"{name}-{count}_FORMS": number
    for name in FORMSETS
    for count, number in (("TOTAL", "0"), ("INITIAL", "0"), ("MIN_NUM", "0"), ("MAX_NUM", "1000"))
}
ONE_LINK = {
    "renditions-TOTAL_FORMS": "1",
    "renditions-0-form": "link",
    "renditions-0-url": "https://vi-du.example/ong",
    "renditions-0-ORDER": "1",
}


def form(**changes):
    return (
        NOTHING_BELOW
        | ONE_LINK
        | {
            "title": "Kỹ thuật nuôi ong mẫu",
            "abstract": "",
            "subjects": [str(SubjectFactory().pk)],
            "tags": "ong, mật",
            "kind": "guide",
            "level": "nguoi-lon",
            "audience": "citizen",
            "language": "vie",
            "publisher": "",
            "year": "",
            "source_url": "",
            "licence": "unknown",
            "visibility": "public",
        }
        | changes
    )


def rows(response):
    return [each.title for each in response.context["object_list"]]


@pytest.mark.parametrize("viewset", ["library_resources", "library_documents", "library_subjects"])
@pytest.mark.parametrize("action", ["index", "add"])
def test_a_librarian_opens_every_list_and_form(librarian_client, viewset, action):
    assert librarian_client.get(reverse(f"{viewset}:{action}")).status_code == 200


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR])
@pytest.mark.parametrize("viewset", ["library_resources", "library_documents", "library_subjects"])
def test_nobody_else_gets_in(client, person, viewset, role):
    client.force_login(person(role))
    for action in ("index", "add"):
        assert client.get(reverse(f"{viewset}:{action}")).status_code in (302, 403)
    assert client.post(reverse("library_resources:add"), form()).status_code in (302, 403)
    assert not Resource.objects.exists()


def test_the_menu_shows_the_library_to_a_librarian(librarian_client):
    assert reverse("library_resources:index") in librarian_client.get("/admin/").content.decode()


def test_a_librarian_makes_a_resource(librarian_client):
    creators = {
        "contributions-TOTAL_FORMS": "2",
        "contributions-0-name": "Người Mẫu Một",
        "contributions-0-role": "author",
        "contributions-0-ORDER": "2",
        "contributions-1-name": "Người Mẫu Hai",
        "contributions-1-role": "translator",
        "contributions-1-ORDER": "1",
    }
    response = librarian_client.post(reverse("library_resources:add"), form() | creators)
    assert response.status_code == 302
    resource = Resource.objects.get()
    assert [each.name for each in resource.contributions.all()] == ["Người Mẫu Hai", "Người Mẫu Một"]
    assert set(resource.tags.names()) == {"ong", "mật"}
    assert resource.subjects.count() == 1
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("licence", "tự do!"),
        ("year", "26"),
        ("language", "yao"),
        ("subjects", []),
    ],
)
def test_a_mistake_is_shown_at_its_field(librarian_client, field, value):
    response = librarian_client.post(reverse("library_resources:add"), form(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Resource.objects.exists()


def test_text_typed_with_combining_marks_is_stored_in_nfc(librarian_client):
    librarian_client.post(
        reverse("library_resources:add"), form(title="Tro\u0302\u0300ng ngo\u0302", tags="ngo\u0302")
    )
    resource = Resource.objects.get()
    assert resource.title == "Trồng ngô"
    assert list(resource.tags.names()) == ["ngô"]


def test_changing_a_resource_keeps_its_number_and_reaches_the_search(librarian_client):
    resource = ResourceFactory()
    OutboxRow.objects.all().delete()
    response = librarian_client.post(
        reverse("library_resources:edit", args=[resource.pk]), form(title="Tên mới", visibility="officers")
    )
    assert response.status_code == 302
    resource.refresh_from_db()
    assert (resource.title, resource.visibility) == ("Tên mới", "officers")
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()


def test_a_resource_is_withdrawn_with_a_reason_instead_of_deleted(librarian_client, client):
    resource = ResourceFactory()
    address = reverse("library_resources:delete", args=[resource.pk])
    assert librarian_client.get(address).status_code == 200
    assert librarian_client.post(address, {"reason": ""}).status_code == 200
    assert Resource.objects.public().filter(pk=resource.pk).exists()
    assert librarian_client.post(address, {"reason": "Nguồn đã gỡ"}).status_code == 302
    resource.refresh_from_db()
    assert resource.withdrawn_reason == "Nguồn đã gỡ"
    assert librarian_client.post(address).status_code == 302
    resource.refresh_from_db()
    assert not resource.is_withdrawn


def test_somebody_without_rights_cannot_withdraw(client, person):
    resource = ResourceFactory()
    client.force_login(person(Role.EDITOR))
    client.post(reverse("library_resources:delete", args=[resource.pk]), {"reason": "Phá"})
    resource.refresh_from_db()
    assert not resource.is_withdrawn


def test_the_list_finds_as_the_site_does(librarian_client, indexed):
    ResourceFactory(title="Kỹ thuật trồng ngô")
    ResourceFactory(title="Nuôi bò", officers_only=True)
    indexed()
    address = reverse("library_resources:index")
    assert rows(librarian_client.get(address, {"q": "ky thuat trong ngo"})) == ["Kỹ thuật trồng ngô"]
    assert rows(librarian_client.get(address, {"q": "nuôi bò"})) == ["Nuôi bò"]
    assert rows(librarian_client.get(address, {"q": "khongco"})) == []


def test_the_list_finds_what_has_been_withdrawn(librarian_client, indexed):
    withdraw(ResourceFactory(title="Kỹ thuật trồng ngô"), "Trùng với một học liệu khác.")
    withdraw(ResourceFactory(title="Nuôi bò"), "Trùng với một học liệu khác.")
    indexed()
    address = reverse("library_resources:index")
    assert rows(librarian_client.get(address, {"q": "trong NGÔ"})) == ["Kỹ thuật trồng ngô"]
    assert rows(librarian_client.get(address, {"q": "!"})) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "video"}, {"B"}),
        ({"visibility": "officers"}, {"C"}),
        ({"withdrawn": "yes"}, {"D"}),
        ({"withdrawn": "no"}, {"A", "B", "C"}),
        ({"language": "tyz"}, {"A"}),
        ({"source": "kho mẫu"}, {"B"}),
    ],
)
def test_the_list_is_narrowed_by_filters(librarian_client, query, expected):
    ResourceFactory(title="A", language="tyz")
    SourceRecordFactory(resource=ResourceFactory(title="B", kind="video"), source="Kho mẫu")
    ResourceFactory(title="C", officers_only=True)
    ResourceFactory(title="D", withdrawn=True)
    assert set(rows(librarian_client.get(reverse("library_resources:index"), query))) == expected


def test_filtering_by_a_subject_brings_its_branch(librarian_client):
    top = SubjectFactory()
    ResourceFactory(title="A", subjects=[SubjectFactory(parent=top)])
    ResourceFactory(title="B")
    response = librarian_client.get(reverse("library_resources:index"), {"subject": top.pk})
    assert rows(response) == ["A"]


def test_what_is_taken_out_as_a_sheet_can_be_put_back_unchanged(librarian_client, tmp_path):
    resource = ResourceFactory(
        title="Ngô", creators=["Người Mẫu"], tags=["x", "y"], year=2019, licence="CC-BY-4.0"
    )
    SourceRecordFactory(resource=resource, key="mau-1", data=describe(resource))
    for kind in ("csv", "xlsx"):
        response = librarian_client.get(reverse("library_resources:index"), {"export": kind})
        path = tmp_path / f"ra.{kind}"
        path.write_bytes(response.getvalue())
        counts = import_resources(read_table(path))
        assert str(counts) == "created 0, updated 0, unchanged 1, failed 0"


def test_a_title_that_looks_like_a_formula_stays_text_in_the_sheet(librarian_client):
    ResourceFactory(title="=HYPERLINK()")
    response = librarian_client.get(reverse("library_resources:index"), {"export": "csv"})
    row = next(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert row["title"] == "'=HYPERLINK()"


def test_documents_are_found_filtered_and_taken_out(librarian_client, indexed):
    OfficialDocumentFactory(number="387/QĐ-TTg", subject="Học tập suốt đời")
    OfficialDocumentFactory(number="1/KH-MẪU", kind="KH", subject="Kế hoạch mẫu")
    indexed()
    address = reverse("library_documents:index")

    def found(**query):
        return [each.number for each in librarian_client.get(address, query).context["object_list"]]

    assert found(q="387/qd") == ["387/QĐ-TTg"]
    assert found(kind="KH") == ["1/KH-MẪU"]
    sheet = librarian_client.get(address, {"export": "csv"}).getvalue().decode()
    assert {row["number"] for row in csv.DictReader(io.StringIO(sheet))} == {"387/QĐ-TTg", "1/KH-MẪU"}


def test_the_list_of_documents_leads_to_each_and_shows_its_date(librarian_client):
    document = OfficialDocumentFactory(number="", issue_date=datetime.date(2026, 2, 5))
    page = librarian_client.get(reverse("library_documents:index")).text
    assert reverse("library_documents:edit", args=[document.pk]) in page
    assert "05/02/2026" in page


def test_a_librarian_enters_a_document_with_the_date_as_it_is_written_here(librarian_client):
    response = librarian_client.post(
        reverse("library_documents:add"),
        {
            "number": "5/QĐ-MẪU",
            "kind": "QĐ",
            "subject": "Quyết định mẫu",
            "issuer": "Cơ quan mẫu",
            "field": "Lĩnh vực mẫu",
            "issue_date": "05/02/2026",
            "effective_date": "",
            "status": "in force",
            "replaced_by": "",
            "source_url": "",
        },
    )
    assert response.status_code == 302
    assert OfficialDocument.objects.get().issue_date.isoformat() == "2026-02-05"


def test_a_subject_in_use_is_kept_and_an_unused_one_can_go(librarian_client):
    used, unused = SubjectFactory(), SubjectFactory()
    ResourceFactory(subjects=[used])
    librarian_client.post(reverse("library_subjects:delete", args=[unused.pk]))
    response = librarian_client.post(reverse("library_subjects:delete", args=[used.pk]))
    assert response.status_code == 302
    assert list(Subject.objects.all()) == [used]


def test_renaming_a_subject_reaches_the_resources_of_its_branch(librarian_client):
    top = SubjectFactory(slug="cha")
    below = SubjectFactory(slug="con", parent=top)
    resource = ResourceFactory(subjects=[below])
    OutboxRow.objects.all().delete()
    librarian_client.post(
        reverse("library_subjects:edit", args=[top.pk]), {"name": "Tên mới", "slug": "cha", "parent": ""}
    )
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()


def test_an_editor_chooses_a_resource_for_a_page_by_searching(client, person, indexed):
    ResourceFactory(title="Kỹ thuật trồng ngô")
    ResourceFactory(title="Kỹ thuật nuôi bò", officers_only=True)
    indexed()
    client.force_login(person(Role.EDITOR))
    html = client.get(reverse("resource_chooser:choose_results"), {"q": "ky thuat"}).content.decode()
    assert "Kỹ thuật trồng ngô" in html
    assert "Kỹ thuật nuôi bò" not in html


def test_the_number_of_queries_of_the_list_does_not_grow(librarian_client, django_assert_max_num_queries):
    address = reverse("library_resources:index")
    ResourceFactory()
    librarian_client.get(address)
    with django_assert_max_num_queries(30) as few:
        librarian_client.get(address)
    ResourceFactory.create_batch(15)
    with django_assert_max_num_queries(30) as many:
        librarian_client.get(address)
    assert len(many) == len(few)


def test_a_link_that_is_no_web_address_is_shown_at_its_field(librarian_client):
    data = form(**{"renditions-0-url": "javascript:alert(1)"})
    response = librarian_client.post(reverse("library_resources:add"), data)
    assert "url" in response.context["form"].formsets["renditions"].forms[0].errors
    assert not Resource.objects.exists()


COMPLETE = {
    "alternative_titles": "Nuôi ong nội\nOng mật",
    "other_languages": ["tyz", "nut"],
    "age_from": "15",
    "age_to": "60",
    "page_count": "48",
    "duration_minutes": "90",
    "rights_holder": "Chủ quyền mẫu",
    "season_from": "11",
    "season_to": "2",
    "reviewer": "Người kiểm tra mẫu",
    "reviewed_on": "05/02/2026",
    "valid_until": "31/12/2027",
    "embargo_until": "01/01/2026",
    "identifiers-TOTAL_FORMS": "1",
    "identifiers-0-scheme": "isbn",
    "identifiers-0-value": "0-306-40615-2",
}


def test_every_field_of_a_resource_is_in_the_form(librarian_client):
    response = librarian_client.post(reverse("library_resources:add"), form(**COMPLETE))
    assert response.status_code == 302
    resource = Resource.objects.get()
    assert resource.other_titles == ["Nuôi ong nội", "Ong mật"]
    assert resource.other_languages == ["tyz", "nut"]
    assert (resource.age_from, resource.age_to, resource.page_count) == (15, 60, 48)
    assert (resource.season_from, resource.season_to) == (11, 2)
    assert (resource.reviewer, resource.reviewed_on) == ("Người kiểm tra mẫu", datetime.date(2026, 2, 5))
    assert resource.valid_until == datetime.date(2027, 12, 31)
    assert describe(resource)["identifiers"] == [["isbn", "9780306406157"]]
    editable = {field.name for field in Resource._meta.fields if field.editable}
    left_out = {"id", "sort_title"} | {field.name for field in Resource._meta.fields if not field.editable}
    html = librarian_client.get(reverse("library_resources:edit", args=[resource.pk])).content.decode()
    assert [name for name in editable - left_out if f'name="{name}"' not in html] == []


def test_languages_are_ticked_and_months_have_names(librarian_client):
    resource = ResourceFactory(other_languages=["tyz"], season_from=11, season_to=2)
    response = librarian_client.get(reverse("library_resources:edit", args=[resource.pk]))
    fields = response.context["form"].fields
    assert str(dict(fields["season_from"].choices)[11]) != "11"
    assert re.search(
        r'type="checkbox" name="other_languages" value="tyz"[^>]* checked', response.content.decode()
    )


def test_only_communes_in_force_can_be_chosen_and_the_one_that_is_chosen_stays(librarian_client):
    commune = PlaceFactory()
    ended = PlaceFactory(valid_to=datetime.date(2025, 6, 30))
    new = librarian_client.get(reverse("library_resources:add")).context["form"]
    assert list(new.fields["place"].queryset) == [commune]
    resource = ResourceFactory(place=ended)
    old = librarian_client.get(reverse("library_resources:edit", args=[resource.pk])).context["form"]
    assert set(old.fields["place"].queryset) == {commune, ended}


def test_the_file_of_a_new_resource_lies_in_the_folder_of_its_number(librarian_client):
    upload = SimpleUploadedFile("ong.txt", pdf(), content_type="text/plain")
    data = form(**{"renditions-0-form": "", "renditions-0-url": "", "renditions-0-file": upload})
    librarian_client.post(reverse("library_resources:add"), data)
    resource = Resource.objects.get()
    assert resource.renditions.get().file.name.startswith(f"{resource.pk}/")


def sourced(**changes):
    """A resource of a collection of which a librarian has changed the title and the creators."""
    resource = ResourceFactory(title="Tên của nguồn", creators=["Người của nguồn"])
    SourceRecordFactory(resource=resource, source="Kho mẫu", key="ong-1", data=describe(resource))
    rewrite(resource, {"title": "Tên đã sửa", "creators": [["Người đã sửa", "author"]]})
    return resource


def test_beside_a_corrected_field_stands_what_the_source_says(librarian_client):
    address = reverse("library_resources:edit", args=[sourced().pk])
    html = librarian_client.get(address).content.decode()
    assert "Tên của nguồn" in html
    assert "Người của nguồn" in html
    assert html.count('class="source-note"') == 2
    assert "Kho mẫu" in html
    assert "ong-1" in html


@pytest.mark.parametrize(
    ("name", "value"), [("title", "Tên của nguồn"), ("creators", [["Người của nguồn", "author"]])]
)
def test_a_librarian_takes_the_word_of_the_source_again(librarian_client, name, value):
    resource = sourced()
    address = reverse("library_resources:take_from_source", args=[resource.pk])
    response = librarian_client.post(address, {"name": name})
    assert response.status_code == 302
    assert describe(Resource.objects.get(pk=resource.pk))[name] == value
    assert OutboxRow.objects.filter(prefix="resource", object_id=str(resource.pk)).exists()


def test_taking_from_the_source_needs_the_right_and_something_that_it_says(client, librarian_client, person):
    resource = sourced()
    address = reverse("library_resources:take_from_source", args=[resource.pk])
    assert librarian_client.post(address, {"name": "uses"}).status_code == 404
    assert librarian_client.get(address, {"name": "title"}).status_code == 405
    client.force_login(person(Role.EDITOR))
    client.post(address, {"name": "title"})
    assert Resource.objects.get(pk=resource.pk).title == "Tên đã sửa"
