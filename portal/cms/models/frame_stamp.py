import uuid

from django.db import models


class FrameStamp(models.Model):
    """One row that changes, in the same transaction, with everything that stands around every page (portal.cms.frame)."""

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.stamp)

    @classmethod
    def read(cls) -> uuid.UUID | None:
        """None while nothing has ever been changed."""
        return next(iter(cls.objects.values_list("stamp", flat=True)[:1]), None)

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})
