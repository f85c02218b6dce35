"""Writing on a sheet as one saw it: who comes second, after a step was taken with it, is told."""

from collections.abc import Mapping

from django.db import transaction

from recognition.enums import Stage
from recognition.models import Assessment

from . import sheets
from .workflow import MovedMeanwhile


@transaction.atomic
def fill_in(
    assessment: Assessment,
    stage: Stage,
    answers: sheets.Answers,
    user,
    *,
    notes: Mapping[str, str] | None = None,
) -> None:
    """`sheets.put` on an assessment that still stands where the person saw it. Raises MovedMeanwhile, MalformedSheet."""
    as_seen = Assessment.objects.select_for_update().filter(
        pk=assessment.pk, version=assessment.version, state=assessment.state
    )
    if not as_seen.exists():
        raise MovedMeanwhile([assessment])
    sheets.put(assessment, stage, answers, user, notes=notes)
