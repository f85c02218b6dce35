from taggit.models import TagBase

from portal.text import slug


class AddressedTag(TagBase):
    """A tag whose slug keeps every letter: taggit's own loses the đ of "đọc"."""

    class Meta:
        abstract = True
        ordering = ["name"]

    def slugify(self, tag, i=None):
        return slug(tag) if i is None else f"{slug(tag)}-{i}"
