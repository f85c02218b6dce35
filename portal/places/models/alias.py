from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.places.fields import NameKeyField


class PlaceAlias(models.Model):
    """Another spelling in use: official lists disagree (Phong Nậm / Phong Nặm, Thông Hoè / Thông Huề)."""

    place = models.ForeignKey(
        "places.Place", on_delete=models.CASCADE, related_name="aliases", verbose_name=_("place")
    )
    name = models.CharField(_("other spelling"), max_length=100)
    name_key = NameKeyField(source="name")

    class Meta:
        verbose_name = _("other spelling of a place")
        verbose_name_plural = _("other spellings of places")
        constraints = [models.UniqueConstraint(fields=["place", "name_key"], name="places_alias_once")]

    def __str__(self):
        return self.name
