"""Events and yearly days: the list, the page, the calendars to subscribe to."""

import datetime
import json
import re

import pytest

from django.utils import timezone

from campaigns.domain import latest
from tests.campaigns import ics
from tests.campaigns.queries import statements
from tests.factories.campaigns import EventIndexPageFactory, EventPageFactory, ObservanceDayFactory
from tests.factories.home import HomePageFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def index():
    HomePageFactory()
    return EventIndexPageFactory()


def hours(*, from_now):
    return timezone.now() + datetime.timedelta(hours=from_now)


def titles(events):
    return [event.title for event in events]


def test_events_are_coming_until_they_end(client):
    EventPageFactory(title="Đang diễn ra", starts_at=hours(from_now=-1), ends_at=hours(from_now=1))
    EventPageFactory(title="Sắp tới", starts_at=hours(from_now=48))
    EventPageFactory(title="Đã xong", starts_at=hours(from_now=-48), ends_at=hours(from_now=-47))
    EventPageFactory(title="Xong lâu rồi", starts_at=hours(from_now=-999))
    EventPageFactory(title="Còn nháp", live=False)

    context = client.get("/su-kien/").context

    assert titles(context["coming"]) == ["Đang diễn ra", "Sắp tới"]
    assert titles(context["past"]) == ["Đã xong", "Xong lâu rồi"]


def test_past_events_have_pages(client):
    for number in range(13):
        EventPageFactory(starts_at=hours(from_now=-number - 1))

    assert len(client.get("/su-kien/").context["past"]) == 12
    assert len(client.get("/su-kien/?page=2").context["past"]) == 1


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x"])
def test_a_page_that_is_not_there_is_a_404(client, query):
    assert client.get(f"/su-kien/?{query}").status_code == 404


def test_yearly_days_stand_with_their_next_date_legal_basis_and_source(client):
    today = timezone.localdate()
    soon = today + 3 * DAY
    ObservanceDayFactory(
        name="Ngày gần",
        start_month=soon.month,
        start_day=soon.day,
        end_month=soon.month,
        end_day=soon.day,
        legal_basis="Căn cứ mẫu",
        source_url="https://example.org/nguon",
    )
    gone = today - 3 * DAY
    ObservanceDayFactory(
        name="Ngày xa", start_month=gone.month, start_day=gone.day, end_month=gone.month, end_day=gone.day
    )

    response = client.get("/su-kien/")

    assert [day.name for day, _span in response.context["observances"]] == ["Ngày gần", "Ngày xa"]
    assert "Căn cứ mẫu" in response.text
    assert 'href="https://example.org/nguon"' in response.text
    assert soon.strftime("%Y-%m-%d") in response.text


def test_the_list_asks_as_many_queries_for_ten_events_as_for_two(client):
    for _event in range(2):
        EventPageFactory(place=CommuneFactory())
        EventPageFactory(place=CommuneFactory(), starts_at=hours(from_now=-99))
    few = statements(client, "/su-kien/")
    for _event in range(8):
        EventPageFactory(place=CommuneFactory())
        EventPageFactory(place=CommuneFactory(), starts_at=hours(from_now=-99))
        ObservanceDayFactory()

    many = statements(client, "/su-kien/")

    assert len(many) == len(few) <= 13, many
    assert len(set(many)) == len(many)


def test_an_event_says_when_where_and_for_whom(client):
    page = EventPageFactory(
        starts_at=datetime.datetime(2030, 2, 5, 1, 0, tzinfo=datetime.UTC),
        ends_at=datetime.datetime(2030, 2, 5, 3, 30, tzinfo=datetime.UTC),
        venue="Nhà văn hóa xóm Mẫu",
        place=CommuneFactory(name="Mẫu Sơn"),
        audience="Mọi người",
        organiser="Hội Khuyến học xã Mẫu",
    )

    html = client.get(page.url).text

    for words in ("08:00", "10:30", "05/02/2030", "Nhà văn hóa xóm Mẫu, Xã Mẫu Sơn", "Mọi người"):
        assert words in html
    assert "Hội Khuyến học xã Mẫu" in html
    assert f'href="/su-kien/{page.pk}.ics"' in html


def test_the_address_of_a_calendar_is_never_written_with_a_thousands_dot(client):
    page = EventPageFactory(pk=1234567)

    assert f'href="{page.calendar_url}"' in client.get(page.url).text
    assert page.calendar_url == "/su-kien/1234567.ics"


def test_an_event_of_several_days_names_both(client):
    start = datetime.datetime(2030, 2, 5, 1, 0, tzinfo=datetime.UTC)
    page = EventPageFactory(starts_at=start, ends_at=start + 2 * DAY)

    html = client.get(page.url).text

    assert "08:00 05/02/2030" in html
    assert "08:00 07/02/2030" in html


def test_an_event_that_ends_after_midnight_in_utc_may_still_be_of_one_day_here():
    start = datetime.datetime(2030, 2, 4, 23, 0, tzinfo=datetime.UTC)  # 06:00 on the 5th in Vietnam
    page = EventPageFactory(starts_at=start, ends_at=start + datetime.timedelta(hours=3))

    assert page.date == datetime.date(2030, 2, 5)
    assert page.last_day is None


def test_an_event_asks_at_most_twelve_queries_and_none_twice(client):
    queries = statements(client, EventPageFactory(place=CommuneFactory()).url)

    assert len(queries) <= 12, queries
    assert len(set(queries)) == len(queries)


