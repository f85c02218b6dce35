"""A village whose households are assessed for the second year, for the tests of the grid.

Run inside the site's own process: `manage.py shell -c "from tests.browser.grid_content import add; add()"`, which
prints the address of the grid.
"""

from django.urls import reverse
from django.utils import timezone

from recognition.enums import AssessmentState, Stage, SubjectKind
from recognition.models import CriteriaSet
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, points_set, scored

from .village_content import sample_commune, village

HOUSEHOLDS, CRITERIA, LAST_YEARS = 60, 20, 3
NAMES = ["Nông Văn Đường", "Hoàng Thị Ếch", "Lý Văn Mẫu"]


def add() -> None:
    """Sixty registered households by twenty criteria; the first three had a sheet last year, of 4 points a criterion."""
    commune, place = sample_commune(), village("Mẫu Lưới")
    rules = points_set(criteria=CRITERIA, most=5, code="MAU-LUOI", slug="mau-luoi")
    year = timezone.localdate().year
    now, before = (
        RoundFactory(year=each, title=f"Gia đình học tập {each} (mẫu)", place=commune, criteria_set=rules)
        for each in (year, year - 1)
    )
    for number in range(HOUSEHOLDS):
        name = NAMES[number] if number < len(NAMES) else f"Hộ mẫu {number + 1:02}"
        subject = SubjectFactory(name=name, place=place)
        values = {"subject": subject, "place": place}
        AssessmentFactory(round=now, state=AssessmentState.REGISTERED, **values)
        if number < LAST_YEARS:
            scored(
                AssessmentFactory(round=before, state=AssessmentState.SELF_SCORED, **values), 4, [Stage.SELF]
            )
    print(reverse("recognition:grid", args=[now.pk, place.pk]))


def add_units() -> None:
    """Schools assessed by targets, some of which do not apply to all."""
    commune, place = sample_commune(), village("Mẫu Trường")
    rules = CriteriaSet.objects.get(code="TT24-2023-DVHT-HUYEN")
    round = RoundFactory(place=commune, criteria_set=rules, subject_kind=SubjectKind.UNIT)
    school = SubjectFactory(kind=SubjectKind.UNIT, name="Trường mẫu", place=place)
    AssessmentFactory(round=round, place=place, subject=school, level="1", state=AssessmentState.REGISTERED)
    print(reverse("recognition:grid", args=[round.pk, place.pk]))
