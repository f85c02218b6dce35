"""What a criteria set says, as one plain value with a hash: by it a published set is proved unchanged. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping


def content_of(values: Mapping, groups: Iterable[tuple[Mapping, Iterable[Mapping]]]) -> dict:
    """`values` of a set and `groups`: for each, its values and a list of those of its criteria."""
    parts = [{**group, "criteria": list(criteria)} for group, criteria in groups]
    return {**values, "groups": parts}


def content_hash(content: Mapping) -> str:
    """SHA-256 of the canonical JSON."""
    canonical = json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=lambda day: day.isoformat(),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
