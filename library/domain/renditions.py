"""Files of resources: taken in, described by their content, and thrown away with the row they belong to."""

import hashlib
from collections.abc import Callable

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile

from portal.cms.uploads import RESOURCES, Checked, Group, check

from ..enums import RenditionForm, RenditionPurpose
from ..models import Rendition, Resource

FORMS = {
    Group.PDF: RenditionForm.PDF,
    Group.EPUB: RenditionForm.EPUB,
    Group.HTML: RenditionForm.HTML,
    Group.IMAGE: RenditionForm.IMAGE,
    Group.AUDIO: RenditionForm.AUDIO,
    Group.VIDEO: RenditionForm.VIDEO,
}


@transaction.atomic
def take_in(resource: Resource, file: File, *, label: str = "", language: str = "") -> Rendition:
    """Add a file to a stored resource, after those it has. Light renditions and the cover follow in the background.

    Raises UploadRefused (a ValidationError) with a sentence when the file is not for the library.
    """
    checked = check(file, RESOURCES)
    rendition = Rendition(
        resource=resource, label=label, language=language, sort_order=resource.renditions.count()
    )
    fill(rendition, checked)
    rendition.save()
    return rendition


def fill(rendition: Rendition, checked: Checked) -> None:
    """Say of `rendition` what its file is; nothing is written yet."""
    rendition.file = checked.file
    rendition.url = ""
    rendition.form = FORMS[checked.kind.group]
    rendition.media_type = checked.kind.media_type
    rendition.size = checked.file.size
    rendition.checksum = checksum(checked.file)


def add_made(
    original: Rendition, purpose: RenditionPurpose, form: RenditionForm, media_type: str, file: File
) -> Rendition:
    """Keep what the portal made of `original`."""
    return Rendition.objects.create(
        resource_id=original.resource_id,
        made_from=original,
        purpose=purpose,
        form=form,
        language=original.language,
        media_type=media_type,
        file=file,
        size=file.size,
        checksum=checksum(file),
        sort_order=original.sort_order,
    )


def checksum(file: File) -> str:
    """SHA-256 in hex; `file` is at its beginning afterwards."""
    file.seek(0)
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def on_commit_forget(stored: FieldFile, and_then: Callable[[], None] | None = None) -> None:
    """Throw a file away after the transaction, unless another row still has it; then call `and_then`."""
    column, name, storage = stored.field.name, stored.name, stored.storage

    def forget():
        if not Rendition.objects.filter(**{column: name}).exists():
            storage.delete(name)
            if and_then:
                and_then()

    transaction.on_commit(forget)
