"""A village whose households are assessed for the second year, for the tests of the grid.

Run inside the site's own process: `manage.py shell -c "from tests.browser.grid_content import add; add()"`, which
prints the address of the grid.
"""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain.demo import SAMPLE_COMMUNE
from portal.places.models import Place
from recognition.enums import AssessmentState, Stage, SubjectKind
from recognition.models import CriteriaSet
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, points_set, scored

HOUSEHOLDS, CRITERIA, LAST_YEARS = 60, 20, 3
NAMES = ["Nông Văn Đường", "Hoàng Thị Ếch", "Lý Văn Mẫu"]


def add() -> None:
    """Sixty registered households by twenty criteria; the first three had a sheet last year, of 4 points a criterion."""
    commune = Place.objects.by_code(SAMPLE_COMMUNE, timezone.localdate())
    village = VillageFactory(name="Mẫu Lưới", parent=commune)
    rules = points_set(criteria=CRITERIA, most=5, code="MAU-LUOI", slug="mau-luoi")
    year = timezone.localdate().year
    now, before = (
        RoundFactory(year=each, title=f"Gia đình học tập {each} (mẫu)", place=commune, criteria_set=rules)
        for each in (year, year - 1)
    )
    for number in range(HOUSEHOLDS):
        name = NAMES[number] if number < len(NAMES) else f"Hộ mẫu {number + 1:02}"
        subject = SubjectFactory(name=name, place=village)
        values = {"subject": subject, "place": village}
        AssessmentFactory(round=now, state=AssessmentState.REGISTERED, **values)
        if number < LAST_YEARS:
            scored(
                AssessmentFactory(round=before, state=AssessmentState.SELF_SCORED, **values), 4, [Stage.SELF]
            )
    print(reverse("recognition:grid", args=[now.pk, village.pk]))


def add_units() -> None:
    """Schools assessed by targets, some of which do not apply to all."""
    commune = Place.objects.by_code(SAMPLE_COMMUNE, timezone.localdate())
    village = VillageFactory(name="Mẫu Trường", parent=commune)
    rules = CriteriaSet.objects.get(code="TT24-2023-DVHT-HUYEN")
    round = RoundFactory(place=commune, criteria_set=rules, subject_kind=SubjectKind.UNIT)
    school = SubjectFactory(kind=SubjectKind.UNIT, name="Trường mẫu", place=village)
    AssessmentFactory(round=round, place=village, subject=school, level="1", state=AssessmentState.REGISTERED)
    print(reverse("recognition:grid", args=[round.pk, village.pk]))
