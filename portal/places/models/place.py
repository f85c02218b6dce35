import datetime

from django.db import connections, models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import text
from portal.places.enums import PlaceKind
from portal.places.fields import SortKeyField
from portal.places.signals import relabelled
from portal.places.succession import follow, trace_back

from .change import PlaceChange
from .version import PlaceVersion, valid_on

FROM_HERE = """
    WITH RECURSIVE reached (id) AS (
        SELECT id FROM places_place WHERE id IN ({keys})
        UNION
        SELECT version.place_id FROM places_placeversion version JOIN reached ON version.parent_id = reached.id
        WHERE coalesce(version.valid_from <= %s, true) AND coalesce(version.valid_to >= %s, true)
    )
    SELECT id FROM reached
"""


class AmbiguousName(LookupError):
    """Several places bear this name on this day: `choices`, a list of Place."""

    def __init__(self, name, choices, date):
        self.name, self.choices = name, choices
        labels = "; ".join(place.at(date).full_label for place in choices)
        super().__init__(
            _("Several places are called «%(name)s»: %(labels)s.") % {"name": name, "labels": labels}
        )


class PlaceQuerySet(models.QuerySet):
    def with_versions(self):
        """All versions come along: `at`, `label_on` and `current` then ask the database nothing more."""
        return self.prefetch_related(
            Prefetch("versions", queryset=PlaceVersion.objects.select_related("parent"))
        )

    def on(self, date):
        """The places in force on `date` (no duplicates: versions of one place never overlap)."""
        return self.filter(valid_on(date, "versions__"))

    def of_kinds(self, kinds, date):
        return self.filter(valid_on(date, "versions__"), versions__kind__in=kinds)

    def within(self, place, date):
        """The places below `place` on `date`, at every level, without `place` itself; one query.

        Three levels lie below a province: district (until 30/06/2025), commune, village.
        """
        children = PlaceVersion.objects.on(date).filter(parent=place).values("place")
        grandchildren = PlaceVersion.objects.on(date).filter(parent__in=children).values("place")
        great_grandchildren = PlaceVersion.objects.on(date).filter(parent__in=grandchildren).values("place")
        return self.filter(Q(pk__in=children) | Q(pk__in=grandchildren) | Q(pk__in=great_grandchildren))

    def numbers_from(self, place_ids, date):
        """The numbers of these places and of all below them on `date`, as a set; one query, which costs less than half of
        what making that of `within` does: every page of an officer asks."""
        place_ids = list(place_ids)
        if not place_ids:
            return set()
        with connections[self.db].cursor() as cursor:
            keys = ", ".join(["%s"] * len(place_ids))
            cursor.execute(FROM_HERE.format(keys=keys), [*place_ids, date, date])
            return {number for (number,) in cursor.fetchall()}

    def above(self, place, date):
        """The places that hold `place` on `date`: commune, district, province; one query, in no order."""
        parents = PlaceVersion.objects.on(date).filter(place=place).values("parent")
        grandparents = PlaceVersion.objects.on(date).filter(place__in=parents).values("parent")
        great_grandparents = PlaceVersion.objects.on(date).filter(place__in=grandparents).values("parent")
        return self.filter(Q(pk__in=parents) | Q(pk__in=grandparents) | Q(pk__in=great_grandparents))

    def by_code(self, code, date):
        """The one place with this code on `date`; codes are reused, so there is no look-up without a date.

        Raises Place.DoesNotExist.
        """
        return self.get(valid_on(date, "versions__"), versions__code=code)

    def named(self, name, date, within=None):
        """All places called `name` on `date`, with or without the kind before it ("Xã Đàm Thủy", "đàm thuỷ").

        Case and the place of the tone mark do not count; listed aliases do. `within`: a Place above them.
        """
        versions = PlaceVersion.objects.on(date)
        matches = Q(pk__in=versions.filter(name_key=text.name_key(name)).values("place"))
        matches |= Q(aliases__name_key=text.name_key(name)) & Q(pk__in=versions.values("place"))
        for kind in PlaceKind:
            bare = kind.strip_from(name)
            if bare:
                of_kind = versions.filter(kind=kind)
                matches |= Q(pk__in=of_kind.filter(name_key=text.name_key(bare)).values("place"))
                matches |= Q(aliases__name_key=text.name_key(bare)) & Q(pk__in=of_kind.values("place"))
        found = self.filter(matches)
        if within is not None:
            found = found.filter(pk__in=self.model.objects.within(within, date).values("pk"))
        return found.order_by("sort_key", "pk").distinct()

    def by_name(self, name, date, within=None):
        """The one place called `name` on `date`. Raises Place.DoesNotExist, or AmbiguousName with the choices."""
        matches = list(self.named(name, date, within).with_versions())
        if not matches:
            raise self.model.DoesNotExist(_("No place is called «%(name)s» on that day.") % {"name": name})
        if len(matches) > 1:
            raise AmbiguousName(name, matches, date)
        return matches[0]

    def successor_shares(self, place_ids, date, since=None):
        """{place id: {id of the place that holds it on `date`: share}} for many places at once, for roll-ups.

        Figures of the day `since` (default: of the place's own time) follow the changes after it up to `date`. A query a
        generation of changes: two for the 161 communes of 2022. A place without changes maps to itself.
        """
        changes = PlaceChange.objects.onward_from(place_ids, since=since, until=date)
        return {place_id: follow(place_id, changes) for place_id in place_ids}

    def refresh_labels(self, place_ids):
        """Write the label of the latest version into each place; called by whatever writes versions."""
        sort_key = self.model._meta.get_field("sort_key")
        places = list(self.filter(pk__in=place_ids).with_versions())
        for place in places:
            version = place.latest()
            place.label = version.label if version else ""
            place.name = version.name if version else ""
            sort_key.pre_save(place, add=False)  # bulk_update leaves this to the caller
        self.bulk_update(places, ["label", "name", "sort_key"])
        relabelled.send(self.model, place_ids={place.pk for place in places})


