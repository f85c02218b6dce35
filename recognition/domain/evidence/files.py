"""Files of evidence: looked at before they are kept, photos drawn anew, each content kept once and no longer than it is used."""

import hashlib
from datetime import date as Date
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from portal.cms.reencode import photograph
from portal.cms.uploads import Group, check
from portal.text import nfc
from recognition.enums import EvidenceKind
from recognition.models import EvidenceFile

ACCEPTED = frozenset({Group.PDF, Group.OFFICE, Group.IMAGE})
ENDINGS = "image/*,.pdf,.docx,.xlsx"  # what a browser offers to choose from
KEPT_UNUSED = timedelta(days=1)


def keep(file: File) -> tuple[EvidenceFile, EvidenceKind, str]:
    """-> (the file as it is kept, photo or file, the name under which it was sent). Raises UploadRefused with a sentence."""
    name = nfc(file.name)[-200:]
    checked = check(file, ACCEPTED, draw=photograph)
    digest = _sha256(checked.file)
    kept, created = EvidenceFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "file": File(checked.file, f"{digest}{checked.kind.ending}"),
            "content_type": checked.kind.media_type,
            "size": checked.file.size,
        },
    )
    if not created:
        EvidenceFile.objects.filter(pk=kept.pk).update(used_at=timezone.now())
    is_photo = checked.kind.group is Group.IMAGE
    return kept, EvidenceKind.PHOTO if is_photo else EvidenceKind.FILE, name


def _sha256(file: File) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def forget_unused(today: Date) -> None:
    """Delete the files that no evidence uses any more; one that was sent within a day may still be tied to something."""
    long_enough = timezone.now() - KEPT_UNUSED
    for pk in EvidenceFile.objects.filter(evidence=None, used_at__lt=long_enough).values_list(
        "pk", flat=True
    ):
        _forget(pk)


def _forget(pk: int) -> None:
    with transaction.atomic():
        row = EvidenceFile.objects.select_for_update().filter(pk=pk).first()
        try:
            if row is not None and row.delete():
                transaction.on_commit(lambda: row.file.storage.delete(row.file.name))
        except ProtectedError:  # tied to something meanwhile
            return
