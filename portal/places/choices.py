"""What forms offer of the places."""

from django.db.models import Q
from django.utils import timezone

from .enums import COMMUNE_KINDS
from .models import Place


def communes_to_choose(chosen_pk):
    """Queryset of Place: the communes of today, and the one that is chosen already, which may have ended since."""
    today = Place.objects.of_kinds(COMMUNE_KINDS, timezone.localdate()).values("pk")
    return Place.objects.filter(Q(pk__in=today) | Q(pk=chosen_pk))
