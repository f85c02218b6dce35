"""The records as the database holds them."""

from library.models import OfferedCount, OfferedRecord


def record(resource) -> OfferedRecord:
    return OfferedRecord.objects.get(pk=resource.pk)


def recount() -> dict[str, tuple[int, int]]:
    """From the records themselves."""
    found = {}
    for each in OfferedRecord.objects.all():
        for spec in ["", *each.sets]:
            live, deleted = found.get(spec, (0, 0))
            found[spec] = (live + (not each.deleted), deleted + each.deleted)
    return found


def counted() -> dict[str, tuple[int, int]]:
    held = OfferedCount.objects.exclude(live=0, deleted=0)
    return {spec: (live, deleted) for spec, live, deleted in held.values_list("spec", "live", "deleted")}
