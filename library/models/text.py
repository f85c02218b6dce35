from django.db import models

from portal.text import nfc


class NormalisedText(models.Model):
    """Text in Unicode NFC, so that what looks the same is the same. Done where every form and importer checks
    its values."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        for field in self._meta.fields:
            if isinstance(field, models.CharField | models.TextField):
                setattr(self, field.attname, nfc(getattr(self, field.attname) or ""))
        super().clean_fields(exclude=exclude)
