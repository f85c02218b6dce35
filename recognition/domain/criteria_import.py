"""Criteria sets into the database: all files or none."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.web.imports import Counts
from recognition.enums import SetState
from recognition.models import CriteriaGroup, CriteriaSet, Criterion

from .criteria_reading import SetData, UnreadableCriteria, read


@transaction.atomic
def import_sets(texts: Mapping[str, str]) -> Counts:
    """Import the JSON texts, keyed by a name that messages may show. Raises UnreadableCriteria; then nothing is written."""
    errors, counts = [], Counts()
    for name, text in texts.items():
        try:
            _store(read(text), counts)
        except UnreadableCriteria as fault:
            errors += [f"{name}: {error}" for error in fault.errors]
    if errors:
        raise UnreadableCriteria(errors)
    return counts


def _store(data: SetData, counts: Counts) -> None:
    present = CriteriaSet.objects.filter(code=data.values["code"]).first()
    if present is None:
        counts.created += 1
    elif present.content_hash == data.values["content_hash"]:
        counts.unchanged += 1
        return
    elif present.state == SetState.DRAFT:
        raise UnreadableCriteria(
            [
                _("A draft with the code “%(code)s” is being written: publish or delete it first.")
                % data.values
            ]
        )
    elif present.state == SetState.PUBLISHED:
        raise UnreadableCriteria(
            [
                _("The set “%(code)s” is published and cannot change: give the new version a new code.")
                % data.values
            ]
        )
    else:
        counts.updated += 1
        present.groups.all().delete()
    _write(present or CriteriaSet(), data)


def _write(criteria_set: CriteriaSet, data: SetData) -> None:
    """The set is published last: from then on the database refuses its groups and criteria."""
    for name, value in data.values.items():
        setattr(criteria_set, name, value)
    usable, criteria_set.usable_for_scoring = criteria_set.usable_for_scoring, False
    criteria_set.save()
    for group_values, criteria in data.groups:
        group = CriteriaGroup.objects.create(criteria_set=criteria_set, **group_values)
        Criterion.objects.bulk_create(Criterion(group=group, **values) for values in criteria)
    if usable:
        criteria_set.state, criteria_set.usable_for_scoring = SetState.PUBLISHED, True
        criteria_set.published_at = timezone.now()
        criteria_set.save()
