from django.db import models


class AskedQuery(models.Model):
    """How often something was searched for on a day. It says nothing of who did: no address, no person, no cookie,
    no time of day."""

    day = models.DateField()
    text = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="search_asked_once_a_day")]

    def __str__(self):
        return self.text
