"""After a source was read as a whole: what it did not offer any more is hidden.

Only where nothing was missing for another reason. Better to show for a month what has gone than to hide a library because
its server had a bad day.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from ...enums import SourceProtocol
from ...models import Harvest, SourceRecord
from ..tombstones import NOT_OFFERED, bury
from .claims import held

BATCH = 500  # records hidden in one transaction
LEAST = 0.9  # of the number that the source itself speaks of; some of them count what they do not offer


def sweep(harvest: Harvest) -> None:
    """Hides in batches; stopped and done again it goes on."""
    if harvest.source.protocol not in SourceProtocol.lists_everything() or not _unseen(harvest).exists():
        return
    if reason := _reason_against(harvest):
        _note(harvest, reason)
        return
    while _sweep_batch(harvest):
        pass


def _reason_against(harvest: Harvest) -> str:
    """A sentence, "" when what was not offered is gone."""
    if not harvest.read:
        return _("The source offered nothing at all, so nothing was hidden.")
    if harvest.failures.filter(identifier="").exists():
        return _("Some records could not even be told apart, so nothing was hidden.")
    if harvest.total and harvest.offered < LEAST * harvest.total:
        return _("The source offered much less than it speaks of, so nothing was hidden.")
    return ""


def _unseen(harvest: Harvest):
    rows = SourceRecord.objects.filter(source=harvest.source.name, deleted=False)
    return rows.exclude(seen_in=harvest.pk)


@transaction.atomic
def _sweep_batch(harvest: Harvest) -> bool:
    row = held(harvest)
    gone = list(_unseen(harvest).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if gone:
        bury(gone, NOT_OFFERED)
        row.swept = harvest.swept = row.swept + len(gone)
        row.save(update_fields=["swept"])
    return len(gone) == BATCH


@transaction.atomic
def _note(harvest: Harvest, sentence: str) -> None:
    row = held(harvest)
    row.notes = harvest.notes = [*row.notes, sentence]
    row.save(update_fields=["notes"])
