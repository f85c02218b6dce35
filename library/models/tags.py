from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from portal.cms.models.tag import AddressedTag


class Tag(AddressedTag):
    """A word that readers may type."""

    class Meta(AddressedTag.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class ResourceTag(ItemBase):
    content_object = ParentalKey(
        "library.Resource",
        on_delete=models.CASCADE,
        related_name="tagged_items",
        db_index=False,  # it begins the constraint below
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="library_tag_once_a_resource")
        ]

    def __str__(self):
        return f"{self.content_object_id}: {self.tag_id}"
