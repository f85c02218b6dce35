"""A draft is published: once, whole, and never changed again."""

from django.utils import timezone

from recognition.domain.criteria_content import content_hash
from recognition.domain.published_rules import stored_content
from recognition.enums import Completeness, SetState
from recognition.models import CriteriaSet

from .faults import faults_in
from .writing import changing


class NotReady(Exception):
    """What is still missing: `faults`, sentences."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


def publish(pk: int, user) -> CriteriaSet:
    """From now on it judges sheets, and the database refuses every change. Raises NotReady, NotADraft."""
    with changing(pk) as draft:
        if faults := faults_in(stored_content(draft)):
            raise NotReady(faults)
        draft.state, draft.usable_for_scoring = SetState.PUBLISHED, True
        draft.completeness = Completeness.COMPLETE
        draft.published_at, draft.published_by = timezone.now(), user
        draft.content_hash = content_hash(stored_content(draft))
        draft.save()
        return draft
