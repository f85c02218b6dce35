"""MARC goes out as it came in: one resource for everybody, a filtered list for the librarian."""

from io import BytesIO

import pymarc
import pytest

from django.core.management import call_command
from django.db.models import Prefetch
from django.urls import reverse

from library.domain.description import RELATED, describe
from library.domain.importing import load, read_material
from library.domain.marc_export import as_marc21, as_marcxml, marc_records
from library.enums import Audience, Language, Visibility
from library.interop import marc
from library.models import Identifier, Resource, SourceRecord
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory, SubjectFactory
from tests.library.samples import sample

pytestmark = pytest.mark.django_db

WRITERS = {"mrc": as_marc21, "xml": as_marcxml}


@pytest.fixture
def resource():
    resource = ResourceFactory(
        title="Trồng ngô: sổ tay",
        alternative_titles="Maize",
        creators=["Người Mẫu Một", "Người Mẫu Hai"],
        tags=["ngô", "đất dốc"],
        publisher="Nhà xuất bản mẫu",
        year=2019,
        language="tyz",
        other_languages=["vie"],
        kind="guide",
        page_count=120,
        duration_minutes=95,
        age_from=12,
        age_to=60,
        audience=Audience.BOTH,
        licence="CC-BY-SA-4.0",
        rights_holder="Hội mẫu",
        subjects=[SubjectFactory(name="Trồng trọt"), SubjectFactory(name="Khuyến nông")],
    )
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    return resource


def address_of(resource):
    return f"https://vi-du.example/r/{resource.pk}"


def out(ending: str, *resources) -> bytes:
    return b"".join(WRITERS[ending](marc_records(resources or Resource.objects.order_by("pk"), address_of)))


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("ending", ["mrc", "xml"])
def test_out_and_in_again_loses_nothing(resource, ending):
    """But where it was found and who may see it, for which MARC has no place of its own."""
    before = describe(resource)
    load(read_material(out(ending, resource)), source="Vòng đi vòng về")
    again = SourceRecord.objects.get(source="Vòng đi vòng về").resource
    assert again.pk != resource.pk
    after = describe(Resource.objects.get(pk=again.pk))
    assert {name for name in before if before[name] != after[name]} <= {"tags"}
    assert sorted(before["tags"]) == sorted(after["tags"])


@pytest.mark.parametrize("ending", ["mrc", "xml"])
def test_the_real_records_go_out_and_come_in_again_unchanged(ending):
    material = read_material(sample("marc/vn_hcmut_library_part4_0001-0500.mrc"))
    load(material, source="Thật")
    whole = Resource.objects.prefetch_related(*RELATED)
    loaded = {each.pk: describe(each) for each in whole}
    load(read_material(out(ending)), source="Vòng về")
    again = SourceRecord.objects.filter(source="Vòng về").prefetch_related(Prefetch("resource", whole.all()))
    assert len(again) == len(loaded) > 450
    for record in again:
        before, after = loaded[int(record.key)], describe(record.resource)
        different = {name for name in before if before[name] != after[name] and name != "tags"}
        assert different == set(), (
            before["title"],
            {name: (before[name], after[name]) for name in different},
        )
        assert sorted(map(str.casefold, before["tags"])) == sorted(map(str.casefold, after["tags"]))


@pytest.mark.parametrize(
    ("ending", "media_type"), [("mrc", "application/marc"), ("xml", "application/marcxml+xml")]
)
def test_everybody_can_take_the_record_of_a_resource(client, resource, ending, media_type):
    address = f"/r/{resource.pk}/marc.{ending}"
    assert address in client.get(resource.get_absolute_url()).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="hoc-lieu-{resource.pk}.{ending}"'
    assert response["X-Robots-Tag"] == "noindex"
    (record,) = read_material(response.content).records
    assert record.values["title"] == "Trồng ngô: sổ tay"


def test_another_program_reads_it(client, resource):
    (record,) = pymarc.MARCReader(BytesIO(client.get(f"/r/{resource.pk}/marc.mrc").content))
    assert record["001"].data == str(resource.pk)
    assert len(record["008"].data) == 40
    assert record["041"].get_subfields("a", "2") == ["tyz", "vie", "iso639-3"]
    assert record["546"]["a"] == f"{Language.TAY.label}; {Language.VIETNAMESE.label}"
    assert record["856"]["u"]
    (same,) = pymarc.parse_xml_to_array(BytesIO(client.get(f"/r/{resource.pk}/marc.xml").content))
    assert same["245"]["a"] == record["245"]["a"] == "Trồng ngô"


def test_what_somebody_may_not_see_they_may_not_take(client, officer):
    secret = ResourceFactory(visibility=Visibility.OFFICERS)
    gone = ResourceFactory(withdrawn=True)
    proposed = ResourceFactory(proposed=True)
    assert client.get(f"/r/{secret.pk}/marc.mrc").status_code == 403
    assert client.get(f"/r/{gone.pk}/marc.mrc").status_code == 410
    assert client.get(f"/r/{proposed.pk}/marc.mrc").status_code == 404
    client.force_login(officer)
    assert client.get(f"/r/{secret.pk}/marc.xml").status_code == 200


@pytest.mark.parametrize("ending", ["mrc", "xml"])
def test_the_librarian_takes_the_list_as_it_is_narrowed_down(librarian_client, ending):
    ResourceFactory(title="Phim mẫu", kind="video")
    ResourceFactory(title="Sách mẫu", kind="book")
    index = reverse("library_resources:index")
    assert f"export=marc-{ending}" in librarian_client.get(index).content.decode()
    response = librarian_client.get(f"{index}?kind=video&export=marc-{ending}")
    assert response["Content-Disposition"] == f'attachment; filename="hoc-lieu.{ending}"'
    assert [each.values["title"] for each in read_material(body(response)).records] == ["Phim mẫu"]


def test_a_long_list_costs_no_query_a_record(librarian_client, django_assert_max_num_queries):
    for _number in range(15):
        ResourceFactory(creators=["Người Mẫu"])
    index = reverse("library_resources:index")
    with django_assert_max_num_queries(25):
        assert len(list(marc.read(body(librarian_client.get(f"{index}?export=marc-mrc"))))) == 15


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR])
def test_nobody_else_takes_the_list(client, person, role):
    client.force_login(person(role))
    response = client.get(f"{reverse('library_resources:index')}?export=marc-mrc")
    assert response.status_code in (302, 403)


def test_a_record_that_is_too_long_for_the_format_loses_the_end_of_its_abstract():
    resource = ResourceFactory(abstract="\n".join(["trồng ngô " * 600] * 20))
    (reading,) = marc.read(out("mrc", resource))
    assert reading.record is not None
    assert 0 < len(reading.record.get_fields("520")) < 20


def test_a_file_that_went_out_comes_in_by_the_command(resource, tmp_path, capsys):
    path = tmp_path / "ra.xml"
    path.write_bytes(out("xml", resource))
    call_command("import_resources", str(path), source="Thư viện bạn")
    assert capsys.readouterr().out.splitlines()[-1] == "created 1, updated 0, unchanged 0, failed 0"
