"""News and events below the lists that the default site has of them."""

import datetime

import factory

from django.utils import timezone

from campaigns.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage, ObservanceDay, Topic
from tests.factories.home import PageFactory


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    title = "Tin tức"
    slug = "tin-tuc"


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    title = "Sự kiện"
    slug = "su-kien"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda number: f"Chủ đề {number}")


class NewsPageFactory(PageFactory):
    """`topics` are names of topics."""

    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda number: f"Bài mẫu {number}")
    summary = "Một câu tóm tắt."
    date = datetime.date(2026, 2, 5)
    body = factory.LazyFunction(lambda: [{"type": "text", "value": "<p>Nội dung của bài.</p>"}])

    @classmethod
    def _create(cls, model_class, *args, parent=None, topics=(), live=True, **kwargs):
        parent = parent or NewsIndexPage.objects.first() or NewsIndexPageFactory()
        page = super()._create(model_class, *args, parent=parent, live=False, **kwargs)
        page.topics.set([TopicFactory(name=name) for name in topics])
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
        return page


class EventPageFactory(PageFactory):
    """Begins in a week unless told otherwise."""

    class Meta:
        model = EventPage

    title = factory.Sequence(lambda number: f"Buổi mẫu {number}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        parent = parent or EventIndexPage.objects.first() or EventIndexPageFactory()
        return super()._create(model_class, *args, parent=parent, **kwargs)


class ObservanceDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ObservanceDay

    name = factory.Sequence(lambda number: f"Ngày mẫu {number}")
    start_month = end_month = 10
    start_day = end_day = 2
