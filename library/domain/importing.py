"""Loading resources from a sheet: all rows or none, and the same sheet twice changes nothing."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from portal.web.imports import Counts, ImportRefused, RowError
from portal.web.imports.table import Row

from ..models import Classification, Contribution, Resource, ResourceTag, Subject, Tag
from .resource_rows import ResourceRow, read_resource
from .tagging import ensure_tags

BATCH = 500  # rows compared with what is stored in one go
Pair = tuple[Resource, ResourceRow]
RELATED = ("contributions", "classifications__subject", "tagged_items__tag")


@transaction.atomic
def import_resources(rows: Iterable[Row], *, source: str = "", only_new: bool = False) -> Counts:
    """Create and update the resources of one sheet.

    rows: (row number, {heading: cell}) with the headings of `data/resources.csv`; `key` names a resource within
    the collection `source`. A column that the sheet does not have is left as stored. `only_new` (the seed)
    never touches a resource that is there already.
    Raises ImportRefused with every mistake of the sheet; then nothing has been written.
    """
    read = _without_mistakes(rows)
    tags = ensure_tags({name for row in read for name in row.tags or ()})
    counts = Counts()
    for start in range(0, len(read), BATCH):
        batch = read[start : start + BATCH]
        stored = _stored(source, [row.key for row in batch])
        new = [row for row in batch if row.key not in stored]
        known = [(stored[row.key], row) for row in batch if row.key in stored]
        changed = (
            [] if only_new else [(resource, row) for resource, row in known if row.differs_from(resource)]
        )
        _write_new(new, source, tags)
        _write_changed(changed, tags)
        counts.created += len(new)
        counts.updated += len(changed)
        counts.unchanged += len(known) - len(changed)
    return counts


def _without_mistakes(rows: Iterable[Row]) -> list[ResourceRow]:
    subjects = {subject.slug: subject for subject in Subject.objects.all()}
    read, errors, seen = [], [], {}
    for number, cells in rows:
        row, mistakes = read_resource(number, cells, subjects)
        errors += mistakes
        if row.key in seen:
            reason = _("This identifier stands in row %(row)s already.") % {"row": seen[row.key]}
            errors.append(RowError(number, "key", reason))
        seen.setdefault(row.key, number)
        read.append(row)
    if errors:
        raise ImportRefused(errors)
    return read


def _stored(source: str, keys: list[str]) -> dict[str, Resource]:
    found = Resource.objects.filter(source=source, key__in=keys).prefetch_related(*RELATED)
    return {resource.key: resource for resource in found}


def _write_new(rows: list[ResourceRow], source: str, tags: dict[str, Tag]) -> None:
    for row in rows:
        row.resource.source = source
    Resource.objects.bulk_create([row.resource for row in rows])
    pairs = [(row.resource, row) for row in rows]
    _write_subjects(pairs)
    _write_creators([(resource, row) for resource, row in pairs if row.creators])
    _write_tags([(resource, row) for resource, row in pairs if row.tags], tags)


def _write_changed(pairs: list[Pair], tags: dict[str, Tag]) -> None:
    """Only what differs is written: each row below a resource that goes or comes is told to the search too."""
    subjects = [(resource, row) for resource, row in pairs if row.other_subjects(resource)]
    creators = [(resource, row) for resource, row in pairs if row.other_creators(resource)]
    tagged = [(resource, row) for resource, row in pairs if row.other_tags(resource)]
    for resource, row in pairs:
        row.write_to(resource)
        resource.save()
    Classification.objects.filter(resource__in=_resources(subjects)).delete()
    Contribution.objects.filter(resource__in=_resources(creators)).delete()
    ResourceTag.objects.filter(content_object__in=_resources(tagged)).delete()
    _write_subjects(subjects)
    _write_creators(creators)
    _write_tags(tagged, tags)


def _resources(pairs: list[Pair]) -> list[Resource]:
    return [resource for resource, _row in pairs]


def _write_subjects(pairs: list[Pair]) -> None:
    Classification.objects.bulk_create(
        Classification(resource=resource, subject=subject)
        for resource, row in pairs
        for subject in row.subjects
    )


def _write_creators(pairs: list[Pair]) -> None:
    Contribution.objects.bulk_create(
        Contribution(resource=resource, sort_order=order, name=name, role=role)
        for resource, row in pairs
        for order, (name, role) in enumerate(row.creators)
    )


def _write_tags(pairs: list[Pair], tags: dict[str, Tag]) -> None:
    ResourceTag.objects.bulk_create(
        ResourceTag(content_object=resource, tag=tag)
        for resource, row in pairs
        for tag in {tags[name.casefold()] for name in row.tags}
    )
