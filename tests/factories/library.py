"""Things of the library for the tests; every title says that it is a sample."""

import datetime

import factory

from library.enums import Audience, DocumentKind, DocumentStatus, Kind, Level, RenditionForm, Visibility
from library.models import Enquiry, OfficialDocument, Rendition, Resource, SourceRecord, Subject


class SubjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subject

    name = factory.Sequence(lambda number: f"Chủ đề mẫu {number}")
    slug = factory.Sequence(lambda number: f"chu-de-mau-{number}")
    parent = None


class ResourceFactory(factory.django.DjangoModelFactory):
    """ResourceFactory(title="Trồng ngô", subjects=[subject], creators=["Người mẫu"], tags=["ngô"], link="https://...")."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    class Params:
        officers_only = factory.Trait(visibility=Visibility.OFFICERS)
        withdrawn = factory.Trait(
            withdrawn_on=datetime.date(2026, 11, 1), withdrawn_reason="Nguồn đã gỡ tài liệu mẫu."
        )

    title = factory.Sequence(lambda number: f"Học liệu mẫu {number}")
    kind = Kind.BOOK
    level = Level.ADULT
    audience = Audience.CITIZEN
    abstract = "Tóm tắt của một học liệu mẫu."

    @factory.post_generation
    def subjects(self, create, extracted, **kwargs):
        if create:
            self.subjects.set([SubjectFactory()] if extracted is None else extracted)

    @factory.post_generation
    def link(self, create, extracted, **kwargs):
        if create:
            url = extracted or f"https://vi-du.example/hoc-lieu/{self.pk}"
            Rendition.objects.create(resource=self, form=RenditionForm.of_address(url), url=url)

    @factory.post_generation
    def creators(self, create, extracted, **kwargs):
        if not create:
            return
        for order, name in enumerate(extracted or ()):
            self.contributions.add(self.contributions.model(name=name, sort_order=order))
        self.contributions.commit()

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        if create and extracted:
            self.tags.set(extracted)
            self.save()


class SourceRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceRecord

    resource = factory.SubFactory(ResourceFactory)
    key = factory.Sequence(lambda number: f"mau-{number}")


class OfficialDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficialDocument

    class Params:
        replaced = factory.Trait(status=DocumentStatus.REPLACED, replaced_by="99/QĐ-MẪU")

    number = factory.Sequence(lambda number: f"{number + 1}/QĐ-MẪU")
    kind = DocumentKind.DECISION
    issuer = "Cơ quan mẫu"
    issue_date = datetime.date(2026, 1, 5)
    subject = factory.Sequence(lambda number: f"Văn bản mẫu số {number}")
    field = "Lĩnh vực mẫu"
    status = DocumentStatus.IN_FORCE


class EnquiryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enquiry

    question = factory.Sequence(lambda number: f"Tôi tìm học liệu mẫu số {number}")
