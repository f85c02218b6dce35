"""The form of a resource in the admin: every field, every mistake, and what the source says beside it."""

import datetime
import re

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from library.domain.description import describe
from library.domain.ingest import rewrite
from library.models import Resource
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from tests.factories.files import pdf
from tests.factories.library import (
    ResourceFactory,
    SourceRecordFactory,
)
from tests.factories.places import PlaceFactory
from tests.library.resource_form import form

pytestmark = pytest.mark.django_db


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
