from dataclasses import replace
from functools import partial

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from campaigns.admin_forms import NewsPageForm
from campaigns.domain import news_items
from campaigns.forms import Choices, NewsFilter
from library.blocks import PageBodyBlock
from portal.cms import frame
from portal.cms.feeds import FeedMixin
from portal.cms.models import BasePage
from portal.cms.pagination import links, page_number, pages_of
from portal.cms.querysets import BasePageQuerySet
from portal.places.models import Place

from .topic import PageTopic, Topic

PER_PAGE = 12
MORE = 3  # other pieces of news below an article


class NewsPageQuerySet(BasePageQuerySet):
    def newest_first(self):
        """By the date that readers see, never by the order of the tree."""
        return self.order_by("-date", "-pk")


class NewsIndexPage(FeedMixin, BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.NewsPage"]
    page_description = _("The list of all news, with feeds.")
    template = "pages/news_index_page.html"
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def news(self):
        """The published public news below this page."""
        return NewsPage.objects.right_below(self.path).public().newest_first()

    def feed_items(self):
        return self.news().select_related("locale")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        kept = frame.of(request)
        choices = kept.keep(("news choices", self.pk), lambda: Choices.of(self.news()))
        filters = NewsFilter(request.GET, choices=choices)
        news = filters.apply(kept.public(NewsPage.objects.right_below(self.path)).newest_first())
        number = page_number(request)
        items, total = news_items.page_of(news, number, PER_PAGE, partial(frame.address, request))
        context["filters"] = filters
        context["news"] = items
        context["pagination"] = links(request, number, pages_of(total, PER_PAGE, number))
        return context


class NewsPage(BasePage):
    parent_page_types = ["campaigns.NewsIndexPage"]
    subpage_types = []
    page_description = _("A piece of news. A second person approves it before it is published.")
    template = "pages/news_page.html"
    base_form_class = NewsPageForm
    search_kind = "news"
    search_facets = {"topic": _("Topic"), "commune": _("Commune"), "year": _("Year")}
    schema_type = "NewsArticle"

    date = models.DateField(pgettext_lazy("news", "date"), default=timezone.localdate)
    topics = ClusterTaggableManager(through=PageTopic, blank=True, verbose_name=_("topics"))
    commune = models.ForeignKey(
        Place,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only when the news is about one commune."),
    )
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    author = models.CharField(_("author"), max_length=120, blank=True)
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where the facts come from, if not from ourselves."),
    )
    body = StreamField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    correction = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("What was wrong and what is right. Stands at the top of the article, with its date."),
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel(
                    "topics",
                    help_text=_(
                        "Type a few letters and choose from the list. A topic that is not in it is dropped: ask an approver to add it."
                    ),
                ),
                FieldPanel("commune"),
                FieldPanel("cover"),
            ],
            heading=_("About this piece of news"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], heading=_("Author and source")),
        MultiFieldPanel([FieldPanel("correction"), FieldPanel("corrected_on")], heading=_("Correction")),
    ]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date"], name="campaigns_news_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(correction="") | models.Q(corrected_on__isnull=False),
                name="campaigns_news_correction_is_dated",
                violation_error_message=_("Give the day of the correction."),
            )
        ]

    def pictures(self):
        return [*super().pictures(), *([self.cover] if self.cover else [])]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        others = NewsPage.objects.right_below(self.path[: -self.steplen]).exclude(pk=self.pk)
        newest = frame.of(request).public(others).newest_first()[:MORE]
        context["more_news"] = news_items.links(newest, partial(frame.address, request))
        context["topics"] = self.topics.values_list("slug", "name")
        context["index_url"] = self.breadcrumbs(request)[-2][1]
        return context

    def json_ld(self, request):
        data = super().json_ld(request) | {"headline": self.title, "datePublished": self.date}
        return data | ({"author": {"@type": "Person", "name": self.author}} if self.author else {})

    def search_entry(self):
        topics = list(self.topics.all())
        facets = {
            "topic": tuple(topic.slug for topic in topics),
            "commune": (str(self.commune_id),) if self.commune_id else (),
            "year": (str(self.date.year),),
        }
        subjects = tuple(topic.name for topic in topics)
        return replace(super().search_entry(), date=self.date, facets=facets, subjects=subjects)

    @classmethod
    def search_facet_labels(cls, name, values):
        if name == "topic":
            return dict(Topic.objects.filter(slug__in=values).values_list("slug", "name"))
        if name == "commune":
            communes = Place.objects.filter(pk__in=values).values_list("pk", "label")
            return {str(pk): label for pk, label in communes}
        return {}
