"""What a step brings along beside the assessments: the papers that it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recognition.models import Appeal, CouncilItem, CouncilSession, Decision, PublicNotice


@dataclass(frozen=True, slots=True)
class Facts:
    """`items`: the council's vote by assessment."""

    reason: str = ""
    session: CouncilSession | None = None
    items: Mapping[int, CouncilItem] = field(default_factory=dict)
    notice: PublicNotice | None = None
    decision: Decision | None = None
    appeal: Appeal | None = None
