"""A household whose sheet waits to be filled in, for the tests of its evidence.

Run inside the site's own process: `manage.py shell -c "from tests.browser.evidence_content import add; add()"`, which
prints the addresses of its page for the officer and of its own sheet.
"""

from django.urls import reverse

from recognition.enums import AssessmentState

from .village_content import household, round_of, village


def add() -> None:
    round, place = round_of("mẫu minh chứng"), village("Mẫu Minh Chứng")
    row = household(round, place, "Lục Văn Ảnh", AssessmentState.REGISTERED)
    print(row.get_absolute_url(), reverse("recognition:household", args=[row.household_token]))
