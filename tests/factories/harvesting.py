"""Collections that are read and their harvests; every name says that it is a sample."""

import datetime

import factory

from django.utils import timezone

from library.enums import HarvestState, SourceProtocol
from library.models import Harvest, HarvestFailure, Source, SubjectMapping
from tests.factories.library import SubjectFactory

LEASE = datetime.timedelta(minutes=5)


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda number: f"Kho mẫu {number}")
    protocol = SourceProtocol.OAI
    url = "https://kho-mau.example/oai"
    pause = 0
    needs_review = False


class HarvestFactory(factory.django.DjangoModelFactory):
    """HarvestFactory(running=True), (done=True), (broken=True), (cancelled=True); without, it waits."""

    class Meta:
        model = Harvest

    class Params:
        running = factory.Trait(
            state=HarvestState.RUNNING,
            holder="nguoi-mau",
            lease_until=factory.LazyFunction(lambda: timezone.now() + LEASE),
            started_at=factory.LazyFunction(timezone.now),
        )
        done = factory.Trait(
            state=HarvestState.DONE,
            started_at=factory.LazyFunction(timezone.now),
            finished_at=factory.LazyFunction(timezone.now),
        )
        broken = factory.Trait(
            state=HarvestState.FAILED,
            problem="Kho mẫu không trả lời.",
            finished_at=factory.LazyFunction(timezone.now),
        )
        cancelled = factory.Trait(
            state=HarvestState.CANCELLED, finished_at=factory.LazyFunction(timezone.now)
        )

    source = factory.SubFactory(SourceFactory)
    scope = factory.LazyAttribute(lambda harvest: harvest.source.scope)


class HarvestFailureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HarvestFailure

    harvest = factory.SubFactory(HarvestFactory)
    number = factory.Sequence(lambda number: number + 1)
    identifier = factory.Sequence(lambda number: f"oai:mau:{number}")
    reason = "Không có nhan đề."
    raw = b"<record>m\xe1\xba\xabu</record>"


class SubjectMappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubjectMapping

    source = None
    word = factory.Sequence(lambda number: f"từ mẫu {number}")
    subject = factory.SubFactory(SubjectFactory)
