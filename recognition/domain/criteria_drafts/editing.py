"""Changes of a draft: its facts and rules, its groups and criteria and their order. Each raises NotADraft once it is none."""

from collections.abc import Mapping

from django.db.models import Max, QuerySet

from recognition.models import CriteriaGroup, CriteriaSet, Criterion

from .bands import laid_out
from .writing import changing

ASIDE = 10_000  # positions out of the way while rows change places


def set_facts(pk: int, facts: Mapping) -> None:
    """`facts`: fields of CriteriaSet. The highest band follows the total."""
    with changing(pk) as draft:
        for name, value in facts.items():
            setattr(draft, name, value)
        if draft.scoring_model != "all_targets_met":
            bands = draft.rules.get("thresholds", [])
            draft.rules = {**draft.rules, "thresholds": laid_out(bands, draft.total_points)}
        draft.save()


def set_rules(pk: int, rules: Mapping) -> None:
    """`rules`: parts of CriteriaSet.rules; what is not among them stays."""
    with changing(pk) as draft:
        draft.rules = {**draft.rules, **rules}
        draft.save()


def put_group(pk: int, group_pk: int | None, values: Mapping) -> CriteriaGroup:
    """A new group, at the end, when `group_pk` is None. Raises CriteriaGroup.DoesNotExist."""
    with changing(pk) as draft:
        groups = draft.groups.all()
        group = groups.get(pk=group_pk) if group_pk else _last(groups, CriteriaGroup(criteria_set=draft))
        return _saved(group, values)


def put_criterion(pk: int, criterion_pk: int | None, group_pk: int, values: Mapping) -> Criterion:
    """A new criterion, at the end of its group, when `criterion_pk` is None; one that changes its group goes to the end.

    Raises CriteriaGroup.DoesNotExist, Criterion.DoesNotExist.
    """
    with changing(pk) as draft:
        group = draft.groups.get(pk=group_pk)
        criterion = _criteria(draft).get(pk=criterion_pk) if criterion_pk else Criterion()
        if criterion.group_id != group.pk:
            criterion.group = group
            _last(group.criteria.all(), criterion)
        return _saved(criterion, values)


def remove_group(pk: int, group_pk: int) -> None:
    with changing(pk) as draft:
        draft.groups.filter(pk=group_pk).delete()


def remove_criterion(pk: int, criterion_pk: int) -> None:
    with changing(pk) as draft:
        _criteria(draft).filter(pk=criterion_pk).delete()


def arrange(pk: int, order: Mapping[str, int], points: Mapping[str, int | None]) -> None:
    """Order and points of all groups and criteria at once, as the overview shows them.

    Keys: "g12" for group 12, "c34" for criterion 34; those left out stay. Equal numbers keep their order.
    """
    with changing(pk) as draft:
        groups = list(draft.groups.prefetch_related("criteria"))
        _arrange(groups, "g", order, points)
        for group in groups:
            _arrange(list(group.criteria.all()), "c", order, points)


def _arrange(rows: list, prefix: str, order: Mapping, points: Mapping) -> None:
    rows.sort(key=lambda row: order.get(f"{prefix}{row.pk}", row.position))
    for step in (ASIDE, 0):  # two rows never have one position, not even for a moment
        for position, row in enumerate(rows, 1):
            row.position = position + step
            row.max_points = points.get(f"{prefix}{row.pk}", row.max_points)
            row.save(update_fields=["position", "max_points"])


def _criteria(draft: CriteriaSet) -> QuerySet[Criterion]:
    return Criterion.objects.filter(group__criteria_set=draft)


def _last(others: QuerySet, row):
    row.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    return row


def _saved(row, values: Mapping):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row
