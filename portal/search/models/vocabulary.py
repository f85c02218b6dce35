from django.db import models


class KnownWord(models.Model):
    """A syllable of the titles and names that everybody may see, or two neighbours ("khuyen hoc"): how often it
    stands there, and how it is mostly written."""

    base = models.CharField(max_length=41, primary_key=True)
    written = models.CharField(max_length=41)
    times = models.PositiveIntegerField()

    def __str__(self):
        return self.written
