"""What the database refuses, whoever writes to it."""

import pytest

from django.db import IntegrityError, connection, transaction

from tests.factories.campaigns import EventPageFactory, NewsPageFactory, ObservanceDayFactory
from tests.factories.home import HomePageFactory

pytestmark = pytest.mark.django_db


def refused(statement, *values):
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(statement, values)


def test_an_event_cannot_end_before_it_begins():
    HomePageFactory()
    page = EventPageFactory()
    refused(
        "UPDATE campaigns_eventpage SET ends_at = %s WHERE page_ptr_id = %s",
        "2000-01-01 00:00:00+00:00",
        page.pk,
    )


def test_a_correction_cannot_stand_without_its_day():
    HomePageFactory()
    page = NewsPageFactory()
    refused("UPDATE campaigns_newspage SET correction = 'sai' WHERE page_ptr_id = %s", page.pk)


def test_a_topic_cannot_stand_twice_at_one_piece_of_news():
    HomePageFactory()
    page = NewsPageFactory(topics=["Đọc sách"])
    refused(
        "INSERT INTO campaigns_pagetopic (content_object_id, tag_id) VALUES (%s, %s)",
        page.pk,
        page.topics.get().pk,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("start_month", 0),
        ("start_month", 13),
        ("start_day", 0),
        ("start_day", 32),
        ("end_month", 13),
        ("end_day", 0),
    ],
)
def test_a_yearly_day_cannot_lie_outside_the_year(column, value):
    day = ObservanceDayFactory()
    refused(f"UPDATE campaigns_observanceday SET {column} = %s WHERE id = %s", value, day.pk)


def test_a_yearly_day_has_its_name_alone():
    one, other = ObservanceDayFactory.create_batch(2)
    refused("UPDATE campaigns_observanceday SET name = %s WHERE id = %s", one.name, other.pk)
