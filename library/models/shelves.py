from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from portal.cms.models import BasePage
from portal.cms.pictures import preload_renditions
from portal.cms.querysets import BasePageQuerySet
from portal.places.models import Place
from portal.search.query import search

from ..admin.page_forms import ShelfForm
from ..blocks import PageBodyBlock
from ..enums import ShelfOrder
from ..search.facets import read_search
from .resources import Resource
from .seasons import Seasonal, wanted_in

MOST = 48  # resources of a saved search on one shelf


class ShelfQuerySet(BasePageQuerySet):
    def for_lists(self, month: int):
        """With what a card draws, those of the season first, then the newest; `in_season` tells them."""
        in_season = models.Case(models.When(wanted_in(month), then=True), default=False)
        shelves = self.annotate(in_season=in_season).select_related("locale", "cover", "commune")
        return shelves.order_by("-in_season", "-first_published_at", "-pk")


@dataclass(frozen=True, slots=True)
class OnShelf:
    resource: Resource
    note: str = ""


class ShelfIndexPage(BasePage):
    """All shelves, those of the season first."""

    parent_page_types = ["library.LibraryPage"]
    subpage_types = ["library.Shelf"]
    page_description = _("The list of all shelves.")
    template = "library/shelf_index_page.html"
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of shelves")
        verbose_name_plural = _("lists of shelves")

    def get_context(self, request, *args, **kwargs):
        shelves = list(Shelf.objects.child_of(self).live().public().for_lists(timezone.localdate().month))
        preload_renditions([shelf.cover for shelf in shelves])
        return super().get_context(request, *args, **kwargs) | {"shelves": shelves}


class Shelf(Seasonal, BasePage):
    """Resources that an editor puts together: picked by hand, or what a search finds whenever the page is read."""

    parent_page_types = ["library.ShelfIndexPage"]
    subpage_types = []
    page_description = _("Resources on one matter, picked by hand or by a saved search.")
    template = "library/shelf_page.html"
    schema_type = "CollectionPage"
    base_form_class = ShelfForm

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("introduction"))
    saved_search = models.CharField(
        _("saved search"),
        max_length=500,
        blank=True,
        help_text=_(
            "Search the library, narrow the list until it is right, then copy the address of the list into this "
            "field. What is found later stands on the shelf by itself."
        ),
    )
    order = models.CharField(
        _("order of what is found"), max_length=10, choices=ShelfOrder.choices, default=ShelfOrder.NEWEST
    )
    most = models.PositiveSmallIntegerField(
        _("how many at most"), default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    commune = models.ForeignKey(
        Place,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only when the shelf is for one commune."),
    )

    objects = PageManager.from_queryset(ShelfQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("cover"),
        FieldPanel("body"),
        InlinePanel(
            "items",
            heading=_("Picked by hand"),
            label=_("Resource"),
            panels=[FieldPanel("resource"), FieldPanel("note")],
        ),
        MultiFieldPanel(
            [FieldPanel("saved_search"), FieldRowPanel([FieldPanel("order"), FieldPanel("most")])],
            heading=_("Found by a saved search"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("season_from"), FieldPanel("season_to")]), FieldPanel("commune")],
            heading=_("When and where"),
        ),
    ]

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        constraints = [*Seasonal.Meta.constraints]

    def pictures(self):
        return [*super().pictures(), *([self.cover] if self.cover else [])]

    @cached_property
    def content(self) -> list["OnShelf"]:
        """What everybody may read of the resources that were picked, with their notes, then those that the saved search
        finds; each once. A merged one is replaced by what it was merged into. At most four queries and one search."""
        notes = {item.resource_id: item.note for item in self.items.all()}
        ids = {pk: notes.get(pk, "") for pk in [*notes, *self._found()]}
        public = Resource.objects.public().with_cover().followed(ids)
        shown: dict[int, OnShelf] = {}
        for pk, note in ids.items():
            if (resource := public.get(pk)) and resource.pk not in shown:
                shown[resource.pk] = OnShelf(resource, note)
        return list(shown.values())

    def _found(self) -> list[int]:
        if not self.saved_search:
            return []
        state = read_search(self.saved_search)
        found = search(
            state.text,
            kinds=["resource"],
            facets=state.chosen,
            per_page=self.most,
            sort=self.order,
            facet_names=(),
        )
        return [int(hit.key.partition(":")[2]) for hit in found.hits]

    def json_ld(self, request):
        """With what stands on it, in its order."""
        listed = [
            {
                "@type": "ListItem",
                "position": position,
                "name": each.resource.title,
                "url": request.build_absolute_uri(each.resource.get_absolute_url()),
            }
            for position, each in enumerate(self.content, start=1)
        ]
        return super().json_ld(request) | {"mainEntity": {"@type": "ItemList", "itemListElement": listed}}

    def search_text(self):
        """Also the notes of the editor."""
        return "\n".join(filter(None, [super().search_text(), *(each.note for each in self.items.all())]))


class ShelfItem(models.Model):
    """A resource that an editor put on a shelf, and why."""

    shelf = ParentalKey(Shelf, on_delete=models.CASCADE, related_name="items")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="+", verbose_name=_("resource")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Why it is worth reading, or how to use it.")
    )

    sort_order_field = "sort_order"  # read by modelcluster when the editor moves rows

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("resource on a shelf")
        verbose_name_plural = _("resources on shelves")
        constraints = [
            models.UniqueConstraint(fields=["shelf", "resource"], name="library_resource_once_on_a_shelf")
        ]

    def __str__(self):
        return f"{self.shelf_id}: {self.resource_id}"
