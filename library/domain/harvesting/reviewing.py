"""What came new from a source waits for a librarian, who takes it or declines it: one by one, or thousands at once.

It is a `proposed` resource, which no reader sees. Taken, it is one like any other; declined, it is withdrawn with a reason,
so that the next harvest knows it and does not bring it back. Both stand in the history of each resource.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from wagtail.models import ModelLogEntry

from portal.web import plain_rows

from ...models import Duplicate, Resource, Source, SourceRecord
from ...tasks import look_for_duplicates_of


def handed_in(source: Source | None = None) -> QuerySet[Resource]:
    """What came with a harvest and nobody has taken, declined or not."""
    names = [source.name] if source else Source.objects.values("name")
    described = SourceRecord.objects.filter(leading=True, source__in=names)
    return Resource.objects.filter(proposed=True, pk__in=described.values("resource"))


def waiting(source: Source | None = None) -> QuerySet[Resource]:
    """What a librarian has to decide on."""
    return handed_in(source).filter(withdrawn_on__isnull=True)


def declined(source: Source | None = None) -> QuerySet[Resource]:
    """What a librarian has declined, or the source itself took back while it waited."""
    return handed_in(source).filter(withdrawn_on__isnull=False)


def pairs_of(resources: Collection[int]) -> dict[int, Duplicate]:
    """{number of a resource: a pair of it with another that may be the same, and waits for a decision}"""
    pairs = Duplicate.objects.waiting().filter(Q(first__in=resources) | Q(second__in=resources))
    return {pk: pair for pair in pairs for pk in (pair.first_id, pair.second_id)}


@transaction.atomic
def take(resources: QuerySet[Resource], by) -> int:
    """Readers see those of `resources` that wait, from now on; returns how many."""
    titles = _locked(resources.filter(proposed=True, withdrawn_on__isnull=True))
    _of(titles).update(proposed=False, updated_at=timezone.now())
    _note("library.publish", titles, by)
    look_for_duplicates_of(list(titles))
    return len(titles)


@transaction.atomic
def decline(resources: QuerySet[Resource], by, reason: str) -> int:
    """Those of `resources` that wait are not taken; returns how many. Raises ValueError for no reason."""
    reason = reason.strip()
    if not reason:
        raise ValueError("What is declined needs a reason.")
    titles = _locked(resources.filter(proposed=True, withdrawn_on__isnull=True))
    _of(titles).update(withdrawn_on=timezone.localdate(), withdrawn_reason=reason, updated_at=timezone.now())
    _note("library.refuse", titles, by, {"reason": reason})
    return len(titles)


@transaction.atomic
def reconsider(resources: QuerySet[Resource], by) -> int:
    """Those of `resources` that were declined wait again; returns how many."""
    titles = _locked(resources.filter(proposed=True, withdrawn_on__isnull=False, merged_into=None))
    _of(titles).update(withdrawn_on=None, withdrawn_reason="", updated_at=timezone.now())
    _note("library.wait_again", titles, by)
    return len(titles)


def _locked(resources: QuerySet[Resource]) -> dict[int, str]:
    """{number: title} of the rows as they are now; nobody else decides on them meanwhile."""
    return dict(resources.order_by("pk").select_for_update(of=("self",)).values_list("pk", "title"))


def _of(ids: Iterable[int]) -> QuerySet[Resource]:
    return Resource.objects.filter(pk__among=list(ids))


def _note(action: str, titles: Mapping[int, str], by, data: Mapping[str, str] | None = None) -> None:
    """One line in the history of each, all of one deed: who, when."""
    count = len(titles)
    deed = {
        "content_type_id": ContentType.objects.get_for_model(Resource).pk,
        "action": action,
        "timestamp": timezone.now(),
        "data": dict(data or {}),
        "uuid": uuid.uuid4(),
        "user_id": by.pk,
    }
    lines = {name: [value] * count for name, value in deed.items()}
    plain_rows.insert(
        ModelLogEntry, {"label": list(titles.values()), "object_id": [str(pk) for pk in titles], **lines}
    )
