from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from portal.accounts.permissions import is_officer
from portal.cms.models import BasePage
from portal.cms.pictures import preload_renditions
from portal.cms.querysets import BasePageQuerySet
from portal.search.entry import OFFICER, PUBLIC

from ..blocks import PageBodyBlock
from ..learning_blocks import QuizBlock, StepsBlock
from ..quiz import mark
from .resources import Resource


@dataclass(frozen=True, slots=True)
class Step:
    """`id` is that of the block, which stays when the editor moves the step. A step of a resource that this
    reader may not see has none: `resource` is None and `is_resource` true."""

    id: str
    value: Any
    is_resource: bool
    resource: Resource | None = None


class LearningPathQuerySet(BasePageQuerySet):
    def readable(self, *, officer: bool):
        return self if officer else self.filter(officers_only=False)

    def trainings(self):
        """The trainings of officers that are published, in the order of the tree."""
        return self.live().filter(officers_only=True).order_by("path")


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
        below = LearningPath.objects.child_of(self).live().public().order_by("path")
        paths = list(below.readable(officer=is_officer(request.user)).select_related("locale", "cover"))
        preload_renditions([path.cover for path in paths])
        return super().get_context(request, *args, **kwargs) | {"paths": paths}


class LearningPath(BasePage):
    """Steps to learn a thing in order: resources of the library and texts, each with a note and its minutes, and
    questions at the end by which learners see for themselves what they have understood."""

    parent_page_types = ["library.LearningPathIndexPage"]
    subpage_types = []
    page_description = _("Resources and texts in order, with questions to check oneself.")
    template = "library/learning_path_page.html"
    schema_type = "Course"

    standing = None  # of the officer who reads it, set by who serves the page (library.views.pages)

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
    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("introduction"))
    steps = StreamField(StepsBlock(), verbose_name=_("steps"))
    quiz = StreamField(QuizBlock(), blank=True, verbose_name=_("questions to check oneself"))
    pass_mark = models.PositiveSmallIntegerField(
        _("right answers needed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For officers to complete the training. Empty: all questions."),
    )

    objects = PageManager.from_queryset(LearningPathQuerySet)()

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
        # of the stored data: the blocks themselves would read the resources of each path of a list
        return sum(step["value"].get("minutes") or 0 for step in self.steps.raw_data)

    @property
    def time_needed(self) -> str:
        """ "1 hour 30 minutes"."""
        hours, minutes = divmod(self.minutes, 60)
        parts = [ngettext("%d hour", "%d hours", hours) % hours] if hours else []
        parts += [ngettext("%d minute", "%d minutes", minutes) % minutes] if minutes else []
        return " ".join(parts)

    @property
    def length(self) -> list[str]:
        """How long it is, in words: "4 steps", "about 1 hour 30 minutes", "5 questions"; what it lacks is left out."""
        steps, questions = len(self.steps), len(self.quiz)
        parts = [ngettext("%(count)s step", "%(count)s steps", steps) % {"count": steps}]
        parts += [_("about %(time)s") % {"time": self.time_needed}] if self.minutes else []
        if questions:
            parts.append(
                ngettext("%(count)s question", "%(count)s questions", questions) % {"count": questions}
            )
        return [str(part) for part in parts]

    @property
    def needed_score(self) -> int:
        """How many questions must be answered right; never more than there are."""
        return min(self.pass_mark or len(self.quiz), len(self.quiz))

    def pictures(self):
        return [*super().pictures(), *([self.cover] if self.cover else [])]

    @property
    def is_for_everybody(self):
        return not self.officers_only

    @cached_property
    def shown_steps(self) -> list[Step]:
        """As a reader sees them, in at most three queries. Only a path for officers shows what is kept for them: the pages
        of the others are kept for everybody alike."""
        readable = Resource.objects.readable(officer=self.officers_only).prefetch_related("contributions")
        chosen = {step.id: step.value["resource"] for step in self.steps if step.block_type == "resource"}
        shown = readable.followed({each.pk for each in chosen.values() if each})
        return [
            Step(
                step.id, step.value, step.id in chosen, (found := chosen.get(step.id)) and shown.get(found.pk)
            )
            for step in self.steps
        ]

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "standing": self.standing,
            "quiz": mark([question.value for question in self.quiz], request.GET),
        }

    def json_ld(self, request):
        data = super().json_ld(request)
        data["provider"] = data.get("publisher")
        if self.minutes:
            workload = {
                "@type": "CourseInstance",
                "courseMode": "online",
                "courseWorkload": f"PT{self.minutes}M",
            }
            data["hasCourseInstance"] = workload
            data["timeRequired"] = f"PT{self.minutes}M"
        parts = [
            {
                "@type": "LearningResource",
                "name": step.resource.title,
                "url": request.build_absolute_uri(step.resource.get_absolute_url()),
            }
            if step.is_resource
            else {"@type": "LearningResource", "name": step.value["title"]}
            for step in self.shown_steps
            if step.resource or not step.is_resource
        ]
        data["hasPart"] = [part for part in parts if "url" in part]
        data["mainEntity"] = {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(parts),
            "itemListElement": [
                {"@type": "ListItem", "position": position, "item": part}
                for position, part in enumerate(parts, start=1)
            ],
        }
        return data

    def search_entry(self):
        """Who is no officer does not find the training of officers."""
        return replace(super().search_entry(), audience=OFFICER if self.officers_only else PUBLIC)

    def get_sitemap_urls(self, request=None):
        return super().get_sitemap_urls(request) if self.is_for_everybody else []
