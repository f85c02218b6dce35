"""A household whose sheet waits to be filled in, for the tests of its evidence.

Run inside the site's own process: `manage.py shell -c "from tests.browser.evidence_content import add; add()"`, which
prints the addresses of its page for the officer and of its own sheet.
"""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain.demo import SAMPLE_COMMUNE
from portal.places.models import Place
from recognition.enums import AssessmentState
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, points_set


def add() -> None:
    commune = Place.objects.by_code(SAMPLE_COMMUNE, timezone.localdate())
    village = VillageFactory(name="Mẫu Minh Chứng", parent=commune)
    rules = points_set(criteria=4, most=25, code="MAU-MINH-CHUNG", slug="mau-minh-chung")
    round = RoundFactory(title="Gia đình học tập (mẫu minh chứng)", place=commune, criteria_set=rules)
    family = SubjectFactory(name="Lục Văn Ảnh", place=village)
    row = AssessmentFactory(round=round, place=village, subject=family, state=AssessmentState.REGISTERED)
    print(row.get_absolute_url(), reverse("recognition:household", args=[row.household_token]))
