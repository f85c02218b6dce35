"""Making one resource of two, and two of one again.

What stands below the merged resource (records of its sources, files and links) moves to the one that is kept;
subjects, tags and numbers that the kept one lacks are added to it. `Merge.details` notes every step, so that each can be
taken back by itself, and what a librarian changed meanwhile stays:

    {"values": {name: [before, after]}, "records": [id], "leading": [id of those that led], "renditions": [id],
     "redirected": [id of what had been merged into the merged one]}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.search.outbox import changed

from ..enums import DuplicateState
from ..models import Duplicate, Merge, Rendition, Resource, SourceRecord
from .description import FIELDS, describe
from .ingest import rewrite
from .withdrawal import restore, withdraw

UNITED = ("subjects", "tags", "identifiers")  # what one has and the other lacks is kept
CHOSEN = (*FIELDS, "creators")  # one of the two, as the librarian says


class MergeRefused(Exception):
    """The text is for the librarian."""


@transaction.atomic
def merge(kept: Resource, merged: Resource, *, take: Iterable[str] = (), by=None) -> Merge:
    """`take`: the names of `CHOSEN` whose value comes from `merged`; the others stay as `kept` has them.

    The merged resource is withdrawn, and its address leads to the kept one. Raises MergeRefused when one of them
    is not in the library any more.
    """
    kept, merged = _locked(kept.pk, merged.pk)
    if kept.pk == merged.pk or kept.is_withdrawn or merged.is_withdrawn:
        raise MergeRefused(_("Both must still be in the library. Look at the list again."))
    details = {
        "values": _take(kept, describe(merged), set(take)),
        **_move_below(kept, merged),
        "redirected": list(merged.merged.values_list("pk", flat=True)),
    }
    Resource.objects.filter(pk__in=details["redirected"]).update(merged_into=kept)
    withdraw(merged, _("Merged into “%s”.") % kept.title[:250])
    Resource.objects.filter(pk=merged.pk).update(merged_into=kept)
    _decide(kept, merged, DuplicateState.MERGED, by)
    return Merge.objects.create(kept=kept, merged=merged, details=details, merged_by=by)


@transaction.atomic
def undo(merge: Merge) -> None:
    """Part them again: both as they were, except for what was changed since. Raises MergeRefused when it was undone
    already, or when the kept one has itself been merged since."""
    kept, merged = _locked(merge.kept_id, merge.merged_id)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefused(_("It has been undone already."))
    if kept.merged_into_id:
        raise MergeRefused(
            _("“%(kept)s” has itself been merged into “%(other)s” since. Undo that first.")
            % {"kept": kept, "other": kept.merged_into}
        )
    details = merge.details
    _give_back_values(kept, details)
    SourceRecord.objects.filter(pk__in=details["records"], resource=kept).update(resource=merged)
    SourceRecord.objects.filter(pk__in=details["leading"], resource=merged).update(leading=True)
    Rendition.objects.filter(pk__in=details["renditions"], resource=kept).update(resource=merged)
    changed(Resource.search_prefix, [kept.pk])
    Resource.objects.filter(pk=merged.pk).update(merged_into=None)
    Resource.objects.filter(pk__in=details["redirected"], merged_into=kept).update(merged_into=merged)
    merged.refresh_from_db()
    restore(merged)
    _decide(kept, merged, DuplicateState.OPEN)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])


def _decide(one: Resource, other: Resource, state: str, by=None) -> None:
    first, second = sorted([one.pk, other.pk])
    decided_at = timezone.now() if by else None
    pair = Duplicate.objects.filter(first=first, second=second)
    pair.update(state=state, decided_by=by, decided_at=decided_at)


def _locked(*ids: int) -> list[Resource]:
    """The rows as they are now, held until the transaction ends, in one order so that nobody waits for ever."""
    found = {each.pk: each for each in Resource.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [found[pk] for pk in ids]


def _take(kept: Resource, theirs: Mapping[str, Any], wanted: set[str]) -> dict[str, list]:
    """Writes what of `theirs` is wanted, and what the kept one lacks; returns {name: [before, after]}."""
    ours = describe(kept)
    after = {name: theirs[name] for name in CHOSEN if name in wanted}
    for name in UNITED:
        after[name] = ours[name] + [each for each in theirs[name] if each not in ours[name]]
    changes = {name: [ours[name], value] for name, value in after.items() if value != ours[name]}
    rewrite(kept, {name: value for name, (_before, value) in changes.items()})
    return changes


def _move_below(kept: Resource, merged: Resource) -> dict[str, list[int]]:
    """Records all move, and none of them leads the kept one. Files and links move unless it has the same."""
    records = list(merged.records.all())
    merged.records.update(resource=kept, leading=False)
    ours = {_sameness(each) for each in kept.renditions.all()}
    theirs = list(merged.renditions.all())
    moving = {each.pk for each in theirs if not each.made_from_id and _sameness(each) not in ours}
    moved = [each.pk for each in theirs if each.pk in moving or each.made_from_id in moving]
    Rendition.objects.filter(pk__in=moved).update(resource=kept)
    changed(Resource.search_prefix, [kept.pk])
    return {
        "records": [each.pk for each in records],
        "leading": [each.pk for each in records if each.leading],
        "renditions": moved,
    }


def _sameness(rendition: Rendition) -> str:
    return rendition.url or rendition.checksum or rendition.file.name


def _give_back_values(kept: Resource, details: Mapping[str, Any]) -> None:
    """A value that somebody has changed since the merge stays; of a united list goes what the merge added."""
    now, back = describe(kept), {}
    for name, (before, after) in details["values"].items():
        if name in UNITED:
            added = [each for each in after if each not in before]
            back[name] = [each for each in now[name] if each not in added]
        elif now[name] == after:
            back[name] = before
    rewrite(kept, back)
