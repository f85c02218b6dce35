"""The learning paths that a resource is part of, as far as everybody may follow them."""

import json
from collections import defaultdict
from collections.abc import Collection

from portal.search.outbox import changed

from ...models import LearningPath, Resource


def addresses(numbers: Collection[int], site_address: str) -> dict[int, list[str]]:
    """{resource: addresses of its paths, in the order of the tree}."""
    found = defaultdict(list)
    for path in LearningPath.objects.live().public().readable(officer=False).order_by("path"):
        for number in _resources(path.steps.raw_data) & set(numbers):
            found[number].append(site_address + path.get_url_parts()[2])
    return found


def path_changed(path: LearningPath) -> None:
    """What is in it, or was, is told of to whoever keeps records of resources."""
    told = _resources(path.steps.raw_data)
    for revision in path.revisions.all():
        steps = revision.content.get("steps") or "[]"
        told |= _resources(json.loads(steps) if isinstance(steps, str) else steps)
    changed(Resource.search_prefix, sorted(told))


def _resources(steps) -> set[int]:
    chosen = (step["value"].get("resource") for step in steps if step["type"] == "resource")
    return {int(number) for number in chosen if number}
