import datetime

import factory

from recognition.enums import Area, Completeness, ScoringModel, SubjectKind
from recognition.models import Award, CriteriaSet, Subject, VillageArea

from .places import CommuneFactory, VillageFactory


class CriteriaSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriteriaSet

    class Params:
        stub = factory.Trait(
            completeness=Completeness.STUB, usable_for_scoring=False, scoring_model=ScoringModel.NONE
        )

    code = factory.Sequence(lambda n: f"MAU-{n}")
    slug = factory.Sequence(lambda n: f"mau-{n}")
    title = factory.Sequence(lambda n: f"Bộ tiêu chí mẫu {n}")
    subject_kind = SubjectKind.FAMILY
    scope_levels = ["village"]
    completeness = Completeness.COMPLETE
    usable_for_scoring = True
    scoring_model = ScoringModel.POINTS
    document = "Văn bản mẫu"
    retrieved_on = datetime.date(2026, 11, 23)
    content_hash = factory.Sequence(lambda n: f"{n:064d}")


class AwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Award

    subject_kind = SubjectKind.FAMILY
    name = factory.Sequence(lambda n: f"Gia đình mẫu {n:02d}")
    place = factory.SubFactory(CommuneFactory)
    year = 2025
    decision_number = "MẪU-01/QĐ-UBND"
    decision_date = datetime.date(2025, 12, 15)
    issuer = "UBND xã mẫu"
    publication_basis = "Dữ liệu mẫu"


class SubjectFactory(factory.django.DjangoModelFactory):
    """A family in a village of its own."""

    class Meta:
        model = Subject

    kind = SubjectKind.FAMILY
    name = factory.Sequence(lambda n: f"Gia đình mẫu {n:02}")
    place = factory.SubFactory(VillageFactory)


class VillageAreaFactory(factory.django.DjangoModelFactory):
    """A disadvantaged village, until further notice."""

    class Meta:
        model = VillageArea

    place = factory.SubFactory(VillageFactory)
    area = Area.DISADVANTAGED
    valid_from = datetime.date(2022, 1, 1)
    legal_basis = "Văn bản mẫu"
    decided_by = "Hội mẫu"
