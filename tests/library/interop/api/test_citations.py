"""A resource in a reference manager: the name of a Vietnamese stays whole, and no sign breaks the format."""

import json
import re

import pytest
import rispy

from library.enums import ContributorRole
from library.models import Contribution, Identifier
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db

TAGS = rispy.config.TAG_KEY_MAPPING | {"ED": "editors"}
LISTS = [*rispy.config.LIST_TYPE_TAGS, "ED"]


@pytest.fixture
def resource():
    resource = ResourceFactory(
        title="Trồng ngô & đậu: 100% trên đất_dốc {tập 1}",
        creators=["Trần Trí Dõi", "Lê Công"],
        publisher="Nhà xuất bản mẫu",
        year=2019,
        abstract="Dòng một.\nER  - dòng hai $5 ~ ^ \\ #1",
        tags=["ngô"],
        kind="book",
    )
    Contribution.objects.create(resource=resource, name="Ngô Thị Mẫu", role=ContributorRole.EDITOR)
    Contribution.objects.create(resource=resource, name="Hà Mẫu", role=ContributorRole.TRANSLATOR)
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    Identifier.objects.create(resource=resource, scheme="doi", value="10.1234/ngo")
    return resource


def text(client, resource, ending):
    response = client.get(f"/r/{resource.pk}/trich-dan.{ending}")
    assert response.status_code == 200
    return response.content.decode()


def ris(client, resource):
    return rispy.loads(text(client, resource, "ris"), mapping=TAGS, list_tags=LISTS)


def test_ris_is_read_back_with_everything_that_is_known(client, resource):
    (entry,) = ris(client, resource)
    assert entry["type_of_reference"] == "BOOK"
    assert entry["title"] == resource.title
    assert (entry["year"], entry["publisher"], entry["language"]) == ("2019", "Nhà xuất bản mẫu", "vi")
    assert (entry["doi"], entry["keywords"]) == ("10.1234/ngo", ["ngô"])
    assert entry["issn"] == "978-0-306-40615-7"
    assert entry["urls"] == [f"http://testserver/r/{resource.pk}"]


def test_a_name_stays_whole_and_in_its_order_in_ris(client, resource):
    (entry,) = ris(client, resource)
    assert entry["authors"] == ["Trần Trí Dõi", "Lê Công"]
    assert (entry["editors"], entry["subsidiary_authors"]) == (["Ngô Thị Mẫu"], ["Hà Mẫu"])


def test_a_text_that_looks_like_a_tag_ends_no_entry_of_ris(client, resource):
    (entry,) = ris(client, resource)
    assert entry["abstract"] == "Dòng một. ER - dòng hai $5 ~ ^ \\ #1"


def test_lines_of_ris_end_as_the_specification_asks(client, resource):
    lines = text(client, resource, "ris").split("\r\n")
    assert lines[0] == "TY  - BOOK"
    assert lines[-2:] == ["ER  - ", ""]
    assert not any("\n" in line for line in lines)


def test_csl_json_keeps_names_literal(client, resource):
    (item,) = json.loads(text(client, resource, "json"))
    assert item["author"] == [{"literal": "Trần Trí Dõi"}, {"literal": "Lê Công"}]
    assert item["editor"] == [{"literal": "Ngô Thị Mẫu"}]
    assert item["translator"] == [{"literal": "Hà Mẫu"}]


def test_csl_json_has_the_shape_of_the_language(client, resource):
    (item,) = json.loads(text(client, resource, "json"))
    assert (item["type"], item["id"]) == ("book", f"hoc-lieu-{resource.pk}")
    assert item["issued"] == {"date-parts": [[2019]]}
    assert (item["ISBN"], item["DOI"]) == ("978-0-306-40615-7", "10.1234/ngo")
    assert item["URL"] == f"http://testserver/r/{resource.pk}"


def test_bibtex_escapes_what_latex_would_run(client, resource):
    entry = text(client, resource, "bib")
    assert entry.startswith(f"@book{{hoc-lieu-{resource.pk},\n")
    assert r"title = {{Trồng ngô \& đậu: 100\% trên đất\_dốc \{tập 1\}}}" in entry
    assert (
        r"abstract = {Dòng một. ER - dòng hai \$5 \textasciitilde{} \textasciicircum{} \textbackslash{} \#1}"
        in entry
    )


def test_bibtex_neither_splits_nor_turns_a_name(client, resource):
    entry = text(client, resource, "bib")
    assert "author = {{Trần Trí Dõi} and {Lê Công}}" in entry
    assert "editor = {{Ngô Thị Mẫu}}" in entry
    assert "translator = {{Hà Mẫu}}" in entry


def test_braces_of_bibtex_are_balanced_whatever_stands_in_a_title(client):
    entry = text(client, ResourceFactory(title="}{ } \\{"), "bib")
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("ending", ["bib", "ris", "json"])
def test_what_is_not_known_is_left_out(client, ending):
    resource = ResourceFactory(kind="guide", abstract="")
    entry = text(client, resource, ending)
    for word in ("None", "publisher", "PB", "AU", "author", "issued", "year"):
        assert word not in entry


def test_the_page_of_a_resource_offers_all_three(client, resource):
    html = client.get(f"/r/{resource.pk}").content.decode()
    for ending in ("bib", "ris", "json"):
        assert f'href="/r/{resource.pk}/trich-dan.{ending}"' in html


def test_each_is_a_file_to_keep_that_no_search_engine_lists(client, resource):
    response = client.get(f"/r/{resource.pk}/trich-dan.bib")
    assert response["Content-Disposition"] == f'attachment; filename="hoc-lieu-{resource.pk}.bib"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"


@pytest.mark.parametrize(("hidden", "status"), [({"officers_only": True}, 403), ({"withdrawn": True}, 410)])
def test_what_a_reader_may_not_see_is_not_cited_either(client, hidden, status):
    resource = ResourceFactory(title="Tên kín", **hidden)
    response = client.get(f"/r/{resource.pk}/trich-dan.ris")
    assert response.status_code == status
    assert "Tên kín" not in response.content.decode()


def test_a_format_that_is_not_there_is_not_found(client, resource):
    assert client.get(f"/r/{resource.pk}/trich-dan.xml").status_code == 404
