"""What a new site begins with: the lists of news and events, the yearly days, the first articles."""

import csv
import datetime
import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

from campaigns.models import EventIndexPage, NewsIndexPage, NewsPage, ObservanceDay

DATA = Path(__file__).resolve().parents[1] / "data"
BETWEEN = datetime.timedelta(days=7)  # articles bear the dates of the weeks before the first run


@transaction.atomic
def load(home_page: Page) -> None:
    """Create what has never been there. What was changed or deleted since stays as people left it."""
    _section(
        home_page,
        EventIndexPage,
        slug="su-kien",
        title="Sự kiện",
        summary="Việc sắp tới và những ngày trở lại hằng năm, có lịch để theo dõi trên điện thoại.",
    )
    if not ObservanceDay.objects.exists():
        ObservanceDay.objects.bulk_create(_days())
    index, made = _section(
        home_page,
        NewsIndexPage,
        slug="tin-tuc",
        title="Tin tức",
        summary="Tin và bài về học tập suốt đời, các danh hiệu học tập và kinh nghiệm của bà con.",
    )
    if made:
        _add_articles(index, timezone.localdate())


def _section(home_page, model, *, slug, **fields):
    """(the page at `slug`, was it made now)"""
    existing = model.objects.child_of(home_page).filter(slug=slug).first()
    if existing is not None:
        return existing, False
    page = home_page.add_child(instance=model(slug=slug, locale=home_page.locale, **fields))
    page.save_revision().publish()
    return page, True


def _days() -> list[ObservanceDay]:
    with (DATA / "calendar.csv").open(encoding="utf-8", newline="") as sheet:
        return [_day(row) for row in csv.DictReader(sheet)]


def _day(row: dict) -> ObservanceDay:
    start_month, start_day = map(int, row["start"].split("-"))
    end_month, end_day = map(int, row["end"].split("-"))
    return ObservanceDay(
        name=row["name_vi"],
        start_month=start_month,
        start_day=start_day,
        end_month=end_month,
        end_day=end_day,
        legal_basis=row["legal_basis"],
        source_url=row["source_url"],
    )


def _add_articles(index: NewsIndexPage, newest: datetime.date) -> None:
    for number, path in enumerate(sorted((DATA / "news").glob("*.json"))):
        row = json.loads(path.read_text(encoding="utf-8"))
        page = NewsPage(
            slug=row["slug"],
            title=row["title"],
            summary=row["summary"],
            date=newest - number * BETWEEN,
            body=json.dumps(row["blocks"]),
            locale=index.locale,
        )
        page.topics.add(*row["topics"])
        index.add_child(instance=page)
        page.save_revision().publish()
