"""A household whose sheet is handed in, for the tests of the sheets.

Run inside the site's own process: `manage.py shell -c "from tests.browser.sheet_content import add; add()"`, which
prints the addresses of its page and of the own sheet of another household.
"""

from django.urls import reverse

from recognition.enums import AssessmentState, Stage
from tests.factories.recognition import scored

from .village_content import household, round_of, village


def add() -> None:
    round, place = round_of("mẫu phiếu"), village("Mẫu Phiếu")
    handed_in = household(round, place, "Nông Văn Đường", AssessmentState.SELF_SCORED)
    registered = household(round, place, "Hoàng Thị Ếch", AssessmentState.REGISTERED)
    scored(handed_in, 22, [Stage.SELF])
    print(handed_in.get_absolute_url(), reverse("recognition:household", args=[registered.household_token]))
