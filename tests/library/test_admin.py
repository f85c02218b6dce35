"""The librarian's lists, by HTTP: who may, who may not, and what comes of it."""

import csv
import datetime
import io

import pytest

from django.urls import reverse

from library.domain.description import describe
from library.domain.importing import import_resources
from library.domain.withdrawal import withdraw
from library.models import OfficialDocument, Resource, Subject
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from portal.web.imports import read_table
from tests.factories.library import (
    OfficialDocumentFactory,
    ResourceFactory,
    SourceRecordFactory,
    SubjectFactory,
)
from tests.library.resource_form import form

pytestmark = pytest.mark.django_db


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
