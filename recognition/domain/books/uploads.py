"""A sheet handed in through the browser: looked at first, entered after a word of the officer."""

from datetime import date as Date

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from portal.places.models import Place
from portal.text import nfc
from portal.web.imports import Counts, ImportRefused, as_text, read_table
from recognition.enums import UploadState
from recognition.models import BookUpload

from .importing import import_subjects
from .keeping import note_sheet
from .sheet import COLUMNS, REQUIRED

COUNTS = ("created", "updated", "unchanged")
DAYS_KEPT = 30  # of a sheet that nobody enters or puts aside


def hand_in(file: File, commune: Place, day: Date, user) -> BookUpload:
    """Read the sheet and find out what it would do. Raises ImportRefused for a file that is no such sheet."""
    read = read_table(file, required=REQUIRED)
    rows = [
        (number, {each: as_text(cells[each]) for each in COLUMNS if each in cells}) for number, cells in read
    ]
    upload = BookUpload(commune=commune, day=day, name=nfc(file.name)[-200:], rows=rows, uploaded_by=user)
    check(upload)
    return upload


def check(upload: BookUpload) -> None:
    """Find out anew what the sheet would do to the books as they are now."""
    upload.errors = []
    counts = Counts()
    try:
        with transaction.atomic():
            counts = import_subjects(upload.rows, upload.commune, upload.day)
            transaction.set_rollback(True)
    except ImportRefused as refused:
        upload.errors = [[error.row, error.column, str(error.reason)] for error in refused.errors]
    _note(upload, counts)
    upload.save()


@transaction.atomic
def enter(upload: BookUpload, user) -> bool:
    """Write the rows. False when somebody has decided on the sheet meanwhile, or the books have changed so that it does not
    fit any more; then its errors say why."""
    row = BookUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state != UploadState.CHECKED:
        return False
    try:
        with transaction.atomic():
            counts = import_subjects(row.rows, row.commune, row.day)
    except ImportRefused:
        check(row)
        return False
    _note(row, counts)
    row.state, row.rows, row.errors = UploadState.ENTERED, [], []
    row.save()
    note_sheet(row.commune, user, {name: getattr(row, name) for name in COUNTS}, row.name)
    return True


def put_aside(upload: BookUpload) -> None:
    BookUpload.objects.filter(pk=upload.pk, state=UploadState.CHECKED).update(
        state=UploadState.PUT_ASIDE, rows=[], errors=[]
    )


def forget(today: Date) -> None:
    """Put aside what has been waiting for a month: rows hold names, and nobody needs them."""
    for upload in BookUpload.objects.filter(state=UploadState.CHECKED):
        if (today - timezone.localdate(upload.uploaded_at)).days > DAYS_KEPT:
            put_aside(upload)


def _note(upload: BookUpload, counts: Counts) -> None:
    for name in COUNTS:
        setattr(upload, name, getattr(counts, name))
