"""The editor's forms of news and events."""

from django.db.models import Q
from django.utils import timezone

from wagtail.admin.forms import WagtailAdminPageForm

from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place


def communes_to_choose(chosen_pk):
    """Queryset of Place: the communes of today, and the one that is chosen already, which may have ended since."""
    today = Place.objects.of_kinds(COMMUNE_KINDS, timezone.localdate()).values("pk")
    return Place.objects.filter(Q(pk__in=today) | Q(pk=chosen_pk))


class NewsPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "commune" in self.fields:
            self.fields["commune"].queryset = communes_to_choose(self.instance.commune_id)


class EventPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            self.fields["place"].queryset = communes_to_choose(self.instance.place_id)
