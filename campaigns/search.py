"""News in the site's search: a topic that gets another name, or goes, changes the entries of its news.

The entries themselves are NewsPage.search_entry and EventPage.search_entry.
"""

from django.db.models.signals import post_save, pre_delete

from portal.cms.search_source import PREFIX
from portal.search.outbox import changed

from .models import PageTopic, Topic


def _topic_changed(instance, **kwargs):
    changed(PREFIX, PageTopic.objects.filter(tag=instance).values_list("content_object", flat=True))


def connect() -> None:
    """Called once the models stand (CampaignsConfig.ready)."""
    for signal in (post_save, pre_delete):
        signal.connect(_topic_changed, sender=Topic, dispatch_uid="campaigns-topic-changed")
