from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from campaigns.admin_forms import EventPageForm
from library.blocks import PageBodyBlock
from portal.cms import frame
from portal.cms.feeds import FeedMixin
from portal.cms.models import BasePage
from portal.cms.pagination import links, page_of
from portal.cms.querysets import BasePageQuerySet
from portal.places.models import Place

from .observance import ObservanceDay

PER_PAGE = 12


class EventPageQuerySet(BasePageQuerySet):
    """An event without an end ends when it begins."""

    def with_end(self):
        return self.annotate(end=Coalesce("ends_at", "starts_at"))

    def coming(self, now):
        return self.with_end().filter(end__gte=now).order_by("starts_at", "pk")

    def past(self, now):
        return self.with_end().filter(end__lt=now).order_by("-starts_at", "-pk")


class EventIndexPage(FeedMixin, BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.EventPage"]
    page_description = _(
        "Coming events and the days that return every year, with a calendar to subscribe to."
    )
    template = "pages/event_index_page.html"
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def events(self):
        return EventPage.objects.child_of(self).live().public().select_related("place", "locale")

    def feed_items(self):
        """By the day of their announcement: a feed tells what is new, the calendar what comes next."""
        return self.events().order_by("-first_published_at", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        past = page_of(request, self.events().past(now), PER_PAGE)
        context |= {
            "coming": self.events().coming(now),
            "past": past.object_list,
            "pagination": links(request, past.number, past.paginator.num_pages),
            "observances": ObservanceDay.kept(frame.of(request), timezone.localdate(now)),
            "calendar_url": request.build_absolute_uri(reverse("campaigns:calendar")),
        }
        return context


class EventPage(BasePage):
    parent_page_types = ["campaigns.EventIndexPage"]
    subpage_types = []
    page_description = _("Something that takes place at a time and a place.")
    template = "pages/event_page.html"
    base_form_class = EventPageForm
    search_kind = "event"
    schema_type = "Event"

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    venue = models.CharField(
        _("venue"),
        max_length=255,
        blank=True,
        help_text=_("As people call it, for example the house of culture."),
    )
    place = models.ForeignKey(
        Place, verbose_name=_("commune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organiser = models.CharField(_("organiser"), max_length=255, blank=True)
    audience = models.CharField(_("for whom"), max_length=255, blank=True)
    body = StreamField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(EventPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("venue"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("audience")]),
            ],
            heading=_("When, where, for whom"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["starts_at"], name="campaigns_event_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="campaigns_event_ends_after_it_begins",
                violation_error_message=_("The event ends before it begins."),
            )
        ]

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it begins.")})

    @staticmethod
    def days(starts_at, ends_at):
        """The first day of an event, and the last one if it takes more than one, else None."""
        first, last = timezone.localdate(starts_at), timezone.localdate(ends_at or starts_at)
        return first, last if last > first else None

    @property
    def date(self):
        """The first day, for lists."""
        return self.days(self.starts_at, self.ends_at)[0]

    @property
    def last_day(self):
        """The last day of an event that takes more than one; None when it ends on its first day."""
        return self.days(self.starts_at, self.ends_at)[1]

    @property
    def is_past(self):
        return (self.ends_at or self.starts_at) < timezone.now()

    @property
    def where(self):
        """Venue and commune in one line; "" when neither is given."""
        return ", ".join(filter(None, [self.venue, str(self.place or "")]))

    @property
    def calendar_url(self):
        return reverse("campaigns:event_calendar", args=[self.pk])

    def json_ld(self, request):
        data = super().json_ld(request) | {"startDate": self.starts_at, "endDate": self.ends_at}
        data["location"] = (
            {"@type": "Place", "name": self.where, "address": self.where} if self.where else None
        )
        data["organizer"] = {"@type": "Organization", "name": self.organiser} if self.organiser else None
        return {key: value for key, value in data.items() if value}

    def search_entry(self):
        body = "\n".join([self.where, self.organiser, self.audience, self.search_text()])
        facets = {
            "commune": (str(self.place_id),) if self.place_id else (),
            "year": (str(self.date.year),),
        }
        return replace(super().search_entry(), date=self.date, body=body, facets=facets)
