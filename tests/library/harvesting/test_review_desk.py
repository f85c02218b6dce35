"""The page "Duyệt học liệu mới": a librarian's decision over HTTP, and that nobody else gets there."""

import pytest

from django.urls import reverse

from library.domain.harvesting import reviewing
from library.models import Duplicate, Resource
from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.harvesting import SourceFactory
from tests.factories.library import ResourceFactory

from .brought import brought

pytestmark = pytest.mark.django_db

PAGE = "/admin/thu-vien/duyet/"


@pytest.fixture
def source():
    return SourceFactory(name="Kho mẫu")


def shown(client, query="") -> str:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_leads_to_the_form_and_to_the_record(librarian_client, source):
    resource = brought(source, creators=["Người Mẫu"], raw=b"<dc/>")
    record = resource.records.get()
    page = shown(librarian_client)
    assert reverse("library_resources:edit", args=[resource.pk]) in page
    assert reverse("library_review:record", args=[record.pk]) in page
    for text in ("Trồng ngô", "Người Mẫu", "Kho mẫu", record.key):
        assert text in page


def test_titles_and_names_of_others_are_only_ever_text(librarian_client, source):
    brought(source, "<script>alert(1)</script>", creators=["<b>Ai</b>"], raw=b"<script>alert(2)</script>")
    page = shown(librarian_client)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Ai" not in page
    record = Resource.objects.get().records.get()
    page = librarian_client.get(reverse("library_review:record", args=[record.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)" in page


def test_the_record_is_shown_and_can_be_taken_home(librarian_client, source):
    resource = brought(source, raw=b"<dc>ng\xc3\xb4\x1f\xff</dc>", words=["Nông nghiệp"])
    record = resource.records.get()
    record.data = {"title": "Trồng ngô", "creators": [["Người Mẫu", "author"]], "year": 2019}
    record.rights_note = "Chỉ dùng tại chỗ."
    record.save()
    address = reverse("library_review:record", args=[record.pk])
    page = librarian_client.get(address).content.decode()
    for text in ("Người Mẫu", "2019", "Nông nghiệp", "Chỉ dùng tại chỗ.", "&lt;dc&gt;ngô␟\ufffd"):
        assert text in page
    file = librarian_client.get(f"{address}?tai=1")
    assert file.content == b"<dc>ng\xc3\xb4\x1f\xff</dc>"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Type"] == "application/octet-stream"


def test_the_list_is_narrowed_down(librarian_client, source):
    other = SourceFactory(name="Kho khác")
    brought(source, "Kỹ thuật trồng ngô", kind="book")
    bee = brought(other, "Nuôi ong", kind="video", language="tyz")
    for query in (
        f"?source={other.pk}",
        "?kind=video",
        "?language=tyz",
        "?q=NUOI+ong",
        f"?q={bee.records.get().key}",
    ):
        page = shown(librarian_client, query)
        assert "Nuôi ong" in page, query
        assert "Kỹ thuật trồng ngô" not in page, query
    assert "Kỹ thuật trồng ngô" in shown(librarian_client, "?source=khong-phai-so&kind=la")


def test_the_ticked_ones_are_taken(librarian_client, source):
    one, other = brought(source, "Một"), brought(source, "Hai")
    answer = librarian_client.post(
        PAGE, {"action": "take", "pick": [one.pk, "x", "99999999999999999999"]}, follow=True
    )
    assert "1 " in str(*answer.context["messages"])
    assert list(Resource.objects.public()) == [one]
    assert list(reviewing.waiting()) == [other]


def test_nothing_ticked_is_said_and_changes_nothing(librarian_client, source):
    brought(source)
    page = librarian_client.post(PAGE, {"action": "take"})
    assert page.context["mistake"]
    assert reviewing.waiting().count() == 1


def test_declining_asks_for_a_reason_and_keeps_the_ticks(librarian_client, source):
    one = brought(source)
    page = librarian_client.post(PAGE, {"action": "decline", "pick": [one.pk], "reason": " "})
    assert page.context["mistake"]
    assert f'value="{one.pk}" checked' in page.content.decode()
    librarian_client.post(PAGE, {"action": "decline", "pick": [one.pk], "reason": "Không hợp."})
    one.refresh_from_db()
    assert one.withdrawn_reason == "Không hợp."
    assert "Không hợp." in shown(librarian_client, "?state=declined")
    librarian_client.post(f"{PAGE}?state=declined", {"action": "reconsider", "pick": [one.pk]})
    assert list(reviewing.waiting()) == [one]


def test_all_of_a_source_is_taken_after_one_more_question(librarian_client, source):
    brought(SourceFactory(name="Kho khác"), "Của kho khác")
    for number in range(60):
        brought(source, f"Sách {number}")
    up_to = Resource.objects.latest("pk").pk
    address = f"{PAGE}?source={source.pk}"
    asked = librarian_client.post(address, {"action": "take", "scope": "all", "up_to": up_to})
    assert asked.context["asks_about_all"] == "take"
    assert reviewing.waiting().count() == 61
    late = brought(source, "Vừa mới về")
    wish = {"action": "take", "scope": "all", "up_to": up_to, "sure": "1"}
    answer = librarian_client.post(address, wish)
    assert answer.url == address
    assert {each.title for each in reviewing.waiting()} == {"Của kho khác", late.title}
    assert Resource.objects.public().count() == 60


def test_all_of_a_source_is_declined_with_one_reason(librarian_client, source):
    brought(source)
    wish = {"action": "decline", "scope": "all", "up_to": Resource.objects.get().pk}
    assert not librarian_client.post(PAGE, wish).context["mistake"]
    assert librarian_client.post(PAGE, wish | {"sure": "1"}).context["mistake"]
    assert reviewing.waiting().exists()
    librarian_client.post(PAGE, wish | {"sure": "1", "reason": "Không hợp."})
    assert reviewing.declined().count() == 1


def test_a_list_of_thousands_costs_the_same_number_of_queries(
    librarian_client, source, django_assert_max_num_queries
):
    for number in range(60):
        brought(source, f"Sách {number}", creators=["Người Mẫu"])
    shown(librarian_client)
    with django_assert_max_num_queries(20):
        page = shown(librarian_client, "?p=2")
    assert "Sách 9<" in page
    assert "Sách 59<" not in page


def test_the_menu_of_the_admin_leads_there(librarian_client):
    assert PAGE in librarian_client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER, Role.EDITOR, Role.ORGANISER, None])
