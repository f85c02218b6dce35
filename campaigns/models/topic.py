from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from portal.cms.models.tag import AddressedTag


class Topic(AddressedTag):
    """What a piece of news is about; the reader's filter in the list of news."""

    free_tagging = False  # editors choose topics, only a few people make new ones

    class Meta(AddressedTag.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class PageTopic(ItemBase):
    content_object = ParentalKey("campaigns.NewsPage", on_delete=models.CASCADE, related_name="page_topics")
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="page_topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="campaigns_topic_once_a_page")
        ]

    def __str__(self):
        return f"{self.content_object_id}: {self.tag_id}"
