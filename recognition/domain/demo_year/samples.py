"""Villages, families, clans, communities and units that nobody is: their names say so."""

from collections.abc import Mapping
from datetime import date as Date

from portal.places.domain.versions import found
from portal.places.enums import PlaceKind
from portal.places.models import Place, PlaceVersion
from recognition.enums import Area, SubjectKind
from recognition.models import Subject, VillageArea

VILLAGES = 12
CLANS = 40
UNITS = 30
SAMPLE = "Dữ liệu mẫu"  # where a text has to say on what it is based


def sample_villages(commune: Place, since: Date) -> list[Place]:
    """Twelve, the last four in a disadvantaged area."""
    villages = [
        found(name=f"Mẫu {number:02}", kind=PlaceKind.XOM, parent=commune, since=since, legal_basis=SAMPLE)
        for number in range(1, VILLAGES + 1)
    ]
    VillageArea.objects.bulk_create(
        VillageArea(
            place=village,
            area=Area.DISADVANTAGED if number > 8 else Area.STANDARD,
            valid_from=since,
            legal_basis=SAMPLE,
            decided_by=SAMPLE,
        )
        for number, village in enumerate(villages, 1)
    )
    return villages


def sample_places(commune: Place) -> list[int]:
    """The ids of its sample villages, known by the basis of their version."""
    versions = PlaceVersion.objects.filter(parent=commune, legal_basis=SAMPLE)
    return list(versions.values_list("place", flat=True))


def sample_subjects(villages: list[Place], families: int) -> Mapping[SubjectKind, list[Subject]]:
    numbers = {
        SubjectKind.FAMILY: ("Gia đình mẫu", families),
        SubjectKind.CLAN: ("Dòng họ mẫu", CLANS),
        SubjectKind.COMMUNITY: ("Cộng đồng mẫu", len(villages)),
        SubjectKind.UNIT: ("Đơn vị mẫu", UNITS),
    }
    made = {
        kind: [
            Subject(
                kind=kind,
                name=f"{name} {number + 1:04}",
                place=villages[number % len(villages)],
                is_sample=True,
            )
            for number in range(count)
        ]
        for kind, (name, count) in numbers.items()
    }
    Subject.objects.bulk_create([each for group in made.values() for each in group], batch_size=1000)
    return made
