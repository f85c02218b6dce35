from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from portal.text import slug


class Tag(TagBase):
    """A word that readers may type. Of our own only for its address: taggit's drops the đ of "đọc"."""

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def slugify(self, tag, i=None):
        return slug(tag) if i is None else f"{slug(tag)}-{i}"


class ResourceTag(ItemBase):
    content_object = ParentalKey("library.Resource", on_delete=models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="library_tag_once_a_resource")
        ]

    def __str__(self):
        return f"{self.content_object_id}: {self.tag_id}"
