"""A village whose round has just begun, for the walk over the officers' desk.

Run inside the site's own process: `manage.py shell -c "from tests.browser.desk_content import add; add()"`, which
prints the title of the round.
"""

import datetime

from portal.text import slug
from recognition.enums import AssessmentState
from recognition.models import PublicNotice

from .village_content import household, round_of, village

ROUND, VILLAGE = "mẫu cả năm", "Mẫu Bàn Việc"
NAMES = ("Lý Văn Mẫu", "Nông Thị Én", "Hoàng Văn Ổn")


def add() -> None:
    round, place = round_of(ROUND), village(VILLAGE)
    for name in NAMES:
        household(round, place, name, AssessmentState.REGISTERED)
    print(round)


def let_the_notice_run_out() -> None:
    """As if it had begun so much earlier that yesterday was its last day."""
    notice = PublicNotice.objects.get(round__criteria_set__slug=slug(ROUND))
    days = datetime.timedelta(days=(notice.closes_on - notice.opens_on).days + 1)
    PublicNotice.objects.filter(pk=notice.pk).update(
        opens_on=notice.opens_on - days, closes_on=notice.closes_on - days
    )
