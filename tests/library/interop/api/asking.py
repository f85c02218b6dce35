"""Asking /api/v1/ for resources."""

import datetime

from library.models import Identifier, Resource
from tests.factories.library import ResourceFactory
from tests.factories.places import PlaceFactory

LIST = "/api/v1/resources/"


def ids(answer: dict) -> list[int]:
    return [each["id"] for each in answer["results"]]


def full(**more) -> Resource:
    """One of which everything is known."""
    resource = ResourceFactory(
        title="Kỹ thuật nuôi ong",
        alternative_titles="Nuôi ong nội",
        creators=["Người Mẫu"],
        tags=["ong"],
        other_languages=["tyz"],
        publisher="Nhà xuất bản mẫu",
        year=2019,
        licence="CC-BY-4.0",
        age_from=15,
        page_count=48,
        duration_minutes=90,
        place=PlaceFactory(name="Xã Mẫu Ong"),
        reviewer="Trạm mẫu",
        reviewed_on=datetime.date(2026, 2, 5),
        valid_until=datetime.date(2999, 12, 31),
        **more,
    )
    Identifier.objects.create(resource=resource, scheme="isbn", value="9780306406157")
    return resource
