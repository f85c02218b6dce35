from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.accounts.permissions import is_officer
from portal.cms.blocks import BodyBlock
from portal.cms.models import BasePage

from ..learning_blocks import QuizBlock, StepsBlock
from ..quiz import mark


class LearningPathIndexPage(BasePage):
    """All learning paths that the reader may follow."""

    parent_page_types = ["library.LibraryPage"]
    subpage_types = ["library.LearningPath"]
    page_description = _("The list of all learning paths.")
    template = "library/learning_path_index_page.html"
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of learning paths")
        verbose_name_plural = _("lists of learning paths")

    def get_context(self, request, *args, **kwargs):
        paths = LearningPath.objects.child_of(self).live().public().order_by("path")
        if not is_officer(request.user):
            paths = paths.filter(officers_only=False)
        return super().get_context(request, *args, **kwargs) | {"paths": list(paths.select_related("cover"))}


class LearningPath(BasePage):
    """Steps to learn a thing in order: resources of the library and texts, each with a note and its minutes, and
    questions at the end by which learners see for themselves what they have understood."""

    parent_page_types = ["library.LearningPathIndexPage"]
    subpage_types = []
    page_description = _("Resources and texts in order, with questions to check oneself.")
    template = "library/learning_path_page.html"
    schema_type = "Course"

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    officers_only = models.BooleanField(
        _("for signed-in officers only"),
        default=False,
        help_text=_("Training of officers: nobody else sees the path, nor finds it by searching."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("introduction"))
    steps = StreamField(StepsBlock(), verbose_name=_("steps"))
    quiz = StreamField(QuizBlock(), blank=True, verbose_name=_("questions to check oneself"))
    pass_mark = models.PositiveSmallIntegerField(
        _("right answers needed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For officers to complete the training. Empty: all questions."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("officers_only"),
        FieldPanel("cover"),
        FieldPanel("body"),
        FieldPanel("steps"),
        FieldPanel("quiz"),
        FieldPanel("pass_mark"),
    ]

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    @cached_property
    def minutes(self) -> int:
        """Estimated time of all steps together; 0 when none tells."""
        return sum(step.value["minutes"] or 0 for step in self.steps)

    @property
    def needed_score(self) -> int:
        """How many questions must be answered right; never more than there are."""
        return min(self.pass_mark or len(self.quiz), len(self.quiz))

    def pictures(self):
        return [*super().pictures(), *([self.cover] if self.cover else [])]

    def serve(self, request, *args, **kwargs):
        if self.officers_only and not is_officer(request.user):
            from ..views.access import for_officers_only  # which reads the models

            return for_officers_only(request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from ..domain.learning_paths import steps_for  # which reads the resources
        from ..domain.training import standing

        context = super().get_context(request, *args, **kwargs)
        if self.officers_only and is_officer(request.user):
            context["standing"] = standing(request.user, self)
        return context | {
            "steps": steps_for(self, officer=is_officer(request.user)),
            "quiz": mark([question.value for question in self.quiz], request.GET),
        }

    def json_ld(self, request):
        workload = f"PT{self.minutes}M" if self.minutes else ""
        instance = {"@type": "CourseInstance", "courseMode": "online", "courseWorkload": workload}
        return super().json_ld(request) | ({"hasCourseInstance": instance} if workload else {})
