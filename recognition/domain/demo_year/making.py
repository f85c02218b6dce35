"""A year made of samples: the round of last year decided, that of this year under way, each village further on than the one
before it, so that every desk has something to do."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain import demo
from portal.accounts.domain.demo import Login
from portal.places.models import Place
from recognition.enums import SubjectKind
from recognition.models import Round
from recognition.models.round import DEADLINES

from .numbers import declare
from .playing import Players, play
from .sample_sets import sample_sets
from .samples import sample_subjects, sample_villages

FAMILIES = 240
SINCE = datetime.date(2025, 7, 1)  # the first day of the communes of today


@dataclass(frozen=True)
class DemoYear:
    commune: Place
    year: int
    villages: int
    subjects: int
    logins: Sequence[Login]


@transaction.atomic
def make(commune: Place, families: int = FAMILIES) -> DemoYear:
    """Raises ValidationError when the commune has a demo year already, ImproperlyConfigured unless settings.DEMO."""
    today = timezone.localdate()
    if Round.objects.filter(place=commune, is_sample=True).exists():
        raise ValidationError(_("%(place)s has a demo year already.") % {"place": commune})
    logins = demo.load(commune)
    players = Players.of(logins)
    villages = sample_villages(commune, SINCE)
    subjects = sample_subjects(villages, families)
    for kind, criteria_set in sample_sets().items():
        for year in (today.year - 1, today.year):
            round = _round(commune, kind, criteria_set, year, today)
            play(round, subjects[kind], villages, players, whole=year < today.year)
            declare(commune, kind, year, len(subjects[kind]), players)
    _put_back(commune, today.year - 1)
    count = sum(len(each) for each in subjects.values())
    return DemoYear(commune, today.year, len(villages), count, logins)


def _round(commune: Place, kind: SubjectKind, criteria_set, year: int, today: datetime.date) -> Round:
    return Round.objects.create(
        year=year,
        subject_kind=kind,
        title=f"Đợt xét mẫu {kind.label} {year}",
        place=commune,
        criteria_set=criteria_set,
        village_meeting=kind == SubjectKind.FAMILY,
        **{name: today + datetime.timedelta(days=10 * number) for number, name in enumerate(DEADLINES, 1)},
        notice_days=7,
        appeal_days=15,
        decided_by=f"Chủ tịch Ủy ban nhân dân {commune} (mẫu)",
        legal_bases=["Căn cứ mẫu để thử phần mềm, không phải văn bản có thật"],
        is_sample=True,
    )


def _put_back(commune: Place, year: int) -> None:
    """What was played just now was a year ago: the deadlines of that round are over."""
    a_year = datetime.timedelta(days=365)
    deadlines = {name: F(name) - a_year for name in DEADLINES}
    Round.objects.filter(place=commune, year=year, is_sample=True).update(**deadlines)
