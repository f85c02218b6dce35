"""Evidence added, spread over more assessments and taken off, as long as their sheets may be filled in; each with a line in
the audit trail, and the sheets judged anew: in some sets what is not proved is not met.

Whether somebody may is `permissions.those_to_prove` of the assessments; the address of a household's own sheet is its right.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from recognition.domain import sheets
from recognition.domain.workflow import HOUSEHOLD
from recognition.enums import AWAITING_SELF_SCORE, EvidenceKind, RoundState
from recognition.models import Assessment, Evidence, EvidenceCover, EvidenceFile
from recognition.permissions import role_to_prove, those_to_prove

BATCH = 2000


class NotNow(Exception):
    """Some of the sheets may not be changed by this person now; nothing was done. The text names them."""

    def __init__(self, rows: Sequence[Assessment]):
        names = ", ".join(str(row.subject) for row in rows[:5])
        super().__init__(
            _("The evidence of these can no longer be changed by you: %(names)s.") % {"names": names}
        )


@transaction.atomic
def add(evidence: Evidence, assessments: Iterable[Assessment], user=None, *, hand: str = "") -> Evidence:
    """Save a new piece and tie it to the assessments. Its kind follows from what it holds. Raises NotNow.

    `hand`: HOUSEHOLD when it comes by the address of a household's own sheet.
    """
    rows = _locked(evidence, assessments, user, hand)
    evidence.kind = evidence.kind or kind_of(evidence)
    evidence.added_by = user
    evidence.save()
    _tie(evidence, rows)
    _record("evidence.added", evidence, rows, user, hand)
    return evidence


def kind_of(evidence: Evidence) -> EvidenceKind:
    """Of a piece without a file; one with a file is a photo or a file by its content."""
    if evidence.link:
        return EvidenceKind.LINK
    return EvidenceKind.DOCUMENT_NUMBER if evidence.document_number else EvidenceKind.ATTESTATION


@transaction.atomic
def attach(evidence: Evidence, file: EvidenceFile, kind: EvidenceKind, name: str, user) -> None:
    """The photo or scan of a piece that was only described until now. Raises NotNow."""
    rows = _locked(evidence, evidence.assessments.all(), user, "")
    evidence.file, evidence.kind, evidence.file_name = file, kind, name
    evidence.save(update_fields=["file", "kind", "file_name"])
    _record("evidence.attached", evidence, rows, user, "")


@transaction.atomic
def cover(evidence: Evidence, assessments: Iterable[Assessment], user) -> int:
    """Let it also prove the same of these assessments of its round. -> how many are new. Raises NotNow."""
    covered = set(evidence.covers.values_list("assessment", flat=True))
    rows = _locked(evidence, [row for row in assessments if row.pk not in covered], user, "")
    _tie(evidence, rows)
    _record("evidence.added", evidence, rows, user, "")
    return len(rows)


@transaction.atomic
def uncover(evidence: Evidence, assessments: Iterable[Assessment], user=None, *, hand: str = "") -> int:
    """Take it off these assessments; a piece that proves nothing any more is gone. -> of how many. Raises NotNow."""
    wanted = [row.pk for row in assessments]
    rows = _locked(evidence, evidence.assessments.filter(pk__in=wanted), user, hand)
    _record("evidence.removed", evidence, rows, user, hand)
    evidence.covers.filter(assessment__in=rows).delete()
    if not evidence.covers.exists():
        evidence.delete()
    sheets.judge(rows)
    return len(rows)


def _locked(evidence: Evidence, assessments: Iterable[Assessment], user, hand: str) -> list[Assessment]:
    """Those of the same round and commune as they are now, held until the end of the transaction. Raises NotNow."""
    wanted = Assessment.objects.filter(
        pk__among=[row.pk for row in assessments], round=evidence.round_id, commune=evidence.commune_id
    )
    held = list(wanted.select_for_update().order_by("pk").values_list("pk", flat=True))
    related = ("round__criteria_set", "subject", "commune", "previous_award")
    rows = list(Assessment.objects.filter(pk__among=held).select_related(*related).order_by("pk"))
    open_now = {row.pk for row in (_own(rows) if hand == HOUSEHOLD else those_to_prove(user, rows))}
    if shut := [row for row in rows if row.pk not in open_now]:
        raise NotNow(shut)
    return rows


def _own(rows: Iterable[Assessment]) -> list[Assessment]:
    """Those that the household itself still fills in."""
    return [row for row in rows if row.round.state == RoundState.OPEN and row.state in AWAITING_SELF_SCORE]


def _tie(evidence: Evidence, rows: Sequence[Assessment]) -> None:
    EvidenceCover.objects.bulk_create(
        [EvidenceCover(evidence=evidence, assessment=row) for row in rows],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    sheets.judge(rows)


def _record(action: str, evidence: Evidence, rows: Sequence[Assessment], user, hand: str) -> None:
    trails = defaultdict(list)
    for row in rows:
        role = hand or role_to_prove(row)
        trails[row.commune_id, row.round.year, row.round.is_sample, role].append(row)
    data = {"evidence": evidence.pk, "criterion": evidence.criterion.code, "kind": evidence.kind}
    for (_commune, year, sample, role), of_trail in sorted(trails.items()):
        deeds = [Deed(action, row.audit_name, data) for row in of_trail]
        audit.record(of_trail[0].commune, year, deeds, Actor(user, role), sample=sample)
