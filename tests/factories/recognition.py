import datetime
import uuid

import factory

from django.utils import timezone

from recognition.domain import sheets
from recognition.domain.criteria_content import content_hash
from recognition.domain.published_rules import stored_content
from recognition.enums import (
    AFTER_VERIFICATION,
    DECIDED,
    LEFT,
    REASONED,
    Area,
    AssessmentState,
    Completeness,
    DecisionKind,
    DecisionState,
    DenominatorKind,
    Indicator,
    RevokedBecause,
    RoundState,
    ScoringModel,
    SessionState,
    SetState,
    Stage,
    SubjectKind,
    TargetKind,
)
from recognition.models import (
    Assessment,
    Award,
    Consent,
    CouncilSession,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Decision,
    Denominator,
    PublicNotice,
    Round,
    Subject,
    Target,
    VillageArea,
)

from .accounts import UserFactory
from .places import CommuneFactory, VillageFactory


class CriteriaSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriteriaSet

    class Params:
        stub = factory.Trait(
            completeness=Completeness.STUB,
            usable_for_scoring=False,
            scoring_model=ScoringModel.NONE,
            state=SetState.INCOMPLETE,
        )
        draft = factory.Trait(usable_for_scoring=False, state=SetState.DRAFT, content_hash="")

    code = factory.Sequence(lambda n: f"MAU-{n}")
    slug = factory.Sequence(lambda n: f"mau-{n}")
    title = factory.Sequence(lambda n: f"Bộ tiêu chí mẫu {n}")
    subject_kind = SubjectKind.FAMILY
    scope_levels = ["village"]
    completeness = Completeness.COMPLETE
    usable_for_scoring = True
    state = SetState.PUBLISHED
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
    of_age = factory.LazyAttribute(lambda award: award.subject_kind == SubjectKind.CITIZEN)
    revoked_on = None
    revoked_reason = factory.LazyAttribute(lambda award: award.revoked_on and RevokedBecause.ERROR or "")


class SubjectFactory(factory.django.DjangoModelFactory):
    """A family in a village of its own."""

    class Meta:
        model = Subject

    kind = SubjectKind.FAMILY
    name = factory.Sequence(lambda n: f"Gia đình mẫu {n:02}")
    place = factory.SubFactory(VillageFactory)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    subject = factory.SubFactory(SubjectFactory)
    given_by = "Người Ký Mẫu"
    given_on = datetime.date(2025, 3, 1)
    of_age = True
    document = "Phiếu mẫu"


class VillageAreaFactory(factory.django.DjangoModelFactory):
    """A disadvantaged village, until further notice."""

    class Meta:
        model = VillageArea

    place = factory.SubFactory(VillageFactory)
    area = Area.DISADVANTAGED
    valid_from = datetime.date(2022, 1, 1)
    legal_basis = "Văn bản mẫu"
    decided_by = "Hội mẫu"


