import uuid

from django.db import connection, models


class FrameStamp(models.Model):
    """One row that changes, in the same transaction, with everything that stands around every page (portal.cms.frame)."""

    stamp = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.stamp)

    @classmethod
    def read(cls) -> uuid.UUID | str | None:
        """As the database holds it; None while nothing has ever been changed. Every page asks, so nothing is built."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT stamp FROM cms_framestamp")
            row = cursor.fetchone()
        return row[0] if row else None

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})
