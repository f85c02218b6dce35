"""Taking a demo year away again: nothing but samples, and all of them."""

from django.db import transaction

from portal.accounts.domain import audit, demo
from portal.accounts.models import AuditChain
from portal.places.models import Place
from recognition.models import (
    Assessment,
    Award,
    CouncilSession,
    CriteriaSet,
    Decision,
    Evidence,
    PublicNotice,
    Round,
    Subject,
    VillageArea,
    VillageMeeting,
)

from .samples import SAMPLE, of_commune

# In the order in which they lean on one another.
OF_A_ROUND = (Award, PublicNotice, CouncilSession, VillageMeeting, Evidence)


@transaction.atomic
def remove() -> list[Place]:
    """-> the communes whose demo year was taken away."""
    rounds = Round.objects.filter(is_sample=True)
    communes = list(Place.objects.filter(pk__in=rounds.values("place")))
    assessments = Assessment.objects.filter(round__in=rounds)
    Award.objects.filter(assessment__in=assessments).delete()
    for model in (PublicNotice, CouncilSession, VillageMeeting, Evidence):
        model.objects.filter(round__in=rounds).delete()
    assessments.delete()
    Decision.objects.filter(round__in=rounds).delete()
    rounds.delete()
    Subject.objects.filter(is_sample=True).delete()
    CriteriaSet.objects.filter(is_sample=True).delete()
    for commune in communes:
        _remove_villages(commune)
    audit.remove_samples(AuditChain.objects.filter(place__in=communes))
    for commune in communes:
        demo.remove(commune)
    return communes


def _remove_villages(commune: Place) -> None:
    places = list(of_commune(commune).values_list("place", flat=True))
    VillageArea.objects.filter(place__in=places, legal_basis=SAMPLE).delete()
    Place.objects.filter(pk__in=places).delete()
