from django.db import models


class DailyJob(models.Model):
    """The last day on which a daily job was begun, so that several workers do it once."""

    name = models.CharField(max_length=60, unique=True)
    last_day = models.DateField()

    def __str__(self):
        return self.name