def points_set(
    *, kind=SubjectKind.FAMILY, criteria=4, most=25, least=80, evidence=False, lineages=None, **values
) -> CriteriaSet:
    """A usable set of two groups of criteria "1.1", "1.2", ... with `most` points each, passed from `least` per cent on.

    `lineages`: by code, of which earlier criteria these are the new versions."""
    half = criteria // 2
    total = criteria * most
    rules = {
        "thresholds": [
            {"label_vi": "Đạt", "min": total * least // 100, "max": total, "max_inclusive": True},
            {"label_vi": "Không đạt", "min": 0, "max": total * least // 100, "max_inclusive": False},
        ],
        "preconditions": [{"code": "MC", "kind": "no_evidence_means_not_met"}] if evidence else [],
    }
    criteria_set = CriteriaSetFactory(
        draft=True, subject_kind=kind, total_points=total, **{"rules": rules} | values
    )
    for group_number, codes in enumerate((range(half), range(criteria - half)), start=1):
        group = CriteriaGroup.objects.create(
            criteria_set=criteria_set,
            position=group_number,
            code=str(group_number),
            name=f"Nhóm mẫu {group_number}",
            max_points=len(codes) * most,
        )
        Criterion.objects.bulk_create(
            Criterion(
                group=group,
                position=number + 1,
                code=f"{group_number}.{number + 1}",
                text=f"Tiêu chí mẫu {group_number}.{number + 1}",
                kind=TargetKind.POINTS,
                max_points=most,
                lineage=(lineages or {}).get(f"{group_number}.{number + 1}") or uuid.uuid4(),
            )
            for number in codes
        )
    criteria_set.state, criteria_set.usable_for_scoring = SetState.PUBLISHED, True
    criteria_set.content_hash = content_hash(stored_content(criteria_set))
    criteria_set.save()
    return criteria_set


class RoundFactory(factory.django.DjangoModelFactory):
    """An open round for families in a commune of its own; all deadlines lie ahead."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    year = factory.LazyFunction(lambda: timezone.localdate().year)
    subject_kind = SubjectKind.FAMILY
    title = factory.Sequence(lambda n: f"Đợt xét mẫu {n}")
    place = factory.SubFactory(CommuneFactory)
    criteria_set = factory.LazyAttribute(lambda self: points_set(kind=self.subject_kind))
    village_meeting = False
    register_by = factory.LazyFunction(lambda: _in_days(30))
    self_score_by = factory.LazyFunction(lambda: _in_days(60))
    verify_by = factory.LazyFunction(lambda: _in_days(90))
    council_by = factory.LazyFunction(lambda: _in_days(120))
    notice_days = 5
    appeal_days = 15
    decided_by = "Chủ tịch Ủy ban nhân dân xã mẫu"
    state = RoundState.OPEN

    @factory.post_generation
    def communes(self, create, extracted, **kwargs):
        if create:
            self.communes.set(extracted or [self.place])


class AssessmentFactory(factory.django.DjangoModelFactory):
    """Of a family in a village of the round's commune. `state` is set as it is, with all that the database asks of it;
    nothing was filled in: see `scored`."""

    class Meta:
        model = Assessment

    round = factory.SubFactory(RoundFactory)
    commune = factory.LazyAttribute(lambda self: self.round.place)
    place = factory.LazyAttribute(lambda self: VillageFactory(parent=self.commune))
    subject = factory.LazyAttribute(
        lambda self: SubjectFactory(place=self.place, kind=self.round.subject_kind)
    )

    @classmethod
    def _create(cls, model_class, *args, state=AssessmentState.DRAFT, **values):
        now = timezone.now()
        if state not in (AssessmentState.DRAFT, *LEFT):
            values.setdefault("registered_at", now)
        if state not in (AssessmentState.DRAFT, AssessmentState.REGISTERED, *LEFT):
            values = {"submitted_at": now, "submitted_as": "household"} | values
        if state in DECIDED or state in AFTER_VERIFICATION:
            values = {"verified_by": values.get("verified_by") or UserFactory(), "verified_at": now} | values
        if state in DECIDED:
            values.setdefault("decision", DecisionFactory(round=values["round"], commune=values["commune"]))
        if state in REASONED:
            values.setdefault("reason", "Lý do mẫu")
        return super()._create(model_class, *args, state=state, **values)


class DecisionFactory(factory.django.DjangoModelFactory):
    """Issued today, with an empty annex."""

    class Meta:
        model = Decision

    kind = DecisionKind.RECOGNISE
    round = factory.SubFactory(RoundFactory)
    commune = factory.LazyAttribute(lambda self: self.round.place)
    year = factory.LazyAttribute(lambda self: self.round.year)
    issuer = "Ủy ban nhân dân xã mẫu"
    number = factory.Sequence(lambda n: f"{n + 1:02}/QĐ-UBND")
    issued_on = factory.LazyFunction(timezone.localdate)
    signer_title = "Chủ tịch"
    signer_name = "Người ký mẫu"
    state = DecisionState.ISSUED
    document_hash = "0" * 64


class CouncilSessionFactory(factory.django.DjangoModelFactory):
    """Held today and closed, with a quorum of five; its votes are the caller's."""

    class Meta:
        model = CouncilSession

    round = factory.SubFactory(RoundFactory)
    commune = factory.LazyAttribute(lambda self: self.round.place)
    held_on = factory.LazyFunction(timezone.localdate)
    chair = "Chủ tịch mẫu"
    secretary = "Thư ký mẫu"
    state = SessionState.CLOSED
    members_count = 5
    present_count = 5
    association_represented = True


class PublicNoticeFactory(factory.django.DjangoModelFactory):
    """Hung out long enough, until yesterday; PublicNoticeFactory(round=..., rows=assessments)."""

    class Meta:
        model = PublicNotice

    class Params:
        rows = ()

    round = factory.SubFactory(RoundFactory)
    commune = factory.LazyAttribute(lambda self: self.round.place)
    opens_on = factory.LazyAttribute(lambda self: _in_days(-self.round.notice_days))
    closes_on = factory.LazyFunction(lambda: _in_days(-1))
    snapshot = factory.LazyAttribute(lambda self: [{"assessment": row.pk} for row in self.rows])


def scored(assessment: Assessment, points=25, stages=(Stage.SELF, Stage.VERIFIER), user=None) -> Assessment:
    """Every criterion of a set of points filled in with the same points, and judged."""
    for stage in stages:
        codes = sheets.criteria_by_code(assessment.round.criteria_set)
        sheets.put(assessment, stage, {code: {"points": points} for code in codes}, user)
    return assessment


def _in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


class DenominatorFactory(factory.django.DjangoModelFactory):
    """Checked and locked by somebody; with open=True only entered."""

    class Meta:
        model = Denominator

    class Params:
        open = factory.Trait(checked_by=None, locked_at=None)

    place = factory.SubFactory(CommuneFactory)
    year = 2025
    kind = DenominatorKind.HOUSEHOLDS
    value = 100
    as_of = datetime.date(2025, 11, 30)
    source_document = "Niên giám mẫu"
    entered_by = factory.SubFactory(UserFactory)
    checked_by = factory.SubFactory(UserFactory)
    locked_at = factory.LazyFunction(timezone.now)


class TargetFactory(factory.django.DjangoModelFactory):
    """Seventy per cent of the families by 2025, everywhere."""

    class Meta:
        model = Target

    year = 2025
    indicator = Indicator.FAMILY
    percent = 70
    legal_document = "Kế hoạch mẫu"
