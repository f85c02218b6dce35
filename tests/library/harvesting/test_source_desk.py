"""The pages of a collection that is read: begin, watch, stop, and what could not be read; and that nobody else gets there."""

import pytest

from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry

from library.enums import HarvestSchedule, HarvestState
from library.models import Harvest, Source
from portal.accounts.enums import Role
from portal.cms.dashboard import items
from tests.factories.accounts import UserFactory
from tests.factories.harvesting import HarvestFactory, HarvestFailureFactory, SourceFactory

from .brought import brought

pytestmark = pytest.mark.django_db

LIST = "/admin/thu-vien/kho/"


@pytest.fixture
def source():
    return SourceFactory(name="Kho mẫu", contact="kho@mau.example")


def address(source, name="edit", *args) -> str:
    return reverse(f"library_sources:{name}", args=[source.pk, *args])


def shown(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_tells_the_last_reading_and_how_much_waits(
    librarian_client, source, django_assert_max_num_queries
):
    HarvestFactory(source=source, done=True)
    HarvestFactory(source=source, broken=True)
    brought(source)
    page = shown(librarian_client, LIST)
    assert str(HarvestState.FAILED.label) in page
    assert str(HarvestState.DONE.label) not in page
    row = page.split("<tbody>")[1].split("</tr>")[0]
    assert "<td>1</td>" in "".join(row.split())
    for number in range(15):
        HarvestFactory(source__name=f"Kho khác {number}", source__schedule="daily", done=True)
    with django_assert_max_num_queries(20):
        shown(librarian_client, LIST)


def test_the_list_finds_without_accents(librarian_client, source):
    SourceFactory(name="Thư viện tỉnh")
    page = shown(librarian_client, f"{LIST}?q=thu+vien")
    assert "Thư viện tỉnh" in page
    assert "Kho mẫu" not in page


def test_a_reading_is_begun_and_written_down(librarian_client, source):
    Source.objects.update(
        response_date="2026-11-01T00:00:00Z", scope_read=source.scope, last_full_at=timezone.now()
    )
    librarian_client.post(address(source), {"action": "read"})
    run = Harvest.objects.get()
    assert (run.source, run.state, run.full) == (source, HarvestState.WAITING, False)
    assert run.started_by is not None
    assert ModelLogEntry.objects.for_instance(source).get().action == "library.harvest"
    page = shown(librarian_client, address(source))
    assert 'http-equiv="refresh"' in page
    assert 'value="stop"' in page
    assert 'value="read"' not in page


def test_two_clicks_are_one_reading(librarian_client, source):
    librarian_client.post(address(source), {"action": "read"})
    answer = librarian_client.post(address(source), {"action": "full"}, follow=True)
    assert [each.level_tag for each in answer.context["messages"]][-1] == "warning"
    assert Harvest.objects.count() == 1


def test_all_of_it_is_read_again_when_asked(librarian_client, source):
    librarian_client.post(address(source), {"action": "full"})
    assert Harvest.objects.get().full


def test_what_is_not_in_use_is_not_read(librarian_client, source):
    Source.objects.update(active=False)
    page = shown(librarian_client, address(source))
    assert 'value="read"' not in page
    librarian_client.post(address(source), {"action": "read"})
    assert not Harvest.objects.exists()


def test_a_reading_is_stopped(librarian_client, source):
    run = HarvestFactory(source=source, running=True)
    librarian_client.post(address(source, "run", run.pk), {"action": "stop"})
    run.refresh_from_db()
    assert run.cancel_asked
    assert 'http-equiv="refresh"' in shown(librarian_client, address(source, "run", run.pk))


def test_what_has_ended_cannot_be_stopped(librarian_client, source):
    run = HarvestFactory(source=source, done=True)
    answer = librarian_client.post(address(source, "run", run.pk), {"action": "stop"}, follow=True)
    assert [str(each.level_tag) for each in answer.context["messages"]] == ["warning"]
    assert 'value="stop"' not in answer.content.decode()
    assert 'http-equiv="refresh"' not in answer.content.decode()


def test_the_progress_is_a_bar_with_an_end_when_the_total_is_known(librarian_client, source):
    counts = {"offered": 1200, "read": 1199, "created": 1199, "failed": 1, "total": 5000, "seconds": 60}
    run = HarvestFactory(source=source, running=True, **counts)
    page = shown(librarian_client, address(source))
    assert '<progress max="5000" value="1200"' in page
    assert "20 biểu ghi mỗi giây" in page
    Harvest.objects.filter(pk=run.pk).update(total=None)
    assert "<progress aria-label" in shown(librarian_client, address(source))


def test_a_reading_shows_its_figures_its_notes_and_its_reason(librarian_client, source):
    run = HarvestFactory(source=source, broken=True, notes=["Trả lời có ký tự lạ."])
    page = shown(librarian_client, address(source, "run", run.pk))
    assert "Trả lời có ký tự lạ." in page
    assert "Kho mẫu không trả lời." in page


def test_records_that_could_not_be_read_are_listed_page_by_page(librarian_client, source):
    run = HarvestFactory(source=source, done=True, offered=30, failed=30)
    for number in range(1, 31):
        HarvestFailureFactory(harvest=run, number=number, identifier=f"oai:mau:{number}")
    page = shown(librarian_client, address(source, "run", run.pk))
    assert "oai:mau:25<" in page
    assert "oai:mau:26<" not in page
    assert "oai:mau:30<" in shown(librarian_client, address(source, "run", run.pk) + "?p=2")


def test_what_could_not_be_read_is_text_here_and_a_file_to_take_home(librarian_client, source):
    run = HarvestFactory(source=source, done=True, offered=1, failed=1, notes=["<i>lạ</i>"])
    raw = b"<script>alert(1)</script>\x00\xff"
    HarvestFailureFactory(harvest=run, number=1, identifier="<b>1</b>", reason="<u>x</u>", raw=raw)
    page = shown(librarian_client, address(source, "run", run.pk))
    for tag in ("<script>alert", "<b>1", "<u>x", "<i>lạ"):
        assert tag not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;␀\ufffd" in page
    file = librarian_client.get(address(source, "failure", run.pk, 1))
    assert file.content == raw
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Type"] == "application/octet-stream"


def test_a_reading_of_another_collection_is_not_shown_under_this_one(librarian_client, source):
    other = HarvestFailureFactory()
    assert librarian_client.get(address(source, "run", other.harvest_id)).status_code == 404
    failure = address(source, "failure", other.harvest_id, other.number)
    assert librarian_client.get(failure).status_code == 404


def test_the_next_reading_is_told(librarian_client, source):
    assert "lần tới" not in shown(librarian_client, address(source))
    Source.objects.update(schedule=HarvestSchedule.DAILY)
    HarvestFactory(source=source, done=True)
    assert "lần tới" in shown(librarian_client, address(source))


def test_what_waits_and_what_broke_off_is_told_on_the_first_page(rf, person, source):
    request = rf.get("/admin/")
    request.user = person(Role.LIBRARIAN)
    assert not items(request)
    brought(source)
    HarvestFactory(source=source, broken=True)
    urls = [item.url for item in items(request)]
    assert urls == [reverse("library_review:index"), address(source)]
    HarvestFactory(source=source, done=True)
    assert [item.url for item in items(request)] == [reverse("library_review:index")]
    request.user = person(Role.VIEWER)
    assert not items(request)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER, Role.EDITOR, Role.ORGANISER, None])
