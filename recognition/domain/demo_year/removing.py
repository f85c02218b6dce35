"""Taking demo years away again: the samples, and whatever was done to them meanwhile."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from portal.accounts.domain import audit, demo
from portal.accounts.models import AuditChain
from portal.places.models import Place
from recognition.models import (
    Appeal,
    Assessment,
    Award,
    Consent,
    CouncilSession,
    CriteriaSet,
    Decision,
    Denominator,
    Evidence,
    PublicNotice,
    Round,
    Subject,
    VillageArea,
    VillageMeeting,
)

from .samples import sample_places


@transaction.atomic
def remove() -> list[Place]:
    """-> the communes whose demo year was taken away."""
    rounds = Round.objects.filter(Q(is_sample=True) | Q(criteria_set__is_sample=True))
    communes = list(Place.objects.filter(pk__in=rounds.values("place")))
    places = [pk for commune in communes for pk in sample_places(commune)]
    _remove_rounds(list(rounds.values_list("pk", flat=True)))
    _remove_books(places)
    CriteriaSet.objects.filter(is_sample=True).delete()
    audit.remove_samples(AuditChain.objects.filter(place__in=communes))
    for commune in communes:
        demo.remove(commune)
    return communes


def _remove_rounds(rounds: Sequence[int]) -> None:
    """In the order in which they lean on one another."""
    assessments = Assessment.objects.filter(round__in=rounds)
    assessments.update(previous_award=None)
    Award.objects.filter(Q(assessment__in=assessments) | Q(decision__round__in=rounds)).delete()
    Appeal.objects.filter(assessment__in=assessments).delete()
    for model in (PublicNotice, CouncilSession, VillageMeeting, Evidence):
        model.objects.filter(round__in=rounds).delete()
    assessments.delete()
    _remove_decisions(rounds)
    Round.objects.filter(pk__in=rounds).delete()


def _remove_decisions(rounds: Sequence[int]) -> None:
    """The later ones first, which amend the earlier; with their papers."""
    for decision in Decision.objects.filter(round__in=rounds).order_by("-pk"):
        decision.delete()
        if decision.document:
            transaction.on_commit(lambda document=decision.document: document.storage.delete(document.name))


def _remove_books(places: Sequence[int]) -> None:
    subjects = Subject.objects.filter(Q(is_sample=True) | Q(place__in=places))
    Consent.objects.filter(subject__in=subjects).delete()
    subjects.filter(merged_into__isnull=False).delete()
    subjects.delete()
    Denominator.objects.filter(Q(is_sample=True) | Q(place__in=places)).delete()
    VillageArea.objects.filter(place__in=places).delete()
    Place.objects.filter(pk__in=places).delete()
