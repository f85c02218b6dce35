"""How many there are of what the samples are some of, so that the sample commune has rates too."""

from django.utils import timezone

from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import DenominatorKind, SubjectKind
from recognition.models import Denominator

from .playing import Players
from .samples import SAMPLE

KINDS = {
    SubjectKind.FAMILY: DenominatorKind.HOUSEHOLDS,
    SubjectKind.CLAN: DenominatorKind.CLANS,
    SubjectKind.COMMUNITY: DenominatorKind.COMMUNITIES,
    SubjectKind.UNIT: DenominatorKind.UNITS,
}


def declare(commune: Place, kind: SubjectKind, year: int, value: int, players: Players) -> None:
    """That of the year before is checked and locked, that of this year waits for the association."""
    now = timezone.now()
    checked = {"checked_by": players[Role.ORGANISER], "locked_at": now} if year < now.year else {}
    Denominator.objects.create(
        place=commune,
        year=year,
        kind=KINDS[kind],
        value=value,
        as_of=timezone.localdate(),
        source_document=SAMPLE,
        entered_by=players[Role.OFFICER],
        is_sample=True,
        **checked,
    )
