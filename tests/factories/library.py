"""Things of the library for the tests; every title says that it is a sample."""

import datetime

import factory

from library.enums import Audience, DocumentKind, DocumentStatus, Kind, Level, RenditionForm, Visibility
from library.models import (
    Enquiry,
    LearningPath,
    LearningPathIndexPage,
    LibraryPage,
    OfficialDocument,
    Rendition,
    Resource,
    Shelf,
    ShelfIndexPage,
    ShelfItem,
    SourceRecord,
    Subject,
)
from tests.factories.home import PageFactory


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


class LibraryPageFactory(PageFactory):
    class Meta:
        model = LibraryPage

    title = "Thư viện"
    slug = "thu-vien"


class ShelfFactory(PageFactory):
    """ShelfFactory(picked=[resource, (resource, "why")])"""

    class Meta:
        model = Shelf

    title = factory.Sequence(lambda number: f"Tủ sách mẫu {number}")
    parent = factory.LazyFunction(lambda: ShelfIndexPage.objects.first() or ShelfIndexFactory())

    @classmethod
    def _create(cls, model_class, *args, picked=(), **kwargs):
        shelf = super()._create(model_class, *args, **kwargs)
        for order, each in enumerate(picked):
            resource, note = each if isinstance(each, tuple) else (each, "")
            ShelfItem.objects.create(shelf=shelf, resource=resource, note=note, sort_order=order)
        return model_class.objects.get(pk=shelf.pk)


class ShelfIndexFactory(PageFactory):
    class Meta:
        model = ShelfIndexPage

    title = "Tủ sách"
    slug = "tu-sach"
    parent = factory.LazyFunction(lambda: LibraryPage.objects.first() or LibraryPageFactory())


class LearningPathIndexFactory(PageFactory):
    class Meta:
        model = LearningPathIndexPage

    title = "Lộ trình học"
    slug = "lo-trinh"
    parent = factory.LazyFunction(lambda: LibraryPage.objects.first() or LibraryPageFactory())


def text_step(title="Bước mẫu", minutes=10):
    return ("text", {"title": title, "text": "<p>Đọc rồi làm.</p>", "minutes": minutes})


def resource_step(resource, note="", minutes=5):
    return ("resource", {"resource": resource, "note": note, "minutes": minutes})


def question(text="Câu hỏi mẫu?", right=("Đúng",), wrong=("Sai",), explanation="Vì thế."):
    answers = [{"text": each, "correct": True} for each in right]
    answers += [{"text": each, "correct": False} for each in wrong]
    return ("question", {"question": text, "answers": answers, "explanation": explanation})


class LearningPathFactory(PageFactory):
    """LearningPathFactory(officers_only=True, steps=[text_step()], quiz=[question()])"""

    class Meta:
        model = LearningPath

    title = factory.Sequence(lambda number: f"Lộ trình mẫu {number}")
    parent = factory.LazyFunction(lambda: LearningPathIndexPage.objects.first() or LearningPathIndexFactory())
    steps = factory.LazyFunction(lambda: [text_step("Bước một"), text_step("Bước hai", minutes=65)])

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        path = super()._create(model_class, *args, **kwargs)
        return model_class.objects.get(pk=path.pk)  # with the ids that its blocks were given
