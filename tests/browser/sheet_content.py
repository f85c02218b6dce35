"""A household whose sheet is handed in, for the tests of the sheets.

Run inside the site's own process: `manage.py shell -c "from tests.browser.sheet_content import add; add()"`, which
prints the addresses of its page and of the own sheet of another household.
"""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain.demo import SAMPLE_COMMUNE
from portal.places.models import Place
from recognition.enums import AssessmentState, Stage
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, points_set, scored


def add() -> None:
    commune = Place.objects.by_code(SAMPLE_COMMUNE, timezone.localdate())
    village = VillageFactory(name="Mẫu Phiếu", parent=commune)
    rules = points_set(criteria=4, most=25, code="MAU-PHIEU", slug="mau-phieu")
    round = RoundFactory(title="Gia đình học tập (mẫu phiếu)", place=commune, criteria_set=rules)
    handed_in, registered = (
        AssessmentFactory(
            round=round, place=village, subject=SubjectFactory(name=name, place=village), state=state
        )
        for name, state in (
            ("Nông Văn Đường", AssessmentState.SELF_SCORED),
            ("Hoàng Thị Ếch", AssessmentState.REGISTERED),
        )
    )
    scored(handed_in, 22, [Stage.SELF])
    print(handed_in.get_absolute_url(), reverse("recognition:household", args=[registered.household_token]))
