"""The rules of a set in the database, after a look whether they still are those that were published."""

from django.utils.translation import gettext as _

from recognition.models import CriteriaGroup, CriteriaSet, Criterion
from recognition.permissions import can_score_with

from .criteria_content import content_hash, content_of
from .scoring import RuleSet, read_rules

KEYS = {"id", "criteria_set", "group", "lineage"}
LIFE = {"id", "content_hash", "state", "derived_from", "published_at", "published_by"}


class ChangedCriteria(Exception):
    """The stored set is not what was published; the text says so to whoever must look into it."""


def stored_content(criteria_set: CriteriaSet) -> dict:
    """The content as the database has it now."""
    groups = criteria_set.groups.prefetch_related("criteria")
    return content_of(
        _values(criteria_set, LIFE),
        [(_values(group, KEYS), [_values(each, KEYS) for each in group.criteria.all()]) for group in groups],
    )


def _values(row: CriteriaSet | CriteriaGroup | Criterion, left_out: set[str]) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name not in left_out}


def rules_of(criteria_set: CriteriaSet) -> RuleSet:
    """The rules by which sheets are judged. Raises ChangedCriteria when a row of the set was changed since it was
    published, ValueError with the reason when the set cannot be used for scoring."""
    usable = can_score_with(criteria_set)
    if not usable:
        raise ValueError(usable.reason)
    content = stored_content(criteria_set)
    if content_hash(content) != criteria_set.content_hash:
        raise ChangedCriteria(
            _(
                "The criteria set “%(title)s” was changed after it was published, so it judges nothing any more."
            )
            % {"title": criteria_set.title}
        )
    return read_rules(content)
