"""What a collection has withdrawn, or does not offer any more, is hidden here: its number, and what a librarian corrected,
stay, and it is back when the collection offers it again."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from ..models import Resource, SourceRecord

WITHDRAWN = gettext_noop("The collection that it comes from has withdrawn it.")
NOT_OFFERED = gettext_noop("The collection that it comes from does not offer it any more.")


def bury(records: Collection[int], why: str) -> int:
    """The records `records` (numbers) are gone from their collection; `why`: one of the two above. A resource that another
    record still describes stays. Returns how many resources are hidden by it. For one transaction."""
    SourceRecord.objects.filter(pk__among=list(records)).update(deleted=True, last_seen=timezone.now())
    alive = SourceRecord.objects.filter(resource=OuterRef("pk"), deleted=False)
    gone = Resource.objects.filter(
        ~Exists(alive), records__pk__among=list(records), withdrawn_on__isnull=True
    )
    ids = list(gone.order_by().values_list("pk", flat=True).distinct())
    if not ids:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext(why)
    now = timezone.now()
    return Resource.objects.filter(pk__among=ids).update(
        withdrawn_on=timezone.localdate(now), withdrawn_reason=reason, updated_at=now
    )


def bring_back(resources: Collection[int]) -> None:
    """They are in the library again."""
    if resources:
        here = {"withdrawn_on": None, "withdrawn_reason": "", "updated_at": timezone.now()}
        Resource.objects.filter(pk__among=list(resources)).update(**here)


def reasons() -> set[str]:
    """Every way in which it was ever said, so that a reason of a librarian's own is never taken for it."""
    said = {WITHDRAWN, NOT_OFFERED}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said |= {gettext(WITHDRAWN), gettext(NOT_OFFERED)}
    return said
