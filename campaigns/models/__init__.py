from .event import EventIndexPage, EventPage
from .news import NewsIndexPage, NewsPage
from .observance import ObservanceDay
from .topic import PageTopic, Topic

__all__ = ["EventIndexPage", "EventPage", "NewsIndexPage", "NewsPage", "ObservanceDay", "PageTopic", "Topic"]
