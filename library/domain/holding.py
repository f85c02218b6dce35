"""What surrounds the description of a resource when it goes out to other libraries."""

from collections.abc import Sequence

from ..enums import Audience, Kind, Level, RenditionPurpose
from ..interop.holding import Holding
from ..models import Resource


def holding_of(resource: Resource, address: str, *, place: str = "", parts_of: Sequence[str] = ()) -> Holding:
    """Costs no query when `description.RELATED` has been read."""
    return Holding(
        number=resource.pk,
        address=address,
        created=resource.created_at,
        changed=resource.updated_at,
        subjects=[each.subject.name for each in resource.classifications.all()],
        kind=str(Kind(resource.kind).label),
        level=str(Level(resource.level).label) if resource.level else "",
        audience=str(Audience(resource.audience).label),
        place=place,
        files=[
            (each.media_type, each.size)
            for each in resource.renditions.all()
            if each.purpose == RenditionPurpose.ORIGINAL and each.media_type
        ],
        parts_of=parts_of,
    )
