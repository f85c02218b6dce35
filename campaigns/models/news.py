from dataclasses import replace

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from campaigns.blocks import ArticleBlock
from campaigns.forms import NewsFilter
from portal.cms.feeds import FeedMixin
from portal.cms.models import BasePage
from portal.cms.pagination import links, page_of
from portal.cms.pictures import preload_renditions
from portal.places.models import Place

from .topic import PageTopic

PER_PAGE = 12


class NewsIndexPage(FeedMixin, BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.NewsPage"]
    page_description = _("The list of all news, with feeds.")
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def news(self):
        """The published public news below this page, newest first: by date, never by sibling order."""
        return NewsPage.objects.child_of(self).live().public().order_by("-date", "-pk")

    def feed_items(self):
        return self.news().select_related("locale")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filters = NewsFilter(request.GET, news=self.news())
        news = page_of(request, filters.apply(self.news()).select_related("cover", "commune"), PER_PAGE)
        preload_renditions([item.cover for item in news.object_list])
        context["filters"] = filters
        context["news"] = news.object_list
        context["pagination"] = links(request, news.number, news.paginator.num_pages)
        return context


class NewsPage(BasePage):
    parent_page_types = ["campaigns.NewsIndexPage"]
    subpage_types = []
    page_description = _("A piece of news. A second person approves it before it is published.")
    search_kind = "news"
    schema_type = "NewsArticle"

    date = models.DateField(_("date"), default=timezone.localdate)
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
    body = StreamField(ArticleBlock(), verbose_name=_("text"), blank=True)
    correction = models.TextField(
        _("correction"),
        blank=True,
        help_text=_("What was wrong and what is right. Stands at the top of the article, with its date."),
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("topics"), FieldPanel("commune"), FieldPanel("cover")],
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
        newer = type(self).objects.sibling_of(self, inclusive=False).live().public()
        context["more_news"] = newer.order_by("-date", "-pk")[:3]
        context["topics"] = self.topics.all()
        return context

    def json_ld(self, request):
        data = super().json_ld(request) | {"headline": self.title, "datePublished": self.date}
        return data | ({"author": {"@type": "Person", "name": self.author}} if self.author else {})

    def search_entry(self):
        entry = super().search_entry()
        topics = list(self.topics.all())
        facets = {"topic": tuple(topic.slug for topic in topics)}
        return replace(entry, date=self.date, facets=facets, subjects=tuple(topic.name for topic in topics))