class Place(models.Model):
    """An administrative unit as an identity through time; its names, codes and parents are its versions.

    One identity lasts from the act that founds a unit to the act that ends it: a new name, kind or parent, or taking in a
    neighbour, is a new version at most. Units merged into a *new* unit end, and the new one is a new identity, even
    where it inherits a name or a code (all 56 of 01/07/2025); `PlaceChange` leads from the old ones to it.
    `label` and `name` repeat the latest version so that lists need no join.
    """

    label = models.CharField(gettext_lazy("name with kind"), max_length=120, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=100, editable=False)
    sort_key = SortKeyField(source="name")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("place")
        verbose_name_plural = gettext_lazy("places")
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.label

    def latest(self):
        """The version with the latest start, in force or not; None while the place has none."""
        return max(
            self.versions.all(), key=lambda version: version.valid_from or datetime.date.min, default=None
        )

    def at(self, date):
        """The version in force on `date`, or None."""
        return next((version for version in self.versions.all() if version.covers(date)), None)

    def current(self):
        return self.at(timezone.localdate())

    def label_on(self, date):
        """What the place was called on `date`; outside its time, what it was called last."""
        version = self.at(date)
        return version.label if version else self.label

    def ancestors(self, date):
        """[commune, district, province] above the place on `date`, nearest first."""
        above = {place.pk: place for place in Place.objects.above(self, date).with_versions()}
        chain, version = [], self.at(date)
        while version is not None and version.parent_id in above:
            chain.append(above[version.parent_id])
            version = chain[-1].at(date)
        return chain

    def successors(self, date):
        """The places in force on `date` that hold what this place held; itself while it lasts.

        A unit dissolved without an heir (the districts on 30/06/2025) is followed through the places it consisted of.
        """
        ended = (
            (latest := self.latest()) is not None and latest.valid_to is not None and latest.valid_to < date
        )
        sources = {self.pk}
        if ended and not self.changes_from.filter(date__lte=date).exists():
            last_day = PlaceVersion.objects.on(latest.valid_to)
            sources = set(last_day.filter(parent=self).values_list("place", flat=True))
        shares = Place.objects.successor_shares(sources, date)
        return Place.objects.on(date).filter(pk__in={target for held in shares.values() for target in held})

    def predecessors(self, date):
        """The places in force on `date` that went, whole or in part, into this one; itself if it existed."""
        changes = PlaceChange.objects.back_from([self.pk], since=date)
        return Place.objects.on(date).filter(pk__in=trace_back(self.pk, changes))