def test_an_event_tells_machines_when_and_where(client):
    page = EventPageFactory(title="Một buổi", venue="Nhà văn hóa", organiser="Hội mẫu")

    html = client.get(page.url).text

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (data["@type"], data["location"]["name"]) == ("Event", "Nhà văn hóa")
    assert data["organizer"]["name"] == "Hội mẫu"
    assert datetime.datetime.fromisoformat(data["startDate"])


@pytest.mark.parametrize("address", ["/su-kien/", "/su-kien/mot-buoi/"])
def test_headings_are_in_order(client, address):
    ObservanceDayFactory()
    EventPageFactory(slug="mot-buoi")
    EventPageFactory(starts_at=hours(from_now=-99))

    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(address).text.split("<main")[1])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_calendar_holds_events_and_yearly_days(client):
    EventPageFactory(title="Sắp tới", slug="sap-toi", venue="Nhà văn hóa", place=CommuneFactory(name="Mẫu"))
    EventPageFactory(title="Vừa xong", starts_at=hours(from_now=-48))
    EventPageFactory(title="Hai năm trước", starts_at=timezone.now() - 800 * DAY)
    EventPageFactory(title="Còn nháp", live=False)
    ObservanceDayFactory(name="Tuần mẫu", start_day=1, end_day=7, legal_basis="Căn cứ mẫu")

    response = client.get("/su-kien/lich.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = {event["SUMMARY"]: event for event in ics.events(response.text)}
    assert set(found) == {"Sắp tới", "Vừa xong", "Tuần mẫu"}
    assert found["Sắp tới"]["LOCATION"] == "Nhà văn hóa, Xã Mẫu"
    assert found["Sắp tới"]["URL"] == "http://localhost/su-kien/sap-toi/"
    assert found["Tuần mẫu"]["RRULE"] == "FREQ=YEARLY"
    assert found["Tuần mẫu"]["DESCRIPTION"] == "Căn cứ mẫu"


def test_a_yearly_day_across_the_new_year_ends_in_the_next_year(client):
    ObservanceDayFactory(start_month=12, start_day=30, end_month=1, end_day=2)

    [event] = ics.events(client.get("/su-kien/lich.ics").text)

    assert event["DTSTART;VALUE=DATE"][:4] < event["DTEND;VALUE=DATE"][:4]
    assert event["DTEND;VALUE=DATE"].endswith("0103")


def test_the_uid_of_an_event_stays_whatever_else_changes(client):
    page = EventPageFactory(title="Tên cũ")
    [before] = ics.events(client.get(page.calendar_url).text)
    page.title, page.slug, page.starts_at = "Tên mới", "ten-moi", hours(from_now=72)
    page.save_revision().publish()

    [after] = ics.events(client.get(page.calendar_url, headers={"Host": "127.0.0.1"}).text)

    assert after["SUMMARY"] == "Tên mới"
    assert after["UID"] == before["UID"]


def test_an_event_without_an_end_has_none_in_its_calendar(client):
    """RFC 5545, 3.6.1: it then ends when it begins. 3.8.2.2 forbids to say so by a DTEND that is no later."""
    [event] = ics.events(client.get(EventPageFactory().calendar_url).text)

    assert "DTSTART" in event
    assert "DTEND" not in event


def test_the_calendar_of_a_draft_or_of_nothing_is_not_found(client):
    assert client.get(EventPageFactory(live=False).calendar_url).status_code == 404
    assert client.get("/su-kien/999.ics").status_code == 404


def test_the_calendar_asks_as_many_queries_for_ten_events_as_for_two(client):
    EventPageFactory.create_batch(2, place=CommuneFactory())
    few = statements(client, "/su-kien/lich.ics")
    EventPageFactory.create_batch(8, place=CommuneFactory())

    assert len(statements(client, "/su-kien/lich.ics")) == len(few)


def test_the_next_occasions_for_the_front_door_are_events_and_yearly_days_by_date(rf):
    today = timezone.localdate()
    for name, when in {"Ngày kia": today + 2 * DAY, "Ngày xa": today + 99 * DAY}.items():
        ObservanceDayFactory(
            name=name, start_month=when.month, start_day=when.day, end_month=when.month, end_day=when.day
        )
    EventPageFactory(title="Ngày mai", starts_at=timezone.now() + DAY, slug="ngay-mai")
    EventPageFactory(title="Hôm kia", starts_at=timezone.now() - 2 * DAY)

    found = latest.next_events(rf.get("/"), 2)

    assert [(occasion.title, occasion.url) for occasion in found] == [
        ("Ngày mai", "/su-kien/ngay-mai/"),
        ("Ngày kia", "/su-kien/"),
    ]
    assert found[1].first == today + 2 * DAY
    assert found[1].last is None


def test_without_a_list_of_events_yearly_days_have_no_address(rf, index):
    index.unpublish()
    ObservanceDayFactory()

    [day] = latest.next_events(rf.get("/"), 3)

    assert day.url == ""


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_feed_tells_of_events_the_newest_announcement_first(client, name):
    EventPageFactory(title="Báo trước", starts_at=hours(from_now=48), first_published_at=hours(from_now=-48))
    EventPageFactory(title="Báo sau", starts_at=hours(from_now=24), first_published_at=hours(from_now=-1))
    EventPageFactory(title="Còn nháp", live=False)

    text = client.get(f"/su-kien/{name}").text

    assert text.index("Báo sau") < text.index("Báo trước")
    assert "Còn nháp" not in text
    assert f"/su-kien/{name}" in client.get("/su-kien/").text
