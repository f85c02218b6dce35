"""A village of the sample commune with a round of its own, for pages of the titles in the browser."""

from django.utils import timezone

from portal.accounts.domain.demo import SAMPLE_COMMUNE
from portal.places.models import Place
from portal.text import slug
from recognition.models import Assessment, Round
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, points_set


def sample_commune() -> Place:
    return Place.objects.by_code(SAMPLE_COMMUNE, timezone.localdate())


def village(name: str) -> Place:
    return VillageFactory(name=name, parent=sample_commune())


def round_of(name: str) -> Round:
    """With four criteria of 25 points, under a code of its own: several stand on one site."""
    code = slug(name)
    rules = points_set(criteria=4, most=25, code=code.upper(), slug=code)
    return RoundFactory(title=f"Gia đình học tập ({name})", place=sample_commune(), criteria_set=rules)


def household(round: Round, place: Place, name: str, state) -> Assessment:
    subject = SubjectFactory(name=name, place=place)
    return AssessmentFactory(round=round, place=place, subject=subject, state=state)
