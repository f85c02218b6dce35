"""What the library offers to harvesters, written down as it was when it changed: pages of it are read, not made."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from portal.web import plain_rows


class OfferedRecord(models.Model):
    """A resource as other libraries take it over, or the tombstone of one that they may not see any more.

    `number` is that of the resource and no foreign key: a tombstone outlives everything. `position` only grows and is
    given together with `datestamp` under one lock (`Offering`), so that the order of positions is the order of datestamps
    and of commits: who reads on from a position neither misses nor repeats anything, whatever changes meanwhile.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    position = models.PositiveBigIntegerField(unique=True)
    datestamp = models.DateTimeField()  # whole seconds
    deleted = models.BooleanField(default=False)
    sets = models.JSONField(default=list)  # setSpecs of its header, wider ones too
    fingerprint = models.CharField(max_length=32, blank=True)  # of all that the texts are made from
    dc = models.BinaryField(null=True)
    marc = models.BinaryField(null=True)
    lom = models.BinaryField(null=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["datestamp", "position"], name="library_offered_datestamp")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted=True, dc__isnull=True, marc__isnull=True, lom__isnull=True)
                | Q(deleted=False, dc__isnull=False, marc__isnull=False, lom__isnull=False),
                name="library_offered_has_texts_or_is_deleted",
            )
        ]

    def __str__(self):
        return f"{self.number} ({self.datestamp:%Y-%m-%dT%H:%M:%SZ})"


class OfferedSet(models.Model):
    """A record in a set, also in each wider one: a page of a set is read off the index."""

    record = models.ForeignKey(
        OfferedRecord,
        on_delete=models.CASCADE,
        related_name="memberships",
        db_index=False,  # it begins the constraint below
    )
    spec = models.CharField(max_length=255)
    position = models.PositiveBigIntegerField()  # of the record

    class Meta:
        indexes = [models.Index(fields=["spec", "position"], name="library_offered_in_a_set")]
        constraints = [
            models.UniqueConstraint(fields=["record", "spec"], name="library_offered_once_in_a_set")
        ]

    def __str__(self):
        return f"{self.spec}: {self.record_id}"


class OfferedCount(models.Model):
    """How many records a set holds, kept by who writes them; the one of the spec "" counts all."""

    spec = models.CharField(max_length=255, primary_key=True)
    live = models.PositiveIntegerField(default=0)
    deleted = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.spec}: {self.live} + {self.deleted}"


class Offering(models.Model):
    """The one row that a writer of records locks.

    `written_for` says by which writer and for which address of the site the records were made; when it is another one,
    all resources are gone through once more, `filled_to` being the last number: None when that is done.
    """

    ONLY = 1

    position = models.PositiveBigIntegerField(default=0)
    datestamp = models.DateTimeField(null=True)
    written_for = models.CharField(max_length=300, blank=True)
    filled_to = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="library_offering_is_one_row")]

    def __str__(self):
        return f"{self.position} records written"


class OfferingTask(models.Model):
    """A resource whose record has to be looked at, told in the transaction that changed it."""

    number = models.PositiveBigIntegerField(db_index=True)

    def __str__(self):
        return str(self.number)

    @classmethod
    def note(cls, numbers: Iterable[object]) -> None:
        plain_rows.insert(cls, {"number": [int(number) for number in numbers]})
