from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.enums import COMMUNE_KINDS, VILLAGE_KINDS, PlaceKind
from portal.places.fields import NameKeyField, SortKeyField


def valid_on(date, prefix=""):
    """The condition "in force on `date`"; an empty end of the period is open."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": date})) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": date})
    )


class PlaceVersionQuerySet(models.QuerySet):
    def on(self, date):
        return self.filter(valid_on(date))

    def bulk_create(self, objs, *args, **kwargs):
        created = super().bulk_create(objs, *args, **kwargs)
        self.model.place.field.related_model.objects.refresh_labels({version.place_id for version in created})
        return created


class PlaceVersion(models.Model):
    """What a place was called, was, and belonged to, from `valid_from` to `valid_to` (both days included).

    An empty `valid_from` says "since before our sources begin", an empty `valid_to` "until further notice".
    The database refuses two versions of one place, and one code for two places, on the same day (migration 0002).
    """

    place = models.ForeignKey(
        "places.Place", on_delete=models.CASCADE, related_name="versions", verbose_name=_("place")
    )
    code = models.CharField(
        _("official code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{2,5}$")],
        help_text=_(
            "Code of the General Statistics Office: reused over time, so it needs a date. Villages have none."
        ),
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("Without the kind: «Đàm Thuỷ», not «Xã Đàm Thuỷ».")
    )
    name_key = NameKeyField(source="name")
    sort_key = SortKeyField(source="name")
    kind = models.CharField(_("kind"), max_length=12, choices=PlaceKind.choices)
    parent = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="child_versions",
        verbose_name=_("belongs to"),
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    objects = PlaceVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a place")
        verbose_name_plural = _("versions of places")
        indexes = [models.Index(fields=["code", "valid_from"], name="places_version_code")]
        constraints = [
            models.CheckConstraint(
                name="places_version_period",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            ),
            models.CheckConstraint(
                name="places_version_kind", condition=Q(kind__in=[kind.value for kind in PlaceKind])
            ),
            models.CheckConstraint(
                name="places_version_code",
                condition=~Q(code="") | Q(kind__in=[kind.value for kind in VILLAGE_KINDS]),
            ),
            models.CheckConstraint(
                name="places_version_parent",
                condition=Q(kind=PlaceKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=PlaceKind.PROVINCE) & Q(parent__isnull=False) & ~Q(parent=F("place"))),
            ),
        ]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        type(self.place).objects.refresh_labels({self.place_id})

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        type(self.place).objects.refresh_labels({self.place_id})
        return deleted

    @property
    def label(self):
        """Kind and name as people say it: "Xã Đàm Thuỷ"."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def full_label(self):
        """With the place above, where names repeat: "Xã Quang Trung, Huyện Trùng Khánh"."""
        above = f", {self.parent.label}" if self.parent_id else ""
        return self.label + above

    @property
    def is_commune(self):
        return self.kind in COMMUNE_KINDS

    def covers(self, date):
        return (self.valid_from is None or self.valid_from <= date) and (
            self.valid_to is None or self.valid_to >= date
        )
