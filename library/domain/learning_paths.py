"""The steps of a learning path as a reader sees them."""

from dataclasses import dataclass
from typing import Any

from ..models import LearningPath, Resource
from .merging import followed


@dataclass(frozen=True, slots=True)
class Step:
    """`id` is that of the block, which stays when the editor moves the step. A step of a resource that this
    reader may not see has none: `resource` is None and `is_resource` true."""

    id: str
    value: Any
    is_resource: bool
    resource: Resource | None = None


def steps_for(path: LearningPath, *, officer: bool) -> list[Step]:
    """At most three queries. Only a path for officers shows what is kept for them: the pages of the others are
    kept for everybody alike."""
    ids = [step.value["resource"].pk for step in path.steps if _holds_resource(step)]
    readable = Resource.objects.readable(officer=officer and path.officers_only)
    shown = followed(ids, readable.prefetch_related("contributions"))
    return [
        Step(
            step.id,
            step.value,
            step.block_type == "resource",
            shown.get(step.value["resource"].pk) if _holds_resource(step) else None,
        )
        for step in path.steps
    ]


def _holds_resource(step) -> bool:
    return step.block_type == "resource" and step.value["resource"] is not None