def test_nobody_else_sees_begins_or_stops_anything(client, source, role):
    failure = HarvestFailureFactory(harvest__source=source, harvest__running=True)
    run = failure.harvest
    client.force_login(UserFactory(role=role) if role else UserFactory())
    pages = [
        LIST,
        reverse("library_sources:add"),
        reverse("library_sources:words"),
        address(source),
        address(source, "settings"),
        address(source, "words_of"),
        address(source, "run", run.pk),
        address(source, "failure", run.pk, failure.number),
    ]
    for page in pages:
        assert client.get(page).status_code in (302, 403), page
    client.post(address(source, "run", run.pk), {"action": "stop"})
    client.post(address(source), {"action": "stop"})
    run.refresh_from_db()
    assert not run.cancel_asked
    Harvest.objects.update(state=HarvestState.DONE, holder="", lease_until=None, finished_at=timezone.now())
    client.post(address(source), {"action": "read"})
    assert Harvest.objects.count() == 1


def test_a_collection_is_put_out_of_use_not_deleted(librarian_client, source):
    assert librarian_client.get(f"{LIST}delete/{source.pk}/").status_code in (302, 403, 404)
    librarian_client.post(f"{LIST}delete/{source.pk}/")
    assert Source.objects.filter(pk=source.pk).exists()


def test_no_collection_is_added_past_the_look_at_its_connection(librarian_client):
    before = Source.objects.count()
    response = librarian_client.post(f"{LIST}new/", {"name": "Kho không ai xem"})
    assert response.status_code == 404
    assert Source.objects.count() == before