def test_nobody_else_looks_in_or_decides(client, source, role):
    resource = brought(source, raw=b"<dc/>")
    client.force_login(UserFactory(role=role) if role else UserFactory())
    record = reverse("library_review:record", args=[resource.records.get().pk])
    for address in (PAGE, record, f"{record}?tai=1"):
        assert client.get(address).status_code in (302, 403), address
    everything = {"action": "take", "scope": "all", "sure": "1", "up_to": resource.pk}
    assert client.post(PAGE, everything).status_code in (302, 403)
    client.post(PAGE, {"action": "decline", "pick": [resource.pk], "reason": "Không."})
    assert list(reviewing.waiting()) == [resource]
    assert not Resource.objects.public().exists()


def test_visitors_are_sent_to_the_sign_in_and_the_resource_is_not_there(client, source):
    resource = brought(source)
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"action": "take", "pick": [resource.pk]}).status_code == 302
    assert client.get(resource.get_absolute_url()).status_code == 404
    assert not Resource.objects.public().exists()


def test_what_may_be_here_already_is_told(librarian_client, source):
    here, waits = ResourceFactory(title="Trồng ngô"), brought(source)
    first, second = sorted((here.pk, waits.pk))
    pair = Duplicate.objects.create(first_id=first, second_id=second, reason="link", score=100)
    assert reverse("library_duplicates:edit", args=[pair.pk]) in shown(librarian_client)
    Duplicate.objects.update(state="apart")
    assert reverse("library_duplicates:edit", args=[pair.pk]) not in shown(librarian_client)
